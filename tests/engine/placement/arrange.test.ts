import { describe, expect, test } from "vitest";
import { arrange } from "#engine/placement/arrange.ts";
import { demandOf, type Demand } from "#engine/placement/demand.ts";
import { imaginedCard, machineRooms, type Room } from "#engine/placement/rooms.ts";
import type { QuantizationName } from "#engine/quantization.ts";
import { DEFAULT_SCENARIO } from "#engine/scenario.ts";
import { gibToBytes, mibToBytes } from "#engine/units.ts";
import { ARCHITECTURES, type ArchitectureName } from "../../fixtures/architectures.ts";
import { machineOf, unifiedGpu } from "../../fixtures/machine.ts";

const NOTHING_IN_RAM = { layersInRam: 0, expertLayersInRam: 0 } as const;
const CARD = imaginedCard("card", gibToBytes(48), 0);
const RAM = machineRooms(machineOf([], 64))[0].ram;

function demand(id: ArchitectureName, quantization: QuantizationName): Demand {
  return demandOf(ARCHITECTURES[id], quantization, DEFAULT_SCENARIO);
}

function weightsOn(devices: ReturnType<typeof arrange>): readonly number[] {
  return devices?.map((device) => device.parts.weightsBytes) ?? [];
}

const TABLE_8B_BYTES = 128_256 * 4096 * 2;
const WEIGHTS_8B_BYTES = 16_061_054_976;

test("on one card the table that is only looked up stays in RAM", () => {
  const devices = arrange(demand("llama-3-8b", "F16"), { cards: [CARD], ram: RAM, ...NOTHING_IN_RAM });
  expect(weightsOn(devices)).toEqual([WEIGHTS_8B_BYTES - TABLE_8B_BYTES, TABLE_8B_BYTES]);
  expect(devices?.map((device) => device.layerCount)).toEqual([32, 0]);
});

test("a tied table is on both: Gemma 2B", () => {
  const devices = arrange(demand("gemma-2b", "F16"), { cards: [CARD], ram: RAM, ...NOTHING_IN_RAM });
  const fileBytes = 2_506_172_416 * 2 + 37 * 2048 * 2; // norms of 18 layers and the last one in F32
  expect(weightsOn(devices)).toEqual([fileBytes, 256_000 * 2048 * 2]);
});

test("of RAM of unknown size a looked-up table is not asked", () => {
  const devices = arrange(demand("llama-3-8b", "F16"), { cards: [CARD], ram: null, ...NOTHING_IN_RAM });
  expect(weightsOn(devices)).toEqual([WEIGHTS_8B_BYTES - TABLE_8B_BYTES]);
});

test("on unified memory the file is mapped once, table and all", () => {
  const [{ cards, ram }] = machineRooms(machineOf([unifiedGpu("apple", gibToBytes(64))], 64));
  const devices = arrange(demand("gemma-2b", "F16"), { cards, ram, ...NOTHING_IN_RAM });
  // Gemma's table is its output matrix: on the GPU, once. The RAM beside it holds only the mask and one hidden state.
  expect(weightsOn(devices)).toEqual([2_506_172_416 * 2 + 37 * 2048 * 2, 0]);
  expect(devices?.at(-1)?.usedBytes).toBe(mibToBytes(16 + 4));
});

test("in RAM alone the file is there once, with cache and compute buffer", () => {
  const devices = arrange(demand("llama-3-8b", "F16"), { cards: [], ram: RAM, ...NOTHING_IN_RAM });
  expect(devices?.map(({ parts, layerCount }) => ({ parts, layerCount }))).toEqual([
    {
      parts: {
        weightsBytes: WEIGHTS_8B_BYTES,
        kvCacheBytes: 1_073_741_824,
        recurrentStateBytes: 0,
        computeBufferBytes: mibToBytes(266.5),
        overheadBytes: 0,
      },
      layerCount: 32,
    },
  ]);
});

describe("two cards", () => {
  const half = imaginedCard("half", gibToBytes(24), mibToBytes(456));

  test("share layers evenly; the first has none of the output, the last has it, each has a compute buffer", () => {
    const devices = arrange(demand("llama-3-8b", "F16"), {
      cards: [half, half],
      ram: RAM,
      ...NOTHING_IN_RAM,
    });
    const [first, last] = devices ?? [];
    expect((first?.layerCount ?? 0) + (last?.layerCount ?? 0)).toBe(32);
    expect(Math.abs((first?.usedBytes ?? 0) - (last?.usedBytes ?? 0))).toBeLessThan(gibToBytes(0.5));
    expect(devices?.map((device) => device.parts.computeBufferBytes)).toEqual([
      mibToBytes(96 + 80), // 2 × 14336 + 3 × 4096 widths and a mask of 16 MiB; the pipeline's copies
      mibToBytes(264.5 + 80),
      0,
    ]);
  });

  test("unlike ones share by their room", () => {
    const large = imaginedCard("large", gibToBytes(48), 0);
    const devices = arrange(demand("llama-3-8b", "F16"), {
      cards: [large, CARD],
      ram: RAM,
      ...NOTHING_IN_RAM,
    });
    const small: Room = { ...half, capacityBytes: gibToBytes(8) };
    const unlike = arrange(demand("llama-3-8b", "F16"), {
      cards: [large, small],
      ram: RAM,
      ...NOTHING_IN_RAM,
    });
    const countOf = (placed: typeof devices): number => placed?.[0]?.layerCount ?? 0;
    expect(countOf(unlike)).toBeGreaterThan(countOf(devices));
  });
});

describe("what stays in RAM", () => {
  test("the first layers, whole, with their cache", () => {
    const arrangement = { cards: [CARD], ram: RAM, layersInRam: 8, expertLayersInRam: 0 };
    const devices = arrange(demand("llama-3-8b", "F16"), arrangement);
    const ram = devices?.at(-1);
    expect(devices?.map((device) => device.layerCount)).toEqual([24, 8]);
    expect(ram?.parts.kvCacheBytes).toBe(8 * 33_554_432);
    // Large batches are computed on the card, where one of the matrices in RAM (4096 × 14336) is copied to.
    expect(ram?.parts.computeBufferBytes).toBe(0);
    expect(devices?.[0]?.parts.computeBufferBytes).toBe(mibToBytes(264.5));
  });

  test("the first layers' experts, their cache on the card", () => {
    const arrangement = { cards: [CARD], ram: RAM, layersInRam: 0, expertLayersInRam: 16 };
    const devices = arrange(demand("mixtral-8x7b", "Q4_K_M"), arrangement);
    const ram = devices?.at(-1);
    expect(ram?.expertLayerCount).toBe(16);
    expect(ram?.parts.kvCacheBytes).toBe(0);
    expect(devices?.[0]?.layerCount).toBe(32);
  });
});

test.each<readonly [string, Room]>([
  ["a card too small for the model", imaginedCard("small", gibToBytes(8), 0)],
  ["a card too small for the compute buffer", imaginedCard("tiny", mibToBytes(300), 0)],
])("%s holds nothing", (_title, card) => {
  expect(arrange(demand("llama-3-8b", "F16"), { cards: [card], ram: RAM, ...NOTHING_IN_RAM })).toBeNull();
});
