import { describe, expect, test } from "vitest";
import { compare, type Comparison } from "../../src/advice/compare.ts";
import { bestCell } from "../../src/advice/comparison/best-cell.ts";
import { isOffloaded } from "../../src/advice/option.ts";
import { recommend } from "../../src/advice/recommend.ts";
import type { Cell, Row } from "../../src/advice/comparison/cell.ts";
import { estimateFit } from "../../src/engine/estimate.ts";
import type { QuantizationName } from "../../src/engine/quantization.ts";
import { speedHere } from "../../src/engine/speed/speed-here.ts";
import { longestContext } from "../../src/engine/search.ts";
import { data, modelNamed, questionOn } from "./catalog-data.ts";

const question = questionOn("24 GB card", { qualityWeight: 0.5 });
const { machine } = question;

function rowOf({ rows }: Comparison, id: string): Row {
  const row = rows.find((each) => each.id === id);
  if (row === undefined) throw new Error(`no row ${id}`);
  return row;
}

describe("models side by side", () => {
  const comparison = compare(
    [
      { label: "a", model: modelNamed("qwen3.8-27b"), quantization: "Q4_K_M", machine },
      { label: "b", model: modelNamed("llama-3-8b"), quantization: "Q8_0", machine },
      { label: "c", model: modelNamed("mistral-7b"), quantization: "Q8_0", machine },
    ],
    question,
    data,
  );

  test("the better quality is marked where it is better beyond the uncertainty", () => {
    expect(rowOf(comparison, "quality-general").best).toBe(0);
  });

  test("where a score is missing nothing is marked", () => {
    const row = rowOf(comparison, "quality-chat");
    expect(row.cells[2]).toEqual({ kind: "no-evidence" });
    expect(row.best).toBeNull();
  });

  test("memory and the longest context are the engine's", () => {
    const { memory } = estimateFit(modelNamed("llama-3-8b"), machine, question.scenario, "Q8_0");
    expect(rowOf(comparison, "memory").cells[1]).toEqual({ kind: "number", value: memory?.totalBytes });
    const asked = { model: modelNamed("qwen3.8-27b"), machine, scenario: question.scenario };
    expect(rowOf(comparison, "longest-context").cells[0]).toEqual({
      kind: "number",
      value: longestContext(asked, "Q4_K_M", "cards"),
    });
  });

  test.each(["8 GB card", "12 GB card", "24 GB card", "CPU with 32 GB"] as const)(
    "on a %s a pick for its context holds more than the best, and as much as is said of it there",
    (name) => {
      for (const task of ["chat", "code", "long-documents"] as const) {
        const asked = questionOn(name, { task, qualityWeight: 0.5 });
        const { best, alternatives } = recommend(asked, data);
        const longest = alternatives.find(({ roles }) => roles.includes("longest-context"));
        if (best === null || longest === undefined) continue;
        const subjects = [longest.option, best].map(({ model, quantization }) => ({
          ...{ label: model.id, model, quantization, machine: asked.machine },
        }));
        const [figure, figureOfBest] = rowOf(compare(subjects, asked, data), "longest-context").cells;
        expect(figure).toEqual({ kind: "number", value: longest.longestContext });
        expect(figureOfBest?.kind === "number" ? figureOfBest.value : Infinity).toBeLessThan(
          longest.longestContext ?? 0,
        );
        expect(isOffloaded(longest.option)).toBe(false);
      }
    },
  );

  test("the time to the first token is of the prompt that list and panel time, as the row says", () => {
    const row = rowOf(comparison, "time-to-first-token");
    const { fit, speed } = comparison.subjects[1]?.option ?? {};
    if (fit === undefined || speed?.kind !== "known") throw new Error("its speed is known");
    const where = { machine, catalog: { ...data, runtimes: [] }, promptLength: null };
    const listed = speedHere(fit, modelNamed("llama-3-8b"), where);
    expect(speed.timeToFirstTokenSeconds).toEqual(
      listed.kind === "known" ? listed.timeToFirstTokenSeconds : null,
    );
    expect(row.promptLength).toBe(512);
    expect(rowOf(comparison, "decode").promptLength).toBeNull();
  });

  test("the parts of the memory sum to the whole", () => {
    const value = (id: string): number => {
      const cell = rowOf(comparison, id).cells[0];
      return cell?.kind === "number" ? cell.value : NaN;
    };
    expect(value("memory-weights") + value("memory-kv-cache") + value("memory-other")).toBe(value("memory"));
  });

  test("quality names its tests", () => {
    const cell = rowOf(comparison, "quality-general").cells[1];
    expect(cell?.kind === "quality" ? cell.benchmarkNames : []).toContain("MMLU");
  });
});

