import { describe, expect, test } from "vitest";
import { VERDICT_GROUPS, type VerdictGroup } from "../../src/engine/ranking.ts";
import { DEFAULT_SCENARIO } from "../../src/engine/scenario.ts";
import {
  beyondTrainedCount,
  countGroups,
  modelRows,
  rowsInGroups,
  rowsMatching,
  runningCount,
  type ModelRow,
} from "../../src/renderer/models/model-rows.ts";
import { machineOf, namedCard } from "../fixtures/machine.ts";
import { fixtureModel, modelOf } from "../fixtures/model.ts";

const LARGE = {
  ...fixtureModel("llama-2-70b", "F16"),
  parameterCount: { value: 68_976_648_192, source: "test" },
};
const SMALL = {
  ...fixtureModel("llama-3-8b"),
  name: "Llama 3 8B Instruct",
  family: "llama",
  developer: "Meta",
  parameterCount: { value: 8_030_261_248, source: "test" },
};
const MYSTERY = modelOf("mystery", { missing: "not stated" }, { missing: "not stated" });
const MODELS = [MYSTERY, SMALL, LARGE];
const ONE_CARD = machineOf([namedCard("RTX 4090")], 64);

const ids = (rows: readonly ModelRow[]) => rows.map(({ model }) => model.id);

describe("rows", () => {
  test("until the machine is known: the largest first, those of unknown size last, without a verdict", () => {
    const rows = modelRows(MODELS, null, DEFAULT_SCENARIO);
    expect(ids(rows)).toEqual(["llama-2-70b", "llama-3-8b", "mystery"]);
    expect(rows.every(({ fit }) => fit === null)).toBe(true);
  });

  test("then the best verdict first, for that context", () => {
    const rows = modelRows(MODELS, ONE_CARD, { ...DEFAULT_SCENARIO, contextLength: 4096 });
    expect(rows.map(({ model, fit }) => [model.id, fit?.verdict.kind, fit?.verdict.contextLength])).toEqual([
      ["llama-3-8b", "fits", 4096],
      ["llama-2-70b", "runs-with-offload", 4096],
      ["mystery", "unknown", 4096],
    ]);
  });

  test("the catalog's own order stays as it is", () => {
    modelRows(MODELS, null, DEFAULT_SCENARIO);
    expect(MODELS[0]).toBe(MYSTERY);
  });
});

describe("text", () => {
  const rows = modelRows(MODELS, null, DEFAULT_SCENARIO);

  test.each([
    ["nothing typed: all", "", ["llama-2-70b", "llama-3-8b", "mystery"]],
    ["blanks: all", "   ", ["llama-2-70b", "llama-3-8b", "mystery"]],
    ["an id", "llama-3", ["llama-3-8b"]],
    ["a name, in any case", "INSTRUCT", ["llama-3-8b"]],
    ["a developer", "meta", ["llama-3-8b"]],
    ["every word, in any order and field", "  8b   meta ", ["llama-3-8b"]],
    ["a word that none has", "llama nowhere", []],
  ])("%s", (_name, text, expected) => {
    expect(ids(rowsMatching(rows, text))).toEqual(expected);
  });
});

describe("groups", () => {
  const rows = modelRows(MODELS, ONE_CARD, DEFAULT_SCENARIO);

  test.each<[string, readonly VerdictGroup[], readonly string[]]>([
    ["none chosen: all", [], ["llama-3-8b", "llama-2-70b", "mystery"]],
    ["one", ["fits"], ["llama-3-8b"]],
    ["two", ["unknown", "fits"], ["llama-3-8b", "mystery"]],
    ["one that no model has", ["too-large"], []],
  ])("%s", (_name, groups, expected) => {
    expect(ids(rowsInGroups(rows, groups))).toEqual(expected);
  });

  test("a row without a verdict is in no group", () => {
    expect(rowsInGroups(modelRows(MODELS, null, DEFAULT_SCENARIO), VERDICT_GROUPS)).toEqual([]);
  });

  test("are counted, those without a row as 0", () => {
    const counts = countGroups(rows);
    expect(counts).toEqual({
      fits: 1,
      "needs-quantization": 0,
      "multiple-gpus-here": 0,
      "runs-with-offload": 1,
      "multiple-gpus-elsewhere": 0,
      "too-large": 0,
      unknown: 1,
    });
    expect(runningCount(counts)).toBe(2);
  });

  test("without verdicts nothing is counted", () => {
    const counts = countGroups(modelRows(MODELS, null, DEFAULT_SCENARIO));
    expect(VERDICT_GROUPS.map((group) => counts[group])).toEqual(VERDICT_GROUPS.map(() => 0));
  });

  test("what runs elsewhere, or not at all, does not run here", () => {
    const each = Object.fromEntries(VERDICT_GROUPS.map((group) => [group, 1])) as Record<
      VerdictGroup,
      number
    >; // every group is a key
    expect(runningCount(each)).toBe(4);
  });
});

test("of those that run it is known how many were trained for less than is asked", () => {
  const trained = (value: number) => ({ trainedContextLength: { value, source: "test" } });
  const models = [
    { ...SMALL, ...trained(8192) },
    { ...SMALL, id: "longer", ...trained(131_072) },
    { ...SMALL, id: "unsaid", trainedContextLength: { missing: "not stated" } },
    { ...LARGE, id: "too-large", ...trained(2048) },
  ];
  const machine = machineOf([namedCard("RTX 4090")], 8);
  const countAt = (contextLength: number): number => {
    const scenario = { ...DEFAULT_SCENARIO, contextLength };
    return beyondTrainedCount(modelRows(models, machine, scenario), scenario);
  };
  expect([8192, 8448].map(countAt)).toEqual([0, 1]);
  expect(beyondTrainedCount(modelRows(models, null, DEFAULT_SCENARIO), DEFAULT_SCENARIO)).toBe(0);
});
