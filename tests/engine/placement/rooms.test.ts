import { describe, expect, test } from "vitest";
import type { Accelerator } from "#engine/machine.ts";
import { freeBytes, machineRooms, REFERENCE_CARD, type Rooms } from "#engine/placement/rooms.ts";
import { gibToBytes, mibToBytes } from "#engine/units.ts";
import { cardOf, machineOf, namedCard, unifiedGpu } from "../../fixtures/machine.ts";

function shapes(alternatives: readonly Rooms[]): readonly (readonly string[])[] {
  return alternatives.map(({ cards, ram }) => [
    ...cards.map((card) => card.name),
    ram === null ? "RAM unknown" : "RAM",
  ]);
}

describe("the places of a machine", () => {
  test.each<readonly [string, readonly Accelerator[], number | null, readonly (readonly string[])[]]>([
    ["no accelerator: RAM alone", [], 16, [["RAM"]]],
    ["nothing known at all", [], null, [["RAM unknown"]]],
    [
      "cards, the largest first",
      [namedCard("RTX 3070"), namedCard("RTX 3090")],
      64,
      [["RTX 3090", "RTX 3070", "RAM"]],
    ],
    ["a card of unknown memory is no place", [cardOf("old card", null)], 16, [["RAM"]]],
    ["a GPU of unified memory of unknown size is RAM", [unifiedGpu("intel", null)], 16, [["RAM"]]],
    [
      "Apple: one GPU and what RAM is beside it",
      [unifiedGpu("apple", gibToBytes(64))],
      64,
      [["apple GPU", "RAM"]],
    ],
    [
      "an integrated GPU is an alternative to the card, not added to it",
      [unifiedGpu("amd", gibToBytes(16)), namedCard("RTX 4090")],
      32,
      [
        ["RTX 4090", "RAM"],
        ["amd GPU", "RAM"],
      ],
    ],
  ])("%s", (_title, accelerators, ramGiB, expected) => {
    expect(shapes(machineRooms(machineOf(accelerators, ramGiB)))).toEqual(expected);
  });
});

/** Capacities in GiB of the GPU and of the RAM beside it; a tenth of RAM, at least 2 GiB, is the system's. */
describe("unified memory is counted once", () => {
  test.each<readonly [string, Accelerator, number | null, number, number | null]>([
    ["Apple, 9 GiB: two thirds", unifiedGpu("apple", gibToBytes(9)), 9, 6, 3],
    ["Apple, 64 GiB: three quarters", unifiedGpu("apple", gibToBytes(64)), 64, 48, 16],
    [
      "Apple, limit set by hand",
      unifiedGpu("apple", gibToBytes(64), { workingSetLimitBytes: gibToBytes(56) }),
      64,
      56,
      8,
    ],
    ["an APU that may map half of RAM", unifiedGpu("amd", gibToBytes(16)), 32, 16, 16],
    [
      "an APU with 96 GiB carved out, which the system does not count as RAM",
      unifiedGpu("amd", gibToBytes(112), { carveOutBytes: gibToBytes(96) }),
      32,
      112,
      16,
    ],
    [
      "a chip that may have all of RAM leaves the system its tenth",
      unifiedGpu("nvidia", gibToBytes(120)),
      120,
      108,
      12,
    ],
    [
      "RAM unknown: the tenth is taken from what it reports",
      unifiedGpu("amd", gibToBytes(40)),
      null,
      36,
      null,
    ],
  ])("%s", (_title, ...[gpu, ramGiB, expectedGpuGiB, expectedRamGiB]) => {
    const [{ cards, ram }] = machineRooms(machineOf([gpu], ramGiB));
    expect(cards.map((card) => card.capacityBytes)).toEqual([gibToBytes(expectedGpuGiB)]);
    expect(ram === null ? null : ram.capacityBytes).toBe(
      expectedRamGiB === null ? null : gibToBytes(expectedRamGiB),
    );
  });
});

test.each([
  ["RTX 4090: total less 512 MiB of margin and 456 MiB of CUDA", namedCard("RTX 4090"), 24_564 - 512 - 456],
  ["a card smaller than that has nothing free, not less than nothing", cardOf("tiny", mibToBytes(512)), 0],
])("%s", (_title, card, expectedMib) => {
  const [{ cards }] = machineRooms(machineOf([card], 16));
  expect(cards.map(freeBytes)).toEqual([mibToBytes(expectedMib)]);
});

test.each([
  ["cuda", ["RTX 4090", "RAM"], 456],
  ["vulkan", ["RTX 4090", "RAM"], 128],
  ["cpu", ["RAM"], undefined],
] as const)("driven with %s: %s, with %s MiB taken before any model", (backend, names, expectedMib) => {
  const rooms = machineRooms(machineOf([namedCard("RTX 4090")], 64), backend);
  expect(shapes(rooms)).toEqual([names]);
  const overheadBytes = rooms[0].cards[0]?.overheadBytes;
  expect(overheadBytes).toBe(expectedMib === undefined ? undefined : mibToBytes(expectedMib));
});

test.each([
  [64, 64 - 6.4],
  [16, 14],
  [1, 0],
])("of %d GiB of RAM a model may have %d", (ramGiB, expectedGiB) => {
  const [{ ram }] = machineRooms(machineOf([], ramGiB));
  expect(ram === null ? null : Math.abs(freeBytes(ram) - gibToBytes(expectedGiB))).toBeLessThanOrEqual(1);
});

test("the card that stands for 80 GB is an H100 as nvidia-smi reports it", () => {
  expect(REFERENCE_CARD.capacityBytes).toBe(mibToBytes(81_559));
});

test("slices of a card are places of their own, never used together", () => {
  const details = unifiedGpu("nvidia", 1, { deviceKind: "slice" }).details;
  if (details === undefined) throw new Error("the fixture has details");
  const slice = { ...namedCard("RTX 3070"), details };
  const places = shapes(
    machineRooms(machineOf([slice, { ...slice, id: "other" }, namedCard("RTX 3090")], 16)),
  );
  expect(places).toEqual([
    ["RTX 3090", "RAM"],
    ["RTX 3070", "RAM"],
    ["RTX 3070", "RAM"],
  ]);
});
