import { expect, test } from "vitest";
import { estimateFit } from "#engine/estimate.ts";
import { valueCacheRefusal } from "#engine/memory/value-cache.ts";
import { DEFAULT_SCENARIO, type Scenario } from "#engine/scenario.ts";
import { SHIPPED } from "../../catalog/shipped.ts";
import { machineOf, namedCard } from "../../fixtures/machine.ts";
import { fixtureModel } from "../../fixtures/model.ts";

const runtimeOf = (id: string): Pick<Scenario, "runtime"> => {
  const runtime = SHIPPED.runtimes.find((each) => each.id === id);
  return runtime === undefined ? {} : { runtime };
};

test.each<readonly [string, Partial<Scenario>, string | null]>([
  ["values quantised, flash attention on", { valueCacheType: "q8_0" }, null],
  ["keys quantised, flash attention off", { keyCacheType: "q8_0", flashAttention: false }, null],
  ["values in bf16, flash attention off", { valueCacheType: "bf16", flashAttention: false }, null],
  [
    "values quantised, flash attention off",
    { valueCacheType: "q8_0", flashAttention: false },
    "llama.cpp does not start with values of the KV cache in q8_0 and without flash attention.",
  ],
  [
    "the same under Ollama",
    { valueCacheType: "q4_0", flashAttention: false, ...runtimeOf("ollama") },
    "Ollama does not start with values of the KV cache in q4_0 and without flash attention.",
  ],
  [
    "another engine has its own attention",
    { valueCacheType: "fp8", flashAttention: false, ...runtimeOf("vllm") },
    null,
  ],
])("%s", (_title, scenario, expected) => {
  expect(valueCacheRefusal({ ...DEFAULT_SCENARIO, ...scenario })).toBe(expected);
});

test("what does not start does not fit: the answer is unknown, with the reason", () => {
  const machine = machineOf([namedCard("RTX 4090", 0)], 64);
  const scenario = { ...DEFAULT_SCENARIO, valueCacheType: "q8_0", flashAttention: false } as const;
  expect(estimateFit(fixtureModel("llama-3-8b"), machine, scenario).verdict).toMatchObject({
    kind: "unknown",
    missing: "llama.cpp does not start with values of the KV cache in q8_0 and without flash attention.",
  });
});
