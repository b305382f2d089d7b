import path from "node:path";
import { describe, expect, test } from "vitest";
import { QUALITY_TASKS } from "#engine/quality.ts";
import { shippedFiles, shippedQuality, shippedTask, shippedText } from "./checks/shipped.ts";
import { readCatalogModels } from "./index/catalog-models.ts";
import { isBaseModel } from "./scores/base-model.ts";

const quality = shippedQuality();
const models = readCatalogModels(path.resolve(import.meta.dirname, "../../catalog/models"));
const idsOf = (task: string) =>
  new Set(quality.tasks.filter((entry) => entry.task === task).map(({ modelId }) => modelId));

test("only catalog models have an index", () => {
  const known = new Set(models.map(({ id }) => id));
  expect(quality.tasks.filter(({ modelId }) => !known.has(modelId)).map(({ modelId }) => modelId)).toEqual(
    [],
  );
});

test("together the files stay under 1.5 MB", () => {
  const bytes = shippedFiles().reduce((total, name) => total + Buffer.byteLength(shippedText(name)), 0);
  expect(bytes).toBeLessThan(1_500_000);
});

test.each([
  ["general", 200],
  ["chat", 130],
  ["code", 170],
  ["mathematics-reasoning", 170],
  ["multilingual", 140],
] as const)("%s has at least %d entries", (task, least) => {
  expect(quality.tasks.filter((entry) => entry.task === task).length).toBeGreaterThanOrEqual(least);
});

test("each way of answering of a model appears once a task", () => {
  const keys = quality.tasks.map(({ modelId, mode, task }) => `${modelId} ${mode} ${task}`);
  expect(new Set(keys).size).toBe(keys.length);
});

test("a benchmark's id is its own over all tasks", () => {
  const ids = quality.benchmarks.map(({ id }) => id);
  expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
});

test("every score stands on terms that let it be passed on", () => {
  expect([...new Set(quality.benchmarks.map(({ licence }) => licence))].sort()).toEqual([
    "Apache-2.0",
    "CC-BY-4.0",
    "MIT",
  ]);
  const all = JSON.stringify(quality.benchmarks);
  for (const leftOut of [
    "LMArena",
    "arena-ai",
    "huggingface_v2",
    "EXAONE",
    "Falcon-H1",
    "Artificial Analysis",
  ])
    expect(all).not.toContain(leftOut);
});

describe("chat", () => {
  test("no base model is claimed to chat, so none outranks its own instruct version", () => {
    const chat = idsOf("chat");
    const bases = models.filter(({ huggingFaceId }) => isBaseModel(huggingFaceId));
    expect(bases.map(({ id }) => id)).toContain("mistral-7b");
    expect(bases.filter(({ id }) => chat.has(id))).toEqual([]);
  });
});

describe("intervals", () => {
  test("the reference model is 50 in every task, as well known as any", () => {
    for (const task of QUALITY_TASKS) {
      const { index, low, high } = shippedTask(quality, "llama-3.1-8b", task);
      expect(index).toBe(50);
      expect(high - low).toBeLessThan(5);
    }
  });

  test("few scores mean a wide interval, many a narrow one", () => {
    const halfWidths = (fewest: number, most: number) =>
      quality.tasks
        .filter(({ scores }) => Object.keys(scores).length >= fewest && Object.keys(scores).length <= most)
        .map(({ low, high }) => (high - low) / 2)
        .sort((a, b) => a - b);
    const median = (values: readonly number[]) => values[Math.floor(values.length / 2)] ?? NaN;
    expect(median(halfWidths(1, 1))).toBeGreaterThan(3);
    expect(median(halfWidths(2, 5))).toBeGreaterThan(2);
    expect(median(halfWidths(12, 100))).toBeLessThan(2);
    expect(Math.min(...halfWidths(1, 1))).toBeGreaterThan(2);
  });

  test("measured means two operators at least and ±3 at most", () => {
    const operatorOf = new Map(quality.benchmarks.map(({ id, operator }) => [id, operator]));
    for (const { evidence, scores, index, high } of quality.tasks) {
      const operators = new Set(Object.keys(scores).map((id) => operatorOf.get(id)));
      const isMeasured = operators.size > 1 && high - index <= 3.05; // both ends are rounded to a tenth
      if (evidence === "measured") expect(isMeasured).toBe(true);
    }
  });
});

test("languages have an index only where a score is in that language", () => {
  const languageOf = new Map(quality.benchmarks.map(({ id, language }) => [id, language]));
  const entries = quality.tasks.filter(({ task }) => task === "multilingual");
  for (const { languages, scores } of entries) {
    const scored = new Set(Object.keys(scores).map((id) => languageOf.get(id)));
    expect(Object.keys(languages).filter((language) => !scored.has(language))).toEqual([]);
  }
  expect(entries.filter(({ languages }) => "french" in languages).length).toBeGreaterThan(50);
});