test("packings of one model differ by what they lose, machines by speed", () => {
  const model = modelNamed("llama-3-8b");
  const comparison = compare(
    [
      { label: "q8", model, quantization: "Q8_0", machine },
      { label: "q4", model, quantization: "Q4_K_M", machine },
      { label: "mac", model, quantization: "Q4_K_M", machine: questionOn("32 GB Mac").machine },
    ],
    question,
    data,
  );
  const [q8, q4] = rowOf(comparison, "quality-general").cells;
  if (q8?.kind !== "quality" || q4?.kind !== "quality") throw new Error("no quality");
  expect(q8.estimate.index - q4.estimate.index).toBeCloseTo(q4.loss.points - q8.loss.points, 9);
  const [, here, there] = rowOf(comparison, "decode").cells;
  if (here?.kind !== "range" || there?.kind !== "range") throw new Error("no speed");
  expect(here.range.low).toBeGreaterThan(there.range.high);
});

test("a packing is the best by quality only where the whole points that are shown differ", () => {
  const model = modelNamed("llama-3-8b");
  const bestOf = (quantizations: readonly QuantizationName[]): number | null => {
    const subjects = quantizations.map((quantization) => ({
      label: quantization,
      model,
      quantization,
      machine,
    }));
    return rowOf(compare(subjects, question, data), "quality-general").best;
  };
  expect(bestOf(["Q8_0", "Q6_K"])).toBeNull();
  expect(bestOf(["Q8_0", "Q2_K"])).toBe(0);
});

describe("the best cell", () => {
  const range = (low: number, high: number): Cell => ({
    kind: "range",
    range: { low, mid: (low + high) / 2, high },
  });
  const number = (value: number): Cell => ({ kind: "number", value });
  test.each<{
    name: string;
    cells: readonly Cell[];
    unit: Row["unit"];
    better: Row["better"];
    best: number | null;
  }>([
    {
      name: "ranges apart",
      cells: [range(1, 2), range(3, 4)],
      unit: "tokens-per-second",
      better: "higher",
      best: 1,
    },
    {
      name: "ranges that overlap",
      cells: [range(1, 3.5), range(3, 4)],
      unit: "tokens-per-second",
      better: "higher",
      best: null,
    },
    {
      name: "memory within 7 %",
      cells: [number(100), number(95)],
      unit: "bytes",
      better: "lower",
      best: null,
    },
    { name: "memory beyond", cells: [number(100), number(90)], unit: "bytes", better: "lower", best: 1 },
    { name: "download", cells: [number(100), number(99)], unit: "download-bytes", better: "lower", best: 1 },
    { name: "equal", cells: [number(100), number(100)], unit: "download-bytes", better: "lower", best: null },
    { name: "no better way", cells: [number(1), number(2)], unit: "parameters", better: null, best: null },
    {
      name: "one not known",
      cells: [number(1), { kind: "missing", reason: "x" }],
      unit: "bytes",
      better: "lower",
      best: null,
    },
  ])("$name", ({ cells, unit, better, best }) => {
    expect(bestCell({ cells, unit, better })).toBe(best);
  });
});

test.each([1, 7])("%i subjects cannot be compared", (count) => {
  const subjects = Array.from({ length: count }, () => ({
    label: "a",
    model: modelNamed("llama-3-8b"),
    quantization: null,
    machine,
  }));
  expect(() => compare(subjects, question, data)).toThrow("cannot be compared");
});
