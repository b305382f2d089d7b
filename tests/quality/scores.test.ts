import { describe, expect, test } from "vitest";
import { isBaseModel } from "./scores/base-model.ts";
import { guessedFraction, languageOf, taskOf } from "./scores/benchmark.ts";
import { parseCsv } from "./scores/csv.ts";
import { licenceName, SHIPPABLE_LICENCES } from "./scores/licence.ts";
import { certainty, scoreLogit } from "./scores/logit.ts";
import { toObservations } from "./scores/observations.ts";
import { isOwnScore, operatorOf } from "./scores/operator.ts";
import type { ScoreRow } from "./scores/score-row.ts";

const ROW: ScoreRow = {
  model: "maker/Model-7B-Instruct",
  benchmark: "HumanEval",
  variant: "greedy pass@1",
  score: 50,
  unit: "%",
  task: "code",
  source: "evalplus/evalplus.github.io:results.json@abcdef1",
  date: "2024-05-01",
  licence: "Apache-2.0",
  kind: "independent",
};

test("quoted fields keep their commas, quotes and line ends", () => {
  expect(parseCsv('a,b\r\n"1, ""2""",x\n"two\nlines",\n')).toEqual([
    { a: '1, "2"', b: "x" },
    { a: "two\nlines", b: "" },
  ]);
});

test("a row that is too short is an error with its number", () => {
  expect(() => parseCsv("a,b\n1\n")).toThrow("row 2: expected 2 fields, found 1");
});

test.each([
  ["half of the questions", ROW, 0],
  ["73 %", { ...ROW, score: 73.1 }, 1],
  ["half above guessing one of four", { ...ROW, benchmark: "MMLU", score: 62.5 }, 0],
  ["half above guessing one of two", { ...ROW, benchmark: "Winogrande", score: 75 }, 0],
  ["a thousand and two hundred Elo", { ...ROW, unit: "Elo", score: 1200 }, 0],
  ["four hundred Elo more", { ...ROW, unit: "Elo", score: 1600 }, Math.LN10],
  ["5 of 10", { ...ROW, unit: "score /10", score: 5 }, 0],
  ["0 between -100 and 100", { ...ROW, unit: "score -100..100", score: 0 }, 0],
  ["worse than guessing, as the edge", { ...ROW, benchmark: "MMLU", score: 20 }, Math.log(0.02 / 0.98)],
])("%s is so many logits", (_, row, logits) => {
  expect(scoreLogit(row)).toBeCloseTo(logits, 2);
});

test("a unit nobody put on the scale is an error", () => {
  expect(() => scoreLogit({ ...ROW, unit: "tokens" })).toThrow('no log-odds for the unit "tokens"');
});

test("scores near guessing count less, but count", () => {
  const middle = certainty({ ...ROW, benchmark: "MMLU", score: 62.5 });
  const guessing = certainty({ ...ROW, benchmark: "MMLU", score: 25 });
  expect(middle).toBe(1);
  expect(guessing).toBeGreaterThan(0.2);
  expect(guessing).toBeLessThan(0.4);
});

test.each([
  ["MMLU-Pro", "general", "general"],
  ["GPQA diamond", "reasoning", "mathematics-reasoning"],
  ["ARC-C", "reasoning", "general"],
  ["IFEval", "instruction", "chat"],
  ["LiveBench Language", "general", "general"],
  ["Arena Elo creative writing", "general", "chat"],
  ["EuroEval danish knowledge", "multilingual", "multilingual"],
  ["EuroEval danish reading-comprehension", "multilingual", null],
  ["ECI", "general", null],
])("%s speaks for %s: %s", (benchmark, task, expected) => {
  expect(taskOf({ benchmark, task })).toBe(expected);
});

test.each([
  ["EuroEval greek knowledge", "", "greek"],
  ["EuroEval english knowledge", "", null],
  ["C-Eval", "5-shot", "chinese"],
  ["MMMLU", "14 languages", null],
  ["MMMLU", "es translation", "spanish"],
  ["Arena Elo non-english", "style-control", null],
  ["Arena Elo korean", "style-control", "korean"],
])("%s %s is in one language: %s", (benchmark, variant, language) => {
  expect(languageOf({ benchmark, variant })).toBe(language);
});

test("guessing scores as the number of choices says", () => {
  const guessed = (benchmark: string, variant = "") => guessedFraction({ benchmark, variant });
  expect([guessed("MMLU"), guessed("MMLU-Pro"), guessed("GSM8K"), guessed("BoolQ")]).toEqual([
    0.25, 0.1, 0, 0.5,
  ]);
  expect(guessed("EuroEval polish common-sense-reasoning", "winogrande-pl accuracy")).toBe(0.5);
});

test.each([
  ["evalplus/evalplus.github.io:results.json", "", "EvalPlus"],
  ["epoch-research/benchmark-stitching:data/x.csv", "0-shot", "Epoch AI"],
  [
    "epoch-research/benchmark-stitching:data/x.csv",
    "Epoch collected from: Standford HELM",
    "Stanford HELM, in Epoch AI",
  ],
  ["deepseek-ai/DeepSeek-V3:README.md#t1@9b4e978", "", "DeepSeek"],
  ["huggingface.co/Qwen/Qwen3.5-4B model card", "", "Qwen"],
  ["tatsu-lab/alpaca_eval:src/x.csv@abcdef0", "", "tatsu-lab"],
])("%s %s was run by %s", (source, variant, operator) => {
  expect(operatorOf({ source, variant })).toBe(operator);
});

