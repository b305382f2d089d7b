import { describe, expect, test } from "vitest";
import {
  deviceGroups,
  freeParts,
  layersText,
  neededParts,
  usedParts,
  type MemoryPart,
} from "../../src/shared/device-parts.ts";
import { GIB, MIB, NEED_40_GIB, placedDevice, placedRam } from "./fits.ts";

function sumBytes(parts: readonly MemoryPart[]): number {
  return parts.reduce((sum, { bytes }) => sum + bytes, 0);
}

test("used and free parts of a device add up to its capacity; absent parts are left out", () => {
  const device = placedDevice();
  const used = usedParts(device.parts);
  const free = freeParts(device);
  expect(used.map(({ label }) => label)).toEqual([
    "Weights",
    "KV cache",
    "Compute buffer",
    "Runtime overhead",
  ]);
  expect(free.map(({ label, bytes }) => [label, bytes])).toEqual([
    ["Reserve", 256 * MIB],
    ["Room left", 3.25 * GIB],
  ]);
  expect(sumBytes(used)).toBe(device.usedBytes);
  expect(sumBytes(used) + sumBytes(free)).toBe(device.capacityBytes);
});

test("a full device has no room left", () => {
  const device = placedDevice({ usedBytes: 24 * GIB - 256 * MIB });
  expect(freeParts(device).map(({ key }) => key)).toEqual(["margin"]);
});

test("a recurrent state and a second embedding are shown where there are any", () => {
  const parts = neededParts({ ...NEED_40_GIB, embeddingCopyBytes: GIB, recurrentStateBytes: 30 * MIB });
  expect(parts.map(({ key }) => key)).toEqual([
    "weights",
    "embedding-copy",
    "kv-cache",
    "recurrent-state",
    "compute-buffer",
    "overhead",
  ]);
  expect(sumBytes(neededParts(NEED_40_GIB))).toBe(NEED_40_GIB.totalBytes);
});

test.each([
  ["several layers", placedDevice({ layerCount: 24 }), "24 layers"],
  ["one layer", placedDevice({ layerCount: 1 }), "1 layer"],
  [
    "layers and other layers' experts",
    placedDevice({ layerCount: 4, expertLayerCount: 1 }),
    "4 layers, experts of 1 layer",
  ],
  ["experts alone", placedRam({ expertLayerCount: 12 }), "experts of 12 layers"],
  ["RAM beside a card that holds every layer", placedRam(), "embedding tables only"],
  ["a card with the output alone", placedDevice({ layerCount: 0 }), "no layers"],
])("%s", (_name, device, text) => {
  expect(layersText(device)).toBe(text);
});

describe("devices that are alike and hold the same are shown once", () => {
  const card = placedDevice();
  const fuller = placedDevice({ layerCount: 11 });
  const other = placedDevice({ name: "RTX 4090" });

  test.each([
    ["one card", [card], [["RTX 3090", 1]]],
    [
      "a card and RAM",
      [card, placedRam()],
      [
        ["RTX 3090", 1],
        ["RAM", 1],
      ],
    ],
    ["two cards that hold the same", [card, card], [["2 × RTX 3090", 2]]],
    ["the id makes no difference", [card, placedDevice({ acceleratorId: "card-1" })], [["2 × RTX 3090", 2]]],
    [
      "two cards that do not",
      [card, fuller],
      [
        ["RTX 3090 #1", 1],
        ["RTX 3090 #2", 1],
      ],
    ],
    [
      "one, then three, then one",
      [fuller, card, card, card, fuller],
      [
        ["RTX 3090 #1", 1],
        ["RTX 3090 #2 to #4", 3],
        ["RTX 3090 #5", 1],
      ],
    ],
    [
      "another card between",
      [card, other, card],
      [
        ["RTX 3090 #1", 1],
        ["RTX 4090", 1],
        ["RTX 3090 #2", 1],
      ],
    ],
    ["nothing placed", [], []],
  ])("%s", (_name, devices, expected) => {
    const groups = deviceGroups(devices);
    expect(groups.map(({ title, deviceCount }) => [title, deviceCount])).toEqual(expected);
    expect(groups.reduce((sum, { deviceCount }) => sum + deviceCount, 0)).toBe(devices.length);
  });

  test("a difference of one byte is a difference", () => {
    const parts = { ...card.parts, weightsBytes: card.parts.weightsBytes + 1 };
    expect(deviceGroups([card, placedDevice({ parts })])).toHaveLength(2);
  });
});
