import { expect, test } from "vitest";
import { bestFirst, rankModels, runsHere, verdictGroup } from "#engine/ranking.ts";
import { DEFAULT_SCENARIO } from "#engine/scenario.ts";
import { machineOf, namedCard } from "../fixtures/machine.ts";
import { fixtureModel, modelOf } from "../fixtures/model.ts";

const NOT_STATED = { missing: "not stated" } as const;

test("best first: verdict, then size, and unknown last", () => {
  const models = [
    modelOf("nothing-known", NOT_STATED, NOT_STATED),
    fixtureModel("deepseek-v3", "FP8"),
    fixtureModel("llama-2-70b"),
    fixtureModel("llama-3-8b"),
    { ...fixtureModel("gemma-2b"), parameterCount: { value: 2_506_172_416, source: "test" } },
    { ...fixtureModel("mistral-7b"), parameterCount: { value: 7_241_732_096, source: "test" } },
  ];
  const ranked = rankModels(models, machineOf([namedCard("RTX 4090")], 64), DEFAULT_SCENARIO);
  expect(ranked.map(({ model, fit }) => [model.id, verdictGroup(fit.verdict)])).toEqual([
    ["mistral-7b", "fits"],
    ["gemma-2b", "fits"],
    ["llama-3-8b", "fits"],
    ["llama-2-70b", "runs-with-offload"],
    ["deepseek-v3", "multiple-gpus-elsewhere"],
    ["nothing-known", "unknown"],
  ]);
});

test("best first: of what runs here the best quality, unknown ones after it, then what does not run", () => {
  const models = [
    fixtureModel("deepseek-v3", "FP8"),
    fixtureModel("llama-2-70b"),
    fixtureModel("llama-3-8b"),
    fixtureModel("gemma-2b"),
    { ...fixtureModel("mistral-7b"), parameterCount: { value: 7_241_732_096, source: "test" } },
  ];
  const ranked = rankModels(models, machineOf([namedCard("RTX 4090")], 64), DEFAULT_SCENARIO);
  const qualities: Readonly<Record<string, number>> = {
    "deepseek-v3": 90,
    "llama-2-70b": 60,
    "llama-3-8b": 50,
    "gemma-2b": 50,
  };
  const sorted = bestFirst(ranked, ({ model }) => qualities[model.id] ?? null);
  expect(sorted.map(({ model }) => model.id)).toEqual([
    "llama-2-70b",
    "gemma-2b",
    "llama-3-8b",
    "mistral-7b",
    "deepseek-v3",
  ]);
});

test.each([
  ["fits", true],
  ["multiple-gpus-here", true],
  ["runs-with-offload", true],
  ["multiple-gpus-elsewhere", false],
  ["unknown", false],
] as const)("%s runs here: %s", (group, expected) => {
  expect(runsHere(group)).toBe(expected);
});
