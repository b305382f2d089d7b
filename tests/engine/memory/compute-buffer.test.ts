import { expect, test } from "vitest";
import { computeBufferBytes } from "#engine/memory/compute-buffer.ts";
import { DEFAULT_SCENARIO, type Scenario } from "#engine/scenario.ts";
import { bytesToMib } from "#engine/units.ts";
import { ARCHITECTURES } from "../../fixtures/architectures.ts";

const OFF = { flashAttention: false } as const;

test.each<readonly [string, keyof typeof ARCHITECTURES, Partial<Scenario>, number]>([
  ["logits decide: (128256 + 2 × 4096) × 512 × 4", "llama-3-8b", {}, 266.5],
  ["four times the micro-batch, four times the buffer", "llama-3-8b", { microBatchSize: 2048 }, 1066],
  [
    "the feed-forward decides: (3 × 14336 + 4 × 4096) × 512 × 4, and a mask of 8192 × 512 × 2",
    "mistral-7b",
    {},
    124,
  ],
  ["two experts of a token: (3 × 2 × 14336 + 4 × 4096) × 512 × 4, and the mask", "mixtral-8x7b", {}, 208],
  ["scores decide without flash attention: (32 × 8192 + 8192 + 22528) × 512 × 4", "llama-3-8b", OFF, 572],
  ["but not at a short context", "llama-3-8b", { ...OFF, contextLength: 2048 }, 266.5],
  [
    "a quantised cache adds one hidden state",
    "llama-3-8b",
    { keyCacheType: "q8_0", valueCacheType: "q8_0" },
    274.5,
  ],
])("%s (%s)", (_title, id, scenario, expectedMib) => {
  const bytes = computeBufferBytes(ARCHITECTURES[id], { ...DEFAULT_SCENARIO, ...scenario });
  expect(bytesToMib(bytes)).toBe(expectedMib);
});
