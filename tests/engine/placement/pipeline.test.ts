import { describe, expect, test } from "vitest";
import { estimateFit } from "#engine/estimate.ts";
import type { Fit } from "#engine/fit.ts";
import { evenLayers } from "#engine/placement/pipeline.ts";
import { DEFAULT_SCENARIO } from "#engine/scenario.ts";
import { mibToBytes } from "#engine/units.ts";
import type { ArchitectureName } from "../../fixtures/architectures.ts";
import { machineOf, namedCard, type CARD_MEMORY_MIB } from "../../fixtures/machine.ts";
import { fixtureModel } from "../../fixtures/model.ts";
import { VLLM } from "../../fixtures/runtimes.ts";

const PIPELINE = { ...VLLM, splits: ["tensor", "layers"] } as const;

type CardName = keyof typeof CARD_MEMORY_MIB;

function fitOn(id: ArchitectureName, cards: readonly CardName[], split: "layer" | "tensor" | null): Fit {
  const machine = machineOf(
    cards.map((name, index) => namedCard(name, index)),
    64,
  );
  const scenario = { ...DEFAULT_SCENARIO, runtime: PIPELINE };
  return estimateFit(fixtureModel(id), machine, split === null ? scenario : { ...scenario, split }, "BF16");
}

test.each([
  [80, 2, [40, 40]],
  [32, 3, [11, 11, 10]],
  [61, 4, [15, 15, 16, 15]],
  [62, 4, [15, 16, 16, 15]],
])("%d layers in %d stages", (layerCount, stageCount, expected) => {
  expect(evenLayers(layerCount, stageCount)).toEqual(expected);
});

describe("a pipeline of cards under a runtime that reserves a share of each", () => {
  test("is taken where it is asked for; unasked it splits by tensors", () => {
    expect(fitOn("mixtral-8x7b", ["H100 80GB", "H100 80GB"], null).placement.kind).toBe("tensor-parallel");
    expect(fitOn("mixtral-8x7b", ["H100 80GB", "H100 80GB"], "layer").placement.kind).toBe("layer-split");
  });

  test("holds each layer once, the table on the first card and the output matrix on the last", () => {
    const { placement, memory } = fitOn("mixtral-8x7b", ["H100 80GB", "H100 80GB"], "layer");
    const [first, last] = placement.devices.map(({ parts }) => parts);
    expect(placement.devices.map(({ layerCount }) => layerCount)).toEqual([16, 16]);
    // 93,408,215,040 bytes less table (32000 × 4096 × 2) and output (the same, and a norm of 4096 × 4), halved
    const half = (93_408_215_040 - 262_144_000 - 262_160_384) / 2;
    expect(first?.weightsBytes).toBe(half + 262_144_000);
    expect(last?.weightsBytes).toBe(half + 262_160_384);
    expect(first?.kvCacheBytes).toBe(536_870_912); // 16 × 8192 × 8 × 256 × 2
    expect(first?.overheadBytes).toBe(mibToBytes(320 + 192));
    expect(memory?.embeddingCopyBytes).toBe(0);
  });

  test("has a tied table on both ends", () => {
    const { memory } = fitOn("gemma-3-27b", ["RTX 3090", "RTX 3090", "RTX 3090"], "layer");
    expect(memory?.embeddingCopyBytes).toBe(262_208 * 5376 * 2);
  });

  test("uses seven cards, by which 64 heads do not divide", () => {
    const cards = Array.from({ length: 7 }, (): CardName => "RTX 4090");
    const { placement } = fitOn("llama-2-70b", cards, "layer");
    expect(placement.devices.map(({ layerCount }) => layerCount)).toEqual([11, 11, 11, 12, 12, 12, 11]);
    expect(fitOn("llama-2-70b", cards, "tensor").placement.kind).toBe("none");
  });

  test("fills unlike cards alike, where equal runs of layers are too much for the smallest", () => {
    const cards = ["H100 80GB", "RTX 4090"] as const;
    const [large, small] = fitOn("mixtral-8x7b", cards, "layer").placement.devices;
    expect((large?.layerCount ?? 0) + (small?.layerCount ?? 0)).toBe(32);
    expect(large?.layerCount).toBeGreaterThan(22);
    expect(fitOn("mixtral-8x7b", cards, "tensor").placement.kind).not.toBe("tensor-parallel");
  });

  test("says that not every architecture runs so", () => {
    expect(fitOn("mixtral-8x7b", ["H100 80GB", "H100 80GB"], "layer").caveats).toEqual([
      "Not every architecture runs as a pipeline: the runtime's table of supported models says which do.",
    ]);
  });

  test("its room for tokens is that of the stage with least", () => {
    const { placement, cacheRoom } = fitOn("mixtral-8x7b", ["H100 80GB", "H100 80GB"], "layer");
    const rooms = placement.devices.map(({ capacityBytes, marginBytes, usedBytes, parts }) =>
      Math.floor(
        ((capacityBytes - marginBytes - usedBytes + parts.kvCacheBytes) / parts.kvCacheBytes) * 8192,
      ),
    );
    expect(cacheRoom?.tokenCount).toBe(Math.min(...rooms));
  });
});
