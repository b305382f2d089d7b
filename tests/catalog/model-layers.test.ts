import { expect, test } from "vitest";
import { layerKvCacheBytes, windowUse } from "#engine/memory/kv-cache.ts";
import { layerStateBytes } from "#engine/memory/recurrent-state.ts";
import { expandLayers } from "#engine/memory/tensors.ts";
import type { LayerKind } from "#engine/model.ts";
import { bytesToMib } from "#engine/units.ts";
import { shippedArchitecture } from "./shipped.ts";

type Test = (kind: LayerKind) => boolean;

const seesEverything: Test = ({ mixer }) => mixer.kind === "attention" && mixer.slidingWindow === null;
const hasLatents: Test = ({ mixer }) => mixer.kind === "latent-attention";
const hasIndex: Test = ({ mixer }) => mixer.kind === "latent-attention" && mixer.indexKeyLength !== null;
const isDense: Test = ({ feedForward }) => feedForward.kind === "dense";
const hasExperts: Test = ({ feedForward }) => feedForward.kind === "experts";
const ownsCache: Test = ({ mixer }) => mixer.kind === "attention" && mixer.cache === "own";

/** Every `step`th number from `first` on, up to `last`. */
function every(step: number, first: number, last: number): readonly number[] {
  return Array.from({ length: Math.floor((last - first) / step) + 1 }, (_, index) => first + index * step);
}

test.each<readonly [string, string, Test, number, readonly number[]]>([
  ["llama-4-scout", "see everything", seesEverything, 48, every(4, 3, 47)],
  ["llama-4-maverick", "see everything", seesEverything, 48, every(4, 3, 47)],
  ["llama-4-maverick", "have experts", hasExperts, 48, every(2, 1, 47)],
  ["gemma-2-9b", "see everything", seesEverything, 42, every(2, 1, 41)],
  ["gemma-3-1b", "see everything", seesEverything, 26, [5, 11, 17, 23]],
  ["gemma-3-27b", "see everything", seesEverything, 62, every(6, 5, 59)],
  ["gemma-3n-e4b", "own a cache", ownsCache, 35, every(1, 0, 19)],
  ["gemma-4-e2b", "see everything", seesEverything, 35, every(5, 4, 34)],
  ["gemma-4-e2b", "own a cache", ownsCache, 35, every(1, 0, 14)],
  ["gemma-4-e4b", "own a cache", ownsCache, 42, every(1, 0, 23)],
  ["gemma-4-31b", "see everything", seesEverything, 60, every(6, 5, 59)],
  ["gpt-oss-20b", "see everything", seesEverything, 24, every(2, 1, 23)],
  ["olmo-3-7b", "see everything", seesEverything, 32, every(4, 3, 31)],
  ["exaone-4.0-32b", "see everything", seesEverything, 64, every(4, 3, 63)],
  ["mimo-v2-flash", "see everything", seesEverything, 48, [0, 5, 11, 17, 23, 29, 35, 41, 47]],
  ["step-3.7-flash", "see everything", seesEverything, 45, every(4, 0, 44)],
  ["qwen3-next-80b-a3b", "have attention", seesEverything, 48, every(4, 3, 47)],
  ["qwen3.5-27b", "have attention", seesEverything, 64, every(4, 3, 63)],
  ["minimax-text-01", "have attention", seesEverything, 80, every(8, 7, 79)],
  ["jamba-v0.1", "have attention", seesEverything, 32, [4, 12, 20, 28]],
  ["jamba-v0.1", "have experts", hasExperts, 32, every(2, 1, 31)],
  ["lfm2-8b-a1b", "have attention", seesEverything, 24, [2, 6, 10, 14, 18, 21]],
  ["lfm2-8b-a1b", "are dense", isDense, 24, [0, 1]],
  ["nemotron-nano-9b-v2", "have attention", seesEverything, 56, [14, 21, 30, 39]],
  ["nemotron-3-super-120b-a12b", "have attention", seesEverything, 88, [7, 16, 25, 36, 47, 58, 69, 78]],
  [
    "nemotron-super-49b",
    "have attention",
    seesEverything,
    80,
    [...every(1, 0, 5), 8, 9, 10, ...every(1, 12, 41), 52, ...every(1, 71, 79)],
  ],
  ["deepseek-v3", "are dense", isDense, 61, [0, 1, 2]],
  ["deepseek-v3", "hold latents", hasLatents, 61, every(1, 0, 60)],
  ["kimi-k2", "are dense", isDense, 61, [0]],
  ["glm-5.2", "hold an index key", hasIndex, 78, [0, 1, 2, ...every(4, 6, 74)]],
])("%s: the layers that %s", (...row) => {
  const [id, , matches, layerCount, expected] = row;
  const layers = expandLayers(shippedArchitecture(id));
  expect(layers.length).toBe(layerCount);
  expect(layers.flatMap((kind, index) => (matches(kind) ? [index] : []))).toEqual(expected);
});

