import { expect, test } from "vitest";
import { checkQualityFile, joinQuality } from "#catalog/quality-schema.ts";
import { changed, type Json } from "./entries.ts";

const FILE = "quality/index/code.json";

const BENCHMARK: Json = {
  id: "humaneval-evalplus",
  name: "HumanEval",
  protocol: "greedy",
  unit: "%",
  language: null,
  operator: "EvalPlus",
  source: "owner/name:results.json",
  firstDate: "2024-05-01",
  lastDate: null,
  licence: "Apache-2.0",
  kind: "independent",
};

const MODEL: Json = {
  modelId: "small-1b",
  mode: "only",
  index: 40.5,
  low: 38,
  high: 43,
  evidence: "measured",
  languages: {},
  scores: { "humaneval-evalplus": 61.5 },
};

const LOSS: Json = {
  quantization: "Q4_K_M",
  sizeClass: "2b-to-10b",
  points: 0.3,
  low: 0.1,
  high: 0.6,
  basis: "measured",
  modelCount: 3,
};

const SOURCE: Json = { source: "owner/name", licence: "MIT", date: "2024-05", rowCount: 4 };

function taskFile(...models: readonly Json[]): Json {
  return { kind: "task-index", task: "code", benchmarks: [BENCHMARK], models: [...models] };
}

test("a model's quality gets the task of its file", () => {
  const { quality, problems } = checkQualityFile(FILE, taskFile(MODEL));
  expect(problems).toEqual([]);
  expect(quality.tasks).toEqual([{ ...(MODEL as object), task: "code" }]);
  expect(quality.benchmarks).toEqual([BENCHMARK]);
});

test("files are joined, the losses with the indices", () => {
  const losses: Json = { kind: "quantization-loss", sources: [SOURCE], losses: [LOSS], taskFactors: [] };
  const caches: Json = {
    kind: "kv-cache-loss",
    sources: [SOURCE],
    losses: [{ kvCacheType: "q8_0", points: 0.01, low: 0, high: 0.04, basis: "measured", modelCount: 3 }],
  };
  const { quality, problems } = joinQuality([
    checkQualityFile(FILE, taskFile(MODEL)),
    checkQualityFile("quality/quantization-loss.json", losses),
    checkQualityFile("quality/kv-cache-loss.json", caches),
  ]);
  expect(problems).toEqual([]);
  expect(quality.tasks).toHaveLength(1);
  expect(quality.quantizationLosses).toEqual([LOSS]);
  expect(quality.kvCacheLosses.map(({ kvCacheType, points }) => [kvCacheType, points])).toEqual([
    ["q8_0", 0.01],
  ]);
});

test.each<readonly [string, Json, string, string]>([
  [
    "an interval that does not hold its index",
    changed(MODEL, ["low"], 41),
    "models[1].index",
    "expected low, index and high in this order",
  ],
  [
    "a claim without a score",
    changed(MODEL, ["scores"], {}),
    "models[1].scores",
    "expected at least one score: no score, no claim",
  ],
  [
    "a score on a benchmark that the file does not have",
    changed(MODEL, ["scores"], { mbpp: 60 }),
    "models[1].scores.mbpp",
    "expected the id of one of this file's benchmarks",
  ],
  [
    "a way of answering there is not",
    changed(MODEL, ["mode"], "slow"),
    "models[1].mode",
    'expected one of "only"|"thinking"|"non-thinking"|"thinking-max"',
  ],
  [
    "a language that is written otherwise",
    changed(MODEL, ["languages"], { Danish: { index: 40, low: 39, high: 41 } }),
    "models[1].languages.Danish",
    "Invalid key in record",
  ],
  [
    "a missing field",
    changed(MODEL, ["evidence"], undefined),
    "models[1].evidence",
    'expected one of "measured"|"thin"',
  ],
])("%s is named by file and place, and the rest of the file works", (_, model, path, message) => {
  const other = changed(MODEL, ["modelId"], "other-1b");
  const { quality, problems } = checkQualityFile(FILE, taskFile(other, model));
  expect(problems).toEqual([{ file: FILE, path, message }]);
  expect(quality.tasks.map(({ modelId }) => modelId)).toEqual(["other-1b"]);
});

test("a second entry of a model in the same mode is left out and said", () => {
  const thinking = changed(MODEL, ["mode"], "thinking");
  const { quality, problems } = checkQualityFile(FILE, taskFile(MODEL, thinking, MODEL));
  expect(quality.tasks.map(({ mode }) => mode)).toEqual(["only", "thinking"]);
  expect(problems).toEqual([
    { file: FILE, path: "models", message: 'expected "small-1b" with mode "only" once' },
  ]);
});

test("a broken benchmark takes the scores on it along", () => {
  const file = {
    ...(taskFile(MODEL) as object),
    benchmarks: [changed(BENCHMARK, ["firstDate"], "May 2024")],
  };
  const { quality, problems } = checkQualityFile(FILE, file);
  expect(quality.tasks).toEqual([]);
  expect(problems.map(({ path }) => path)).toEqual([
    "benchmarks[0].firstDate",
    "models[0].scores.humaneval-evalplus",
  ]);
});

test.each<readonly [string, Json, string, string]>([
  [
    "no kind",
    { task: "code" },
    "kind",
    "Invalid discriminator value. Expected 'task-index' | 'quantization-loss' | 'kv-cache-loss'",
  ],
  [
    "an unknown task",
    { kind: "task-index", task: "poetry", benchmarks: [], models: [] },
    "task",
    'expected one of "general"|"chat"|"code"|"mathematics-reasoning"|"multilingual"',
  ],
  [
    "no sources",
    { kind: "kv-cache-loss", sources: [], losses: [] },
    "sources",
    "Too small: expected array to have >=1 items",
  ],
])("a file with %s holds nothing, and says so", (_, json, path, message) => {
  const { quality, problems } = checkQualityFile(FILE, json);
  expect(quality.tasks).toEqual([]);
  expect(problems).toEqual([{ file: FILE, path, message }]);
});

test.each<readonly [string, Json, string, string]>([
  [
    "a packing there is not",
    changed(LOSS, ["quantization"], "Q9_X"),
    "losses[0].quantization",
    "expected one of",
  ],
  ["a negative loss", changed(LOSS, ["low"], -0.1), "losses[0].low", "Too small: expected number to be >=0"],
  [
    "an interval that does not hold its points",
    changed(LOSS, ["high"], 0.2),
    "losses[0].points",
    "expected low, points and high in this order",
  ],
])("%s in a loss is named", (_, loss, path, message) => {
  const file: Json = { kind: "quantization-loss", sources: [SOURCE], losses: [loss], taskFactors: [] };
  const { quality, problems } = checkQualityFile("quality/quantization-loss.json", file);
  expect(quality.quantizationLosses).toEqual([]);
  expect(problems).toHaveLength(1);
  expect(problems[0]?.path).toBe(path);
  expect(problems[0]?.message).toContain(message);
});
