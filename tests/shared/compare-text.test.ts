import { describe, expect, test } from "vitest";
import type { Cell, QualityCell, Row } from "../../src/advice/comparison/cell.ts";
import { cellDetail, missingReason, rowLabel, rowsByDifference } from "../../src/shared/compare-text.ts";

const number = (value: number): Cell => ({ kind: "number", value });
const missing: Cell = { kind: "missing", reason: "the machine does not hold it" };

function rowOf(id: string, unit: Row["unit"], cells: readonly Cell[]): Row {
  return { id, group: "facts", unit, better: null, promptLength: null, cells, best: null };
}

describe("what differs comes first", () => {
  const rows = [
    rowOf("trained-context", "tokens", [number(8192), number(8192)]),
    rowOf("parameters", "parameters", [number(8_030_000_000), number(70_600_000_000)]),
    rowOf("download", "download-bytes", [number(4_900_000_001), number(4_900_000_002)]),
    rowOf("memory", "bytes", [number(2 ** 30), missing]),
  ];

  test("a row is alike where all cells read the same, also where the last digits differ", () => {
    const { differing, alike } = rowsByDifference(rows);
    expect(differing.map(({ id }) => id)).toEqual(["parameters", "memory"]);
    expect(alike.map(({ id }) => id)).toEqual(["trained-context", "download"]);
  });
});

const QUALITY: QualityCell = {
  kind: "quality",
  modelId: "a",
  estimate: { index: 50, low: 49, high: 51 },
  loss: { points: 0, low: 0, high: 0 },
  mode: "only",
  evidence: "measured",
  scoreCount: 2,
  benchmarkNames: ["MMLU", "BBH"],
};

test.each<[title: string, cell: Cell, detail: string | null]>([
  ["words are listed where there are several", { kind: "words", words: ["text", "image"] }, "text, image"],
  ["one word says all", { kind: "words", words: ["2024-07"] }, null],
  [
    "a licence has its name and note",
    { kind: "licence", licence: { name: "MIT", commercialUse: "yes", note: "keep the notice" } },
    "MIT: keep the notice",
  ],
  [
    "a licence without a note has its name",
    { kind: "licence", licence: { name: "MIT", commercialUse: "yes", note: null } },
    "MIT",
  ],
  ["quality has the tests it rests on", QUALITY, "from MMLU, BBH"],
  [
    "of many tests six are named",
    { ...QUALITY, benchmarkNames: ["A", "B", "C", "D", "E", "F", "G", "H"] },
    "from A, B, C, D, E, F and 2 more",
  ],
  ["a number says all", number(3), null],
])("%s", (_title, cell, detail) => {
  expect(cellDetail(cell)).toBe(detail);
});

test("a missing value says why, but a model all of whose parameters are active lacks nothing", () => {
  expect(missingReason({ id: "decode" }, missing)).toBe("the machine does not hold it");
  expect(missingReason({ id: "decode" }, number(3))).toBeNull();
  expect(missingReason({ id: "active-parameters" }, missing)).toBeNull();
});

test.each([
  ["quality-mathematics-reasoning", "Mathematics"],
  ["memory-weights", "  weights"],
  ["something-new", "something-new"],
])("the row %s is called %s", (id, label) => {
  expect(rowLabel({ id, promptLength: null })).toBe(label);
});

test("a time to the first token names the prompt that it is of", () => {
  const row = { id: "time-to-first-token", promptLength: 512 };
  expect(rowLabel(row)).toBe("First token, prompt of 512");
});
