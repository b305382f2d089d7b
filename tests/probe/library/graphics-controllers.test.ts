import { describe, expect, test } from "vitest";
import { mibToBytes } from "#engine/units.ts";
import { readGraphicsControllers } from "#probe/library/graphics-controllers.ts";
import { fakeHost } from "../fake-host.ts";

async function read(platform: string, controllers: readonly object[]) {
  const { reading } = await readGraphicsControllers(
    fakeHost({ platform, library: { graphics: { controllers, displays: [] } } }),
  );
  return reading;
}

const INTEL = { vendor: "Intel Corporation", bus: "PCI" };

describe("memory is only believed where it is memory", () => {
  test.each([
    [
      "linux",
      "a PCI window",
      { vendor: "NVIDIA Corporation", model: "GA102 [GeForce RTX 3090]", vram: 32_768 },
      null,
    ],
    ["linux", "a PCI window", { vendor: "AMD", model: "Navi 31 [Radeon RX 7900 XTX]", vram: 256 }, null],
    [
      "linux",
      "the driver's word",
      { vendor: "NVIDIA", model: "GA102", vram: 256, memoryTotal: 24_576 },
      24_576,
    ],
    ["win32", "the 4 GB cap", { vendor: "AMD", model: "AMD Radeon RX 6600 XT", vram: 4_095 }, null],
    ["win32", "the 4 GB cap", { vendor: "AMD", model: "AMD Radeon RX 6600 XT", vram: 4_095.9375 }, null],
    ["win32", "the registry's word", { vendor: "AMD", model: "AMD Radeon RX 6600 XT", vram: 8_176 }, 8_176],
    [
      "win32",
      "RAM lent to a processor's graphics",
      { ...INTEL, model: "Intel(R) UHD Graphics 770", vram: 1_024 },
      null,
    ],
    ["win32", "0", { vendor: "AMD", model: "AMD Radeon RX 580", vram: 0 }, null],
    ["darwin", "the Mac's word", { vendor: "AMD", model: "AMD Radeon Pro 5500M", vram: 8_192 }, 8_192],
    ["darwin", "nothing", { vendor: "Apple", model: "Apple M4", vram: null, vramDynamic: true }, null],
  ])("%s, %s", async (platform, _case, controller, mib) => {
    const { devices } = await read(platform, [controller]);
    expect(devices[0]?.facts.memoryTotalBytes).toBe(mib === null ? null : mibToBytes(mib));
  });
});

test.each([
  { vendor: "ASPEED Technology, Inc.", model: "ASPEED Graphics Family" },
  { vendor: "Matrox Electronics Systems Ltd.", model: "G200eR2" },
  { vendor: "Red Hat, Inc.", model: "Virtio 1.0 GPU" },
  { vendor: "Red Hat, Inc.", model: "QXL paravirtual graphic card" },
  { vendor: "Microsoft Corporation", model: "Device 008e" },
  { vendor: "Microsoft Corporation", model: "Hyper-V virtual VGA" },
  { vendor: "", model: "VMware SVGA II Adapter" },
  { vendor: "", model: "Cirrus Logic GD 5446" },
  { vendor: "Parsec Cloud, Inc.", model: "Parsec Virtual Display Adapter" },
  { vendor: "Microsoft", model: "Microsoft Remote Display Adapter" },
  { vendor: "Mesa", model: "llvmpipe (LLVM 15.0.7, 256 bits)" },
])("$vendor $model is set aside, with a note", async (controller) => {
  const { devices, notes } = await read("linux", [controller]);
  expect(devices).toEqual([]);
  expect(notes).toEqual([`Set aside: ${controller.model} is ${notes[0]?.split(" is ")[1] ?? ""}`]);
  expect(notes[0]).toMatch(/not an accelerator\.$/);
});

test.each([
  ["NVIDIA Corporation", "GA102 [GeForce RTX 3090]", "nvidia", "NVIDIA GeForce RTX 3090", "discrete"],
  [
    "Advanced Micro Devices, Inc. [AMD/ATI]",
    "Navi 31 [Radeon RX 7900 XTX]",
    "amd",
    "AMD Radeon RX 7900 XTX",
    "discrete",
  ],
  ["Intel Corporation", "DG2 [Arc A770]", "intel", "Intel Arc A770", "discrete"],
  [
    "Intel Corporation",
    "TigerLake-LP GT2 [Iris Xe Graphics]",
    "intel",
    "Intel Iris Xe Graphics",
    "integrated",
  ],
  ["Apple", "Apple M2 Max", "apple", "Apple M2 Max", "integrated"],
])("%s, %s is known as it is sold", async (vendor, model, ...[maker, name, deviceKind]) => {
  const { devices } = await read("linux", [{ vendor, model }]);
  expect(devices[0]).toMatchObject({ vendor: maker, facts: { name, deviceKind } });
});

test("a card the PCI list does not know keeps its device id", async () => {
  const { devices } = await read("linux", [
    { vendor: "NVIDIA Corporation", model: "Device 2963", busAddress: "0001:01:00.0" },
  ]);
  expect(devices[0]?.facts).toMatchObject({
    name: null,
    pciDeviceId: "10de:2963",
    pciAddress: "0001:01:00.0",
  });
});

test.each([[null], [{}], [{ controllers: "none" }], [{ controllers: [null, 7, { model: "" }] }]])(
  "%j is no controller",
  async (graphics) => {
    const { reading } = await readGraphicsControllers(fakeHost({ library: { graphics } }));
    expect(reading.devices).toEqual([]);
  },
);
