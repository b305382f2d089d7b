import { describe, expect, test } from "vitest";
import type { Quality, QualityBenchmark, TaskQuality } from "../../src/engine/quality.ts";
import { qualityLines, qualityText } from "../../src/shared/quality-text.ts";

function benchmark(id: string, change: Partial<QualityBenchmark> = {}): QualityBenchmark {
  return {
    id,
    name: id.toUpperCase(),
    protocol: "5 shots",
    unit: "%",
    language: null,
    operator: "A board",
    source: `https://example.org/${id}`,
    firstDate: "2024-05",
    lastDate: "2025-08-31",
    licence: "MIT",
    kind: "independent",
    ...change,
  };
}

const CODE: TaskQuality = {
  modelId: "model-1b",
  task: "code",
  mode: "only",
  index: 57.6,
  low: 54.9,
  high: 60.5,
  evidence: "measured",
  languages: {},
  scores: { a: 45.3, b: 7.8 },
};

const QUALITY: Quality = {
  tasks: [
    CODE,
    { ...CODE, task: "general", mode: "non-thinking", index: 40, low: 35, high: 45, scores: { a: 1 } },
    { ...CODE, task: "general", mode: "thinking", index: 60, low: 55, high: 65, evidence: "thin" },
    { ...CODE, modelId: "other" },
    {
      ...CODE,
      task: "multilingual",
      languages: { french: { index: 50, low: 48, high: 52 } },
      scores: { c: -12, d: 61 },
    },
  ],
  benchmarks: [
    benchmark("a"),
    benchmark("b", { unit: "score /10", protocol: "", firstDate: null, lastDate: null }),
    benchmark("c", { unit: "score -100..100", firstDate: "2026", lastDate: "2026" }),
    benchmark("d", { unit: "% win", kind: "vendor-or-paper", operator: "A maker" }),
  ],
  quantizationLosses: [],
  kvCacheLosses: [],
  taskLossFactors: [],
};

test("every task has its line, the better way of answering first; no score is no claim", () => {
  const lines = qualityLines(QUALITY, "model-1b").map(({ label, text, evidence }) => [label, text, evidence]);
  expect(lines).toEqual([
    ["General, thinking", "60 (55 to 65)", "thin: 2 scores, 2024-05 to 2025-08-31"],
    ["General, without thinking", "40 (35 to 45)", "measured: one score, 2024-05 to 2025-08-31"],
    ["Chat", "no evidence", null],
    ["Code", "58 (55 to 61)", "measured: 2 scores, 2024-05 to 2025-08-31"],
    ["Mathematics and reasoning", "no evidence", null],
    ["Multilingual", "58 (55 to 61)", "measured: 2 scores, 2024-05 to 2026"],
  ]);
});

test("a model that nobody scored has no evidence at all", () => {
  const lines = qualityLines(QUALITY, "own-model");
  expect(lines).toHaveLength(5);
  expect(lines.every(({ estimate, scores }) => estimate === null && scores.length === 0)).toBe(true);
});

describe("a score has its unit, who ran it, and when", () => {
  const scores = qualityLines(QUALITY, "model-1b").flatMap((line) => line.scores);
  test.each([
    ["a", "A, 5 shots: 45.3 %", "A board, independent, 2024-05 to 2025-08-31"],
    ["b", "B: 7.8 of 10", "A board, independent, no date stated"],
    ["c", "C, 5 shots: -12 on -100 to 100", "A board, independent, 2026"],
    ["d", "D, 5 shots: 61 % win", "A maker, maker's table or paper, 2024-05 to 2025-08-31"],
  ])("%s", (id, text, origin) => {
    expect(scores.find((score) => score.benchmark.id === id)).toMatchObject({ text, origin });
  });
});

test("languages are named as people write them", () => {
  const multilingual = qualityLines(QUALITY, "model-1b").at(-1);
  expect(multilingual?.languages).toEqual([{ language: "French", text: "50 (48 to 52)" }]);
});

test("an interval is to the whole point", () => {
  expect(qualityText({ index: 50, low: 48.4, high: 51.6 })).toBe("50 (48 to 52)");
});
