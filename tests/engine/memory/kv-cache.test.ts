import { describe, expect, test } from "vitest";
import {
  layerKvCacheBytes,
  slidingWindowCells,
  windowUse,
  type CacheScenario,
} from "#engine/memory/kv-cache.ts";
import { expandLayers } from "#engine/memory/tensors.ts";
import { DEFAULT_SCENARIO } from "#engine/scenario.ts";
import {
  ARCHITECTURES,
  architectureOf,
  attention,
  gated,
  type ArchitectureName,
} from "../../fixtures/architectures.ts";

function cacheBytes(id: ArchitectureName, scenario: Partial<CacheScenario>): number {
  const architecture = ARCHITECTURES[id];
  return expandLayers(architecture)
    .map((kind) => layerKvCacheBytes(kind, { ...DEFAULT_SCENARIO, ...scenario }, windowUse(architecture)))
    .reduce((sum, bytes) => sum + bytes, 0);
}

/**
 * Layers × cells × bytes of a cell. A window keeps window + micro-batch (512) + 1 cells, padded to 256:
 * Gemma 3: 1024 + 513 → 1792; gpt-oss: 128 + 513 → 768.
 */
describe("the cache, reckoned by hand, F16", () => {
  test.each<readonly [ArchitectureName, number, number, string]>([
    ["llama-3-8b", 8192, 1_073_741_824, "32 × 8192 × 8 × 256 × 2"],
    ["llama-3-8b", 131_072, 17_179_869_184, "sixteen times that"],
    ["mixtral-8x7b", 8192, 1_073_741_824, "as Llama 3 8B: experts have no cache"],
    ["mixtral-8x7b", 131_072, 17_179_869_184, "as Llama 3 8B"],
    ["deepseek-v3", 8192, 575_668_224, "61 × 8192 × (512 + 64) × 2, no values apart"],
    ["deepseek-v3", 131_072, 9_210_691_584, "sixteen times that"],
    ["gemma-3-27b", 8192, 1_434_451_968, "(10 × 8192 + 52 × 1792) × 16 × 256 × 2"],
    ["gemma-3-27b", 131_072, 11_500_781_568, "(10 × 131072 + 52 × 1792) × 16 × 256 × 2"],
    ["gpt-oss-20b", 8192, 220_200_960, "12 × (8192 + 768) × 8 × 128 × 2"],
    ["gpt-oss-20b", 131_072, 3_240_099_840, "12 × (131072 + 768) × 8 × 128 × 2"],
    ["qwen3-next-80b-a3b", 8192, 201_326_592, "12 × 8192 × 2 × 512 × 2; the 36 linear layers have none"],
    ["qwen3-next-80b-a3b", 131_072, 3_221_225_472, "sixteen times that"],
  ])("%s at %d: %d bytes (%s)", (id, contextLength, expected) => {
    expect(cacheBytes(id, { contextLength })).toBe(expected);
  });
});

test.each([
  ["f16", "f16", 1_073_741_824],
  ["q8_0", "q8_0", 570_425_344], // 34 / 64 of it
  ["q4_0", "q4_0", 301_989_888], // 18 / 64
  ["q8_0", "f16", 822_083_584], // half of each
  ["f32", "f32", 2_147_483_648],
] as const)(
  "Llama 3 8B at 8192, keys %s and values %s: %d bytes",
  (keyCacheType, valueCacheType, expected) => {
    expect(cacheBytes("llama-3-8b", { contextLength: 8192, keyCacheType, valueCacheType })).toBe(expected);
  },
);

test("keys and values of unlike length are counted each in its own type", () => {
  const mixer = attention(8, 8, 192, { valueLength: 128 });
  const kind = { mixer, feedForward: { kind: "none" } as const, smallParameterCount: 0, otherMatrices: [] };
  const scenario = { ...DEFAULT_SCENARIO, contextLength: 256, keyCacheType: "q8_0" as const };
  // 256 cells of 8 × 192 keys at 34 bytes for 32, and 8 × 128 values at 2 bytes
  expect(layerKvCacheBytes(kind, scenario, "kept")).toBe(256 * ((8 * 192 * 34) / 32 + 8 * 128 * 2));
});

test.each([
  ["one sequence", 1024, 1, 512, 8192, 1792],
  ["a larger micro-batch", 1024, 1, 2048, 8192, 3328],
  ["four sequences: a window each", 1024, 4, 2048, 131_072, 6400],
  ["never more than the context", 4096, 1, 512, 2048, 2048],
])(
  "a sliding layer's cells: %s",
  (_title, ...[window, parallelSequenceCount, microBatchSize, contextLength, expected]) => {
    const scenario = { ...DEFAULT_SCENARIO, parallelSequenceCount, microBatchSize, contextLength };
    expect(slidingWindowCells(window, scenario)).toBe(expected);
  },
);

test("the context is padded to 256 cells", () => {
  expect(cacheBytes("llama-3-8b", { contextLength: 1 })).toBe(
    cacheBytes("llama-3-8b", { contextLength: 256 }),
  );
});

test("where every layer slides, llama.cpp keeps the whole context all the same", () => {
  const sliding = architectureOf({
    hiddenSize: 4096,
    vocabularySize: 32_000,
    layers: [[32, attention(32, 8, 128, { slidingWindow: 4096 }), gated(14_336)]],
  });
  expect(windowUse(ARCHITECTURES["gemma-3-12b"])).toBe("kept");
  expect(windowUse(sliding)).toBe("ignored");
});

test("a layer that reads another layer's cache has none", () => {
  const mixer = attention(8, 8, 128, { cache: "none" });
  const kind = { mixer, feedForward: { kind: "none" } as const, smallParameterCount: 0, otherMatrices: [] };
  expect(layerKvCacheBytes(kind, DEFAULT_SCENARIO, "kept")).toBe(0);
});