/** Logged by llama.cpp, F32, one sequence: hundredths of a MiB as printed. */
test.each([
  ["qwen3.5-2b", 19.27],
  ["qwen3.5-4b", 50.25],
  ["qwen3.5-9b", 50.25],
  ["qwen3.5-35b-a3b", 62.81],
  ["qwen3.6-35b-a3b", 62.81],
  ["qwen3.5-27b", 149.62],
  ["qwen3.6-27b", 149.62],
  ["qwen3.8-27b", 149.62],
] as const)("%s keeps a recurrent state of %f MiB a sequence", (id, expected) => {
  const bytes = expandLayers(shippedArchitecture(id)).reduce(
    (sum, kind) => sum + layerStateBytes(kind, 1),
    0,
  );
  expect(Math.abs(bytesToMib(bytes) - expected)).toBeLessThanOrEqual(0.006);
});

const CONTEXT = 65_536;

/** 16-bit KiB for a token of context where every layer holds all of it: 2 × layers × KV heads × head length × 2 bytes. */
test.each([
  ["llama-3-70b", 320],
  ["llama-3-8b", 128],
  ["mixtral-8x22b", 224],
  ["mixtral-8x7b", 128],
  ["qwen-72b", 2560],
  ["llama-2-70b", 320],
  ["llama-2-13b", 800],
  ["llama-2-7b", 512],
  ["yi-34b", 240],
  ["yi-6b", 64],
  ["mistral-7b", 128], // llama.cpp does not cut the cache where every layer slides
  ["phi-3-mini", 384],
  ["phi-2", 320],
  ["gemma-2b", 18],
  ["tinyllama-1.1b", 22],
  ["neural-chat-7b", 128],
  ["zephyr-7b", 128],
  ["codellama-34b", 192],
  ["codellama-13b", 800],
  ["codellama-7b", 512],
  ["codellama-python-34b", 192],
  ["codellama-instruct-34b", 192],
  ["deepseek-coder-33b", 248],
  ["starcoder-15b", 20],
  ["starcoder-3b", 18],
  ["wizardcoder-34b", 192],
  ["deepseek-math-7b", 480],
  ["llemma-34b", 192],
  ["wizardmath-70b", 320],
  ["aya-101", 2 * 384], // the decoder's own tokens, and as many of the encoder's
  ["bloom-176b", 3920],
  ["qwen3.6-35b-a3b", 20], // 20,480 bytes: 10 of its 40 layers
  ["deepseek-v3", (61 * (512 + 64) * 2) / 1024],
  ["deepseek-v3.2", (61 * (512 + 64 + 128) * 2) / 1024],
] as const)("%s needs %f KiB of cache for a token", (id, expectedKib) => {
  expect(cacheBytes(id) / CONTEXT / 1024).toBe(expectedKib);
});

/**
 * Logged by llama.cpp for 65,536 tokens in micro-batches of 512: 1,064 MiB, of which 4 full layers take 1,024 and 20
 * with a window of 512 take 40. Builds since then hold 256 more cells in each of those 20: 10 MiB.
 */
test("gemma-4-e4b needs 1,064 MiB of cache for 65,536 tokens, and 10 more in newer builds", () => {
  expect(bytesToMib(cacheBytes("gemma-4-e4b"))).toBe(1064 + 10);
});

function cacheBytes(id: string): number {
  const architecture = shippedArchitecture(id);
  const scenario = {
    contextLength: CONTEXT,
    keyCacheType: "f16",
    valueCacheType: "f16",
    microBatchSize: 512,
    parallelSequenceCount: 1,
  } as const;
  const windows = windowUse(architecture);
  return expandLayers(architecture).reduce(
    (sum, kind) => sum + layerKvCacheBytes(kind, scenario, windows),
    0,
  );
}
