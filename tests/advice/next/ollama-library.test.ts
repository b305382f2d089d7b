import { describe, expect, test } from "vitest";
import { nextSteps } from "#advice/next/next-steps.ts";
import { isPublished } from "#advice/next/weights-source.ts";
import type { Purpose } from "#advice/next/question.ts";
import type { NextStep } from "#advice/next/step.ts";
import type { QuantizationName } from "#engine/quantization.ts";
import { DEFAULT_SCENARIO } from "#engine/scenario.ts";
import { SHIPPED, shippedModel } from "../../catalog/shipped.ts";
import { machineOf, namedCard } from "../../fixtures/machine.ts";

interface Asked {
  readonly quantization?: QuantizationName | null;
  readonly runtimeId?: string;
  readonly purpose?: Purpose;
}

function libraryOf(id: string, { quantization = null, runtimeId, purpose = "development" }: Asked = {}) {
  const runtime = SHIPPED.runtimes.find((each) => each.id === runtimeId);
  const answer = nextSteps({
    model: shippedModel(id),
    machine: machineOf([namedCard("RTX 3090", 0)], 64),
    scenario: runtime === undefined ? DEFAULT_SCENARIO : { ...DEFAULT_SCENARIO, runtime },
    ...{ quantization, purpose, task: null },
    cards: SHIPPED.cards,
    runtimes: SHIPPED.runtimes,
  });
  if (answer.kind !== "here") throw new Error(`${id} is ${answer.kind}`);
  return answer;
}

const commandsOf = (step: NextStep | null) =>
  step?.commands.map(({ program, words }) => [program, ...words].join(" "));

describe("a model with a name in Ollama's library", () => {
  test.each(["qwen3.5-4b", "llama-3.1-8b", "gpt-oss-20b", "qwen3.6-35b-a3b"])(
    "%s is first started by the name that the catalog holds",
    (id) => {
      const fact = shippedModel(id).otherNames?.ollama;
      const name = fact !== undefined && "value" in fact ? fact.value : null;
      expect(commandsOf(libraryOf(id).library)).toEqual([`ollama run ${name}`]);
    },
  );

  test("and the steps with a file of exactly the packing follow", () => {
    const { steps } = libraryOf("qwen3.5-4b");
    expect(steps.slice(0, 2).map(({ kind }) => kind)).toEqual(["obtain", "start"]);
  });

  test.each([
    ["Q4_K_M", false],
    ["Q8_0", true],
  ] as const)("at %s, that the library's packing is another: %s", (quantization, isSaid) => {
    const notes = libraryOf("qwen3-8b", { quantization }).library?.notes.join(" ") ?? "";
    expect(notes).toContain("usually Q4_K_M, and ollama show qwen3:8b says which it is");
    expect(notes.includes("The figures here are for Q8_0")).toBe(isSaid);
  });

  test("names no packing for a model of before the library's default changed", () => {
    const notes = libraryOf("llama-3.1-8b").library?.notes.join(" ");
    expect(notes).toContain("in the library's own packing; ollama show llama3.1:8b says which that is");
    expect(notes).not.toContain("usually");
  });

  test("says nothing of four bits where it is published with four", () => {
    expect(libraryOf("gpt-oss-20b").library?.notes.join(" ")).not.toContain("Q4_K_M");
  });

  test.each<[string, string, Asked]>([
    ["another runtime was named", "llama-3.1-8b", { runtimeId: "llama.cpp" }],
    ["it is for a service", "llama-3.1-8b", { purpose: "production" }],
    ["the library's usual packing is not held here", "mixtral-8x22b", { quantization: "IQ1_S" }],
    ["the catalog has no name", "command-r-35b", {}],
  ])("is not named where %s", (_, id, asked) => {
    expect(libraryOf(id, asked).library).toBeNull();
  });
});

test.each([
  ["qwen3-8b", "Q4_K_M", false], // a repository of GGUF files of which nobody says which
  ["qwen3-8b", "AWQ", true],
  ["qwen3-8b", "BF16", true],
  ["qwen3.5-4b", "Q4_K_M", false],
] as const)("that %s is published at %s: %s", (id, quantization, isKnown) => {
  expect(isPublished(shippedModel(id), quantization)).toBe(isKnown);
});
