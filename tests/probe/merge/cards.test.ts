import { expect, test } from "vitest";
import type { AcceleratorVendor } from "#engine/accelerator-vendor.ts";
import { groupIntoCards } from "#probe/merge/cards.ts";
import { type DeviceFacts, type DeviceSighting, NOTHING_KNOWN } from "#probe/reading.ts";

function seen(source: string, vendor: AcceleratorVendor, facts: Partial<DeviceFacts>): DeviceSighting {
  return {
    source,
    command: null,
    vendor,
    standing: "accelerator",
    facts: { ...NOTHING_KNOWN, ...facts },
    memoryHolders: [],
    slices: [],
  };
}

const A = "0000:01:00.0";
const B = "0000:02:00.0";

test.each([
  {
    name: "one card seen by three tools is one",
    sightings: [
      seen("nvidia-smi", "nvidia", {
        pciAddress: A,
        pciDeviceId: "10de:2684",
        name: "NVIDIA GeForce RTX 4090",
      }),
      seen("pci", "nvidia", { pciAddress: A, pciDeviceId: "10de:2684" }),
      seen("systeminformation", "nvidia", { pciAddress: A, name: "NVIDIA AD102" }),
    ],
    cards: [3],
  },
  {
    name: "two identical cards are two, also for a tool that tells no address",
    sightings: [
      seen("nvidia-smi", "nvidia", { pciAddress: A, pciDeviceId: "10de:2204" }),
      seen("nvidia-smi", "nvidia", { pciAddress: B, pciDeviceId: "10de:2204" }),
      seen("registry", "nvidia", { pciDeviceId: "10de:2204" }),
      seen("registry", "nvidia", { pciDeviceId: "10de:2204" }),
    ],
    cards: [2, 2],
  },
  {
    name: "a card that fell off one tool's list stays a card of its own",
    sightings: [
      seen("nvidia-smi", "nvidia", { pciAddress: A, pciDeviceId: "10de:2204" }),
      seen("pci", "nvidia", { pciAddress: A, pciDeviceId: "10de:2204" }),
      seen("pci", "nvidia", { pciAddress: B, pciDeviceId: "10de:2204" }),
    ],
    cards: [2, 1],
  },
  {
    name: "tools that number PCI domains differently mean one GB10",
    sightings: [
      seen("nvidia-smi", "nvidia", { pciAddress: "000f:01:00.0", pciDeviceId: "10de:2963" }),
      seen("lspci", "nvidia", { pciAddress: "0001:01:00.0", pciDeviceId: "10de:2963" }),
    ],
    cards: [2],
  },
  {
    name: "eight cards in eight PCI domains are eight",
    sightings: Array.from({ length: 8 }, (_, index) =>
      seen("nvidia-smi", "nvidia", { pciAddress: `000${index + 1}:00:00.0`, pciDeviceId: "10de:20b2" }),
    ),
    cards: Array<number>(8).fill(1),
  },
  {
    name: "the same name on another device id is another card",
    sightings: [
      seen("sysfs", "amd", { pciAddress: A, pciDeviceId: "1002:164e", name: "AMD Radeon Graphics" }),
      seen("registry", "amd", { pciDeviceId: "1002:1586", name: "AMD Radeon Graphics" }),
    ],
    cards: [1, 1],
  },
  {
    name: "a source with neither address nor id means the only card of that maker",
    sightings: [
      seen("sysfs", "amd", { pciAddress: A, pciDeviceId: "1002:744c" }),
      seen("sysfs", "intel", { pciAddress: B, pciDeviceId: "8086:a780" }),
      seen("rocminfo", "amd", { name: "AMD Radeon RX 7900 XTX" }),
    ],
    cards: [2, 1],
  },
  {
    name: "it is not guessed which of two cards of a maker is meant",
    sightings: [
      seen("sysfs", "amd", { pciAddress: A, pciDeviceId: "1002:744c" }),
      seen("sysfs", "amd", { pciAddress: B, pciDeviceId: "1002:164e" }),
      seen("tool", "amd", { name: "AMD Radeon RX 7900 XTX" }),
    ],
    cards: [1, 1],
  },
  {
    name: "a maker nobody has seen is added, whoever tells of it",
    sightings: [
      seen("sysfs", "amd", { pciAddress: A, pciDeviceId: "1002:744c" }),
      seen("clinfo", "other", { name: "Mali-G610" }),
    ],
    cards: [1, 1],
  },
  {
    name: "a source with an id and no place means the maker's only card, whose id nobody told",
    sightings: [
      seen("nvidia-smi", "nvidia", { pciAddress: A, name: "NVIDIA GeForce RTX 4090" }),
      seen("Electron", "nvidia", { pciDeviceId: "10de:2684" }),
    ],
    cards: [2],
  },
  {
    name: "one GPU that two Vulkan drivers list is one",
    sightings: [
      seen("sysfs", "amd", { pciAddress: A, pciDeviceId: "1002:1638" }),
      seen("vulkaninfo", "amd", { pciDeviceId: "1002:1638" }),
      seen("vulkaninfo", "amd", { pciDeviceId: "1002:1638" }),
    ],
    cards: [2],
  },
])("$name", ({ sightings, cards }) => {
  expect(groupIntoCards(sightings).map((card) => card.length)).toEqual(cards);
});
