import { expect, test } from "vitest";
import { DEFAULT_SCENARIO, type Scenario } from "../../src/engine/scenario.ts";
import { restoredScenario, type SavedScenario, savedScenario } from "../../src/shared/saved-scenario.ts";
import { VLLM } from "../fixtures/runtimes.ts";

const CHOSEN: Scenario = {
  ...DEFAULT_SCENARIO,
  contextLength: 32_768,
  keyCacheType: "q8_0",
  valueCacheType: "q4_0",
  lowestQuantization: "Q8_0",
  flashAttention: false,
  parallelSequenceCount: 4,
  backend: "vulkan",
  split: "layer",
};

test("a scenario is the same after it was kept as JSON", () => {
  const kept = JSON.parse(JSON.stringify(savedScenario(CHOSEN))) as SavedScenario; // of this very line
  expect(restoredScenario(kept, [])).toEqual(CHOSEN);
});

test("a runtime is kept by its id", () => {
  const saved = savedScenario({ ...DEFAULT_SCENARIO, runtime: VLLM });
  expect(saved.runtime).toBe("vllm");
  expect(restoredScenario(saved, [VLLM]).runtime).toBe(VLLM);
});

test.each([
  ["nothing", {}],
  ["a context of no length", { contextLength: 0 }],
  ["a context longer than any", { contextLength: 1e9 }],
  ["half a token", { contextLength: 1.5 }],
  ["text for a number", { contextLength: "8192" }],
  ["a cache type that is none", { keyCacheType: "q9_9" }],
  ["a quantization that is none", { lowestQuantization: "Q99" }],
  ["a runtime that is gone", { runtime: "long-forgotten" }],
  ["an object's own property as a name", { backend: "constructor", split: "__proto__" }],
  ["what a later version may add", { speculation: true }],
])("%s is the default, and no fault", (_name, saved) => {
  expect(restoredScenario(saved, [])).toEqual(DEFAULT_SCENARIO);
});
