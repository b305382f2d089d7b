import { expect, test } from "vitest";
import { computeBuffers, type ComputeBuffers } from "#engine/memory/compute-buffer.ts";
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
])("on the processor %s (%s)", (_title, id, scenario, expectedMib) => {
  const { cpuBytes } = computeBuffers(ARCHITECTURES[id], { ...DEFAULT_SCENARIO, ...scenario });
  expect(bytesToMib(cpuBytes)).toBe(expectedMib);
});

/** MiB as llama.cpp logged them on GPUs. */
test.each<readonly [string, keyof typeof ARCHITECTURES, Partial<Scenario>, keyof ComputeBuffers, number]>([
  ["without flash attention on CUDA and Metal: 560.00", "llama-3-8b", OFF, "gpuLayerBytes", 560],
  ["in RAM beside it: 24.01", "llama-3-8b", OFF, "hostBytes", 24],
  ["in RAM beside four: 72.02", "llama-3-8b", OFF, "pipelineHostBytes", 72],
  ["more on each of four: 640.01 - 560.00", "llama-3-8b", OFF, "pipelineBytes", 80],
  [
    "on SYCL at a micro-batch of 1,024: 164.01",
    "mistral-7b",
    { contextLength: 1024, microBatchSize: 1024 },
    "gpuLayerBytes",
    164,
  ],
  [
    "logits and one hidden state in a short context: 70.50",
    "llama-2-7b",
    { contextLength: 512 },
    "gpuLogitsBytes",
    70.875,
  ],
  [
    "windows in RAM beside it: 91.54",
    "gpt-oss-20b",
    { contextLength: 16_384, microBatchSize: 1024 },
    "hostBytes",
    91.5,
  ],
])("logged %s (%s)", (_title, ...[id, scenario, part, expectedMib]) => {
  const buffers = computeBuffers(ARCHITECTURES[id], { ...DEFAULT_SCENARIO, ...scenario });
  expect(bytesToMib(buffers[part])).toBe(expectedMib);
});
