import { describe, expect, test } from "vitest";
import type { Languages, Licence, Model } from "../../src/engine/model.ts";
import { DEFAULT_SCENARIO } from "../../src/engine/scenario.ts";
import { exceededContextLength, factLines, modelPageUrl } from "../../src/shared/model-facts.ts";
import { fixtureModel, modelOf } from "../fixtures/model.ts";

const LLAMA = fixtureModel("llama-3-8b");

function lineOf(model: Model, label: string) {
  return factLines(model, []).find((line) => line.label === label);
}

test("a known fact has its text and its source", () => {
  const model = { ...LLAMA, parameterCount: { value: 8_030_261_248, source: "model card" } };
  expect(lineOf(model, "Parameters")).toMatchObject({
    label: "Parameters",
    text: "8.03 B (8,030,261,248)",
    source: "model card",
  });
});

test("a missing fact has no text, and the reason in place of the source", () => {
  const model = modelOf("mystery", { missing: "layer numbers not found" }, { missing: "not stated" });
  for (const line of factLines(model, [])) expect(line.text).toBeNull();
  expect(lineOf(model, "Architecture")?.source).toBe("layer numbers not found");
});

test("every fact is there, in the order a person asks", () => {
  expect(factLines(LLAMA, []).map(({ label }) => label)).toEqual([
    "Parameters",
    "Trained context",
    "Released at",
    "Architecture",
    "Licence",
    "Released",
  ]);
});

test("active parameters are told of a mixture only", () => {
  const mixture = { ...LLAMA, activeParameterCount: { value: 12_900_123_000, source: "paper" } };
  expect(lineOf(mixture, "Active for a token")?.text).toBe("12.9 B (12,900,123,000)");
  expect(lineOf(LLAMA, "Active for a token")).toBeUndefined();
});

test("a rounded label is not dressed up as a count", () => {
  const model = { ...LLAMA, parameterCount: { value: 12_900_000_000, source: "paper" } };
  expect(lineOf(model, "Parameters")?.text).toBe("12.9 B");
});

test("languages are somebody's word, and sorted by their names", () => {
  const textOf = (value: Languages) =>
    lineOf({ ...LLAMA, languages: { value, source: "model card" } }, "Languages")?.text;
  expect(textOf({ codes: ["de", "en", "zh"] })).toBe("said to be made for Chinese, English, German");
  expect(textOf({ codes: ["en", "ko"] })).toBe("said to be made for English and Korean");
  expect(textOf({ codes: [], count: 119 })).toBe("said to be made for 119 languages and dialects");
  expect(textOf({ codes: ["en"], count: 29 })).toBe(
    "said to be made for 29 languages and dialects, among them English",
  );
});

test("what replaces a model is told with it, and what it replaces with the newer one", () => {
  const supersedes = { value: [LLAMA.id, "gone-1b"], source: "changelog" };
  const newer = { ...LLAMA, id: "newer-8b", name: "Newer 8B", supersedes };
  const catalog = [LLAMA, newer];
  expect(factLines(LLAMA, catalog).find(({ label }) => label === "Superseded by")).toMatchObject({
    label: "Superseded by",
    text: "Newer 8B",
    source: "changelog",
  });
  expect(factLines(newer, catalog).find(({ label }) => label === "Replaces")?.text).toBe(
    `${LLAMA.name}, gone-1b`,
  );
});

test("an architecture in a line", () => {
  expect(lineOf(LLAMA, "Architecture")?.text).toBe("32 layers, hidden size 4,096, vocabulary 128,256");
});

describe("a licence says what it allows", () => {
  test.each<[Licence, string]>([
    [{ name: "MIT", commercialUse: "yes", note: null }, "MIT: commercial use allowed"],
    [{ name: "CC BY-NC 4.0", commercialUse: "no", note: null }, "CC BY-NC 4.0: no commercial use"],
    [
      { name: "Llama 3", commercialUse: "conditional", note: "up to 700 million users" },
      "Llama 3: commercial use under conditions (up to 700 million users)",
    ],
    [{ name: "other", commercialUse: "unknown", note: null }, "other: commercial use not stated"],
  ])("%o", (value, text) => {
    expect(lineOf({ ...LLAMA, licence: { value, source: "test" } }, "Licence")?.text).toBe(text);
  });
});

test.each([
  [8192, null],
  [8193, 8192],
  [131_072, 8192],
  [1024, null],
])("trained for 8,192 tokens, asked for %d: exceeded %s", (contextLength, exceeded) => {
  const model = { ...LLAMA, trainedContextLength: { value: 8192, source: "config.json" } };
  expect(exceededContextLength(model, { ...DEFAULT_SCENARIO, contextLength })).toBe(exceeded);
});

test("nobody exceeds a limit that nobody states", () => {
  expect(exceededContextLength(LLAMA, { ...DEFAULT_SCENARIO, contextLength: 1_048_576 })).toBeNull();
});

test("the model's page is an https: address", () => {
  expect(modelPageUrl(LLAMA)).toBe("https://huggingface.co/test/llama-3-8b");
});
