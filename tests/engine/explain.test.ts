import { describe, expect, test } from "vitest";
import { estimateFit } from "#engine/estimate.ts";
import { explainFit, type Term } from "#engine/explain.ts";
import type { Accelerator } from "#engine/machine.ts";
import { DEFAULT_SCENARIO, type Scenario } from "#engine/scenario.ts";
import { gibToBytes } from "#engine/units.ts";
import { ARCHITECTURES, type ArchitectureName } from "../fixtures/architectures.ts";
import { machineOf, namedCard, unifiedGpu } from "../fixtures/machine.ts";
import { fixtureModel } from "../fixtures/model.ts";
import { VLLM } from "../fixtures/runtimes.ts";

type Row = readonly [ArchitectureName, string, readonly Accelerator[], Partial<Scenario>];

function termsOf([id, , accelerators, scenario]: Row): {
  readonly terms: readonly Term[];
  readonly totalBytes: number;
} {
  const fit = estimateFit(fixtureModel(id), machineOf(accelerators, 64), {
    ...DEFAULT_SCENARIO,
    ...scenario,
  });
  return { terms: explainFit(fit, ARCHITECTURES[id], "BF16"), totalBytes: fit.memory?.totalBytes ?? -1 };
}

const ROWS: readonly Row[] = [
  ["llama-3-8b", "one card", [namedCard("RTX 4090")], {}],
  ["gemma-2b", "a tied table on a card and in RAM", [namedCard("RTX 4090")], {}],
  ["gemma-2b", "a tied table mapped once", [unifiedGpu("apple", gibToBytes(64))], {}],
  ["gemma-3-27b", "windows and full attention", [namedCard("H100 80GB")], {}],
  ["llama-2-70b", "two cards", [namedCard("RTX 3090"), namedCard("RTX 3090")], {}],
  ["mixtral-8x7b", "experts in RAM", [namedCard("RTX 3070")], {}],
  ["qwen3-next-80b-a3b", "a recurrent state", [namedCard("RTX 4090")], {}],
  ["deepseek-v3", "nothing placed", [namedCard("RTX 4090")], {}],
  ["llama-2-70b", "equal shards", [namedCard("H100 80GB"), namedCard("H100 80GB")], { runtime: VLLM }],
];

describe("the terms add up to the total", () => {
  test.each(ROWS)("%s: %s", (...row) => {
    const { terms, totalBytes } = termsOf(row);
    expect(terms.reduce((sum, { bytes }) => sum + bytes, 0)).toBe(totalBytes);
    expect(terms.every(({ formula, source }) => formula !== "" && source !== "")).toBe(true);
  });
});

test("a formula has this model's numbers", () => {
  const { terms } = termsOf(["gemma-3-27b", "", [namedCard("H100 80GB")], {}]);
  const cache = terms.filter(({ part }) => part === "kv-cache").map(({ name, formula }) => [name, formula]);
  expect(cache).toEqual([
    ["sliding windows", "52 layers × 1,792 cells × 16 heads × (128 + 128) in f16"],
    ["full attention", "10 layers × 8,192 cells × 16 heads × (128 + 128) in f16"],
  ]);
});

const CARD = [namedCard("RTX 4090")];
const PER_PART: readonly (readonly [Row, name: string, source: RegExp])[] = [
  [["llama-2-70b", "", CARD, {}], "layers", /block_q4_k of ggml-common\.h; what Q4_K_M raises/],
  [["llama-3-8b", "", CARD, {}], "layers", /^BF16 as published, 16 bits a weight$/],
  [["llama-3-8b", "", CARD, { runtime: VLLM }], "tables", /^BF16 as published/],
  [["llama-3-8b", "", CARD, {}], "tables", /llama-model\.cpp/],
  [["llama-3-8b", "", CARD, {}], "full attention", /^llama_kv_cache: /],
  [["gemma-3-27b", "", CARD, {}], "sliding windows", /^llama_kv_cache_iswa: /],
  [["deepseek-v3", "", CARD, {}], "latent attention", /^DeepSeek-V2 paper, section 2\.1/],
  [["llama-3-8b", "", CARD, { runtime: VLLM }], "full attention", /^vLLM's pages of 16 tokens$/],
  [["qwen3-next-80b-a3b", "", CARD, {}], "recurrent state", /llama-memory-recurrent\.cpp/],
  [["llama-3-8b", "", CARD, {}], "overhead, RTX 4090", /llama\.cpp issue 15860/],
  [["llama-3-8b", "", CARD, { runtime: VLLM }], "overhead, RTX 4090", /^vLLM's starts/],
  [["llama-3-8b", "", CARD, {}], "overhead, RAM", /host buffer/],
];

const SOURCES = PER_PART.map(([row, name, source]) => ({
  id: row[0],
  runtime: row[3].runtime?.name ?? "llama.cpp",
  row,
  name,
  source,
}));

test.each(SOURCES)("$id with $runtime, $name: its own source", ({ row, name, source }) => {
  const found = termsOf(row).terms.find((term) => term.name === name);
  expect(found?.source).toMatch(source);
});

test("layers of two kinds with one cache are one term", () => {
  const { terms } = termsOf(["deepseek-v3", "", CARD, {}]);
  const cache = terms.filter(({ part }) => part === "kv-cache").map(({ formula }) => formula);
  expect(cache).toEqual(["61 layers × 8,192 cells × (512 + 64) in f16"]);
});

test("one sequence is one, several are several", () => {
  const formulaOf = (parallelSequenceCount: number): string | undefined =>
    termsOf(["qwen3-next-80b-a3b", "", CARD, { parallelSequenceCount }]).terms.find(
      ({ part }) => part === "recurrent-state",
    )?.formula;
  expect([1, 4].map(formulaOf)).toEqual([
    "36 layers × 1 sequence, in F32; the same at any context",
    "36 layers × 4 sequences, in F32; the same at any context",
  ]);
});