test.each([
  [{ source: "deepseek-ai/DeepSeek-V3:README.md", model: "deepseek-ai/DeepSeek-V3" }, true],
  [{ source: "deepseek-ai/DeepSeek-V3:README.md", model: "Qwen/Qwen2.5-72B-Instruct" }, false],
  [{ source: "JonathanChavezTamales/llm-leaderboard:data/x.json", model: "google/gemma-3-4b-it" }, true],
])("a maker's own score is told from another's: %o is %s", (fields, isOwn) => {
  expect(isOwnScore({ ...ROW, ...fields, kind: "vendor-or-paper" })).toBe(isOwn);
});

test.each([
  ["mistralai/Mistral-7B-v0.1", true],
  ["mistralai/Mistral-7B-Instruct-v0.3", false],
  ["codellama/CodeLlama-34b-hf", true],
  ["meta-llama/Llama-2-7b-chat-hf", false],
  ["google/gemma-3-4b-pt", true],
  ["google/gemma-3-4b-it", false],
  ["Qwen/Qwen3-8B", false],
  ["Qwen/Qwen3-8B-Base", true],
  ["Qwen/Qwen-72B", true],
  ["openai/gpt-oss-20b", false],
  ["baidu/ERNIE-4.5-21B-A3B-PT", false],
])("%s only continues text: %s", (model, isBase) => {
  expect(isBaseModel(model)).toBe(isBase);
});

describe("observations", () => {
  const hybrid = (mode: string) => ({ ...ROW, model: "maker/Hybrid-7B", variant: `greedy ${mode}`.trim() });

  test("the ways of answering of one model are kept apart, and a score that names neither is left out", () => {
    const observations = toObservations([hybrid("thinking"), hybrid("non-thinking"), hybrid("")]);
    expect(observations.map(({ subject }) => subject)).toEqual([
      "maker/Hybrid-7B#thinking",
      "maker/Hybrid-7B#non-thinking",
    ]);
  });

  test("a model that always thinks is one", () => {
    const observations = toObservations([
      { ...ROW, variant: "greedy thinking" },
      { ...ROW, benchmark: "MBPP" },
    ]);
    expect(observations.map(({ subject }) => subject)).toEqual([ROW.model, ROW.model]);
  });

  test("protocols are told apart; the same one is one score", () => {
    const rows = [ROW, { ...ROW, score: 60 }, { ...ROW, variant: "10-shot" }];
    const observations = toObservations(rows);
    expect(observations).toHaveLength(2);
    expect(observations[0]?.logit).toBeCloseTo(scoreLogit({ ...ROW, score: 60 }) / 2, 6);
  });

  test("a figure that makers copy from each other is one measurement, shared", () => {
    const table = (source: string) => ({ ...ROW, source, kind: "vendor-or-paper" as const, variant: "" });
    const rows = [table("deepseek-ai/A:README.md"), table("MoonshotAI/Kimi-K2:README.md"), ROW];
    expect(toObservations(rows).map(({ copies }) => copies)).toEqual([2, 2, 1]);
  });

  test.each([
    ["a packed model", { variant: "whole format quantised q4_K_M" }],
    ["a run with tools", { variant: "w/ tools" }],
    ["a rank", { unit: "rank score (lower better)" }],
    ["the Arena without style control", { variant: "no style-control" }],
  ])("%s is left out", (_, fields) => {
    expect(toObservations([{ ...ROW, ...fields }])).toEqual([]);
  });

  test("a board's releases with the same questions are one item, others are not", () => {
    const models = ["a/1", "a/2", "a/3", "a/4", "a/5"];
    const release = (day: string, shift: number) =>
      models.map((model, index) => ({
        ...ROW,
        model,
        benchmark: "LiveBench Coding",
        variant: `release ${day}`,
        source: "LiveBench/new-livebench:public/table.csv@abcdef1",
        score: 20 + 10 * index + shift,
      }));
    const rows = [...release("2024-06-24", 0), ...release("2024-07-26", 0.2), ...release("2024-08-31", 15)];
    const items = new Set(toObservations(rows).map(({ item }) => item));
    expect([...items]).toEqual([
      "LiveBench Coding | questions of 2024-06-24 | LiveBench",
      "LiveBench Coding | questions of 2024-08-31 | LiveBench",
    ]);
  });
});

test("no licence that ships forbids passing figures on, and each has a short name", () => {
  const names = new Set([...SHIPPABLE_LICENCES].map(licenceName));
  expect([...names].sort()).toEqual(["Apache-2.0", "CC-BY-4.0", "MIT"]);
  expect(
    [...SHIPPABLE_LICENCES].filter((licence) => /NC|not verified|no data licence|not checked/.test(licence)),
  ).toEqual([]);
});
