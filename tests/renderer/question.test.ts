import { describe, expect, test } from "vitest";
import { DEFAULT_SCENARIO } from "../../src/engine/scenario.ts";
import { TableView } from "../../src/renderer/models/table-view.svelte.ts";
import { keptQuestion, type Question, restoredQuestion } from "../../src/renderer/question/kept-question.ts";
import { partsNotTaken, pastedQuestion, questionText } from "../../src/shared/question-text.ts";
import { SHIPPED } from "../catalog/shipped.ts";

const AT_FIRST: Question = {
  scenario: DEFAULT_SCENARIO,
  isRightNow: false,
  task: "chat",
  qualityWeight: 0.5,
  licenceUse: "any",
  languages: [],
  pins: [],
  openedId: null,
  filterText: "",
  groups: [],
  sort: null,
  columns: new TableView().columns,
  isGrouped: false,
};

const VLLM = SHIPPED.runtimes.find(({ id }) => id === "vllm");
if (VLLM === undefined) throw new Error("vLLM is in the catalog");

const ASKED: Question = {
  scenario: {
    ...DEFAULT_SCENARIO,
    contextLength: 32_768,
    keyCacheType: "q8_0",
    valueCacheType: "q8_0",
    parallelSequenceCount: 4,
    runtime: VLLM,
    backend: "cuda",
  },
  isRightNow: true,
  task: "mathematics-reasoning",
  qualityWeight: 0.8,
  licenceUse: "commercial",
  languages: ["french"],
  pins: [
    { modelId: "llama-3.1-8b", quantization: "Q8_0" },
    { modelId: "llama-3.1-8b", quantization: "Q4_K_M" },
    { modelId: "mistral-7b", quantization: null },
  ],
  openedId: "mistral-7b",
  filterText: "qwen & co = 100 %",
  groups: ["fits", "runs-with-offload"],
  sort: { key: "speed", isDescending: true },
  columns: ["verdict", "speed", "released"],
  isGrouped: true,
};

const known = { runtimes: SHIPPED.runtimes, modelIds: SHIPPED.models.map(({ id }) => id) };

test("a question comes back as it was, from the settings and from a text", () => {
  const kept = keptQuestion(ASKED);
  expect(restoredQuestion(kept, AT_FIRST, known)).toEqual(ASKED);
  const text = questionText(kept);
  expect(text).toMatch(/^fitment:\?context=32768&kv-type-k=q8_0&kv-type-v=q8_0&/);
  const pasted = pastedQuestion(`  ${text}\n`);
  if (pasted.kind === "failed") throw new Error(pasted.message);
  expect(restoredQuestion(pasted.kept, AT_FIRST, known)).toEqual(ASKED);
  expect(partsNotTaken(pasted.kept, kept)).toEqual([]);
});

test("models to compare that were kept without a packing are still read, and none twice", () => {
  const kept = { compare1: "mistral-7b", compare2: "mistral-7b@q8-0", compare3: "mistral-7b" };
  expect(restoredQuestion(kept, AT_FIRST, known).pins).toEqual([
    { modelId: "mistral-7b", quantization: null },
    { modelId: "mistral-7b", quantization: "Q8_0" },
  ]);
});

test.each(["70", "true", "3.1 8b", "100 % & more=x", "a+b"])(
  "a search for %j is the same words after it was sent",
  (filterText) => {
    const pasted = pastedQuestion(questionText(keptQuestion({ ...AT_FIRST, filterText })));
    if (pasted.kind === "failed") throw new Error(pasted.message);
    expect(restoredQuestion(pasted.kept, AT_FIRST, known).filterText).toBe(filterText);
  },
);

test("a code that is none stays as it is written", () => {
  expect(pastedQuestion("fitment:?search=100%+of%20it&&")).toEqual({
    kind: "ok",
    kept: { search: "100% of it" },
  });
});

test("settings have room for the longest", () => {
  const longest = SHIPPED.models.map(({ id }) => id).sort((one, other) => other.length - one.length);
  const pins = longest.slice(0, 6).map((modelId) => ({ modelId, quantization: "MXFP4_MOE" as const }));
  const kept = keptQuestion({ ...ASKED, pins, filterText: "x".repeat(999) });
  expect(Object.keys(kept).length).toBeLessThanOrEqual(40);
  for (const value of Object.values(kept)) expect(String(value).length).toBeLessThanOrEqual(200);
});

describe("what means nothing here", () => {
  test.each([
    ["fitment:?context=many&task=code", "context=many"],
    ["fitment:?compare1=gone-9b&task=code", "compare1=gone-9b"],
    ["fitment:?compare1=mistral-7b%40Q99&task=code", "compare1=mistral-7b@Q99"],
    ["fitment:?compare1=gone-9b@Q8_0&task=code", "compare1=gone-9b@Q8_0"],
    ["fitment:?opened=gone-9b&task=code", "opened=gone-9b"],
    ["fitment:?runtime=abacus&task=code", "runtime=abacus"],
    ["fitment:?priority=7&task=code", "priority=7"],
    ["fitment:?colour=blue&task=code", "colour=blue"],
    ["fitment:?__proto__=x&task=code", "__proto__=x"],
  ])("%s is named, and the rest is taken", (text, part) => {
    const pasted = pastedQuestion(text);
    if (pasted.kind === "failed") throw new Error(pasted.message);
    const taken = restoredQuestion(pasted.kept, AT_FIRST, known);
    expect(taken.task).toBe("code");
    expect(partsNotTaken(pasted.kept, keptQuestion(taken))).toEqual([part]);
  });

  test.each([["https://example.org"], ["context=8192"], [""], [`fitment:?x=${"y".repeat(5000)}`]])(
    "%s is no question",
    (text) => expect(pastedQuestion(text).kind).toBe("failed"),
  );

  test("of kept ones the values of this start stand", () => {
    const odd = {
      task: 5,
      priority: "high",
      columns: "none such",
      sort: "colour down",
      verdicts: "blue",
    } as const;
    expect(restoredQuestion(odd, AT_FIRST, known)).toEqual(AT_FIRST);
  });
});
