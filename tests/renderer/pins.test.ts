import { describe, expect, test } from "vitest";
import { adviceCalls } from "../../src/renderer/advice/advice-answer.ts";
import { AdviceState } from "../../src/renderer/advice/advice-state.svelte.ts";
import { type Pin, pinName, pinOf, pinText } from "../../src/renderer/compare/pins.ts";
import { SHIPPED } from "../catalog/shipped.ts";
import { data, questionOn } from "../advice/catalog-data.ts";

const MODEL_IDS = ["llama-3.1-8b", "mistral-7b", "odd@q8_0"];
const at = (quantization: Pin["quantization"], modelId = "llama-3.1-8b"): Pin => ({ modelId, quantization });

describe("as a text", () => {
  test.each([
    at("Q8_0"),
    at(null),
    at("MXFP4_MOE", "mistral-7b"),
    at(null, "odd@q8_0"),
    at("Q4_K_M", "odd@q8_0"),
  ])("$modelId at $quantization is the same again", (pin) =>
    expect(pinOf(pinText(pin), MODEL_IDS)).toEqual(pin),
  );

  test.each(["gone-9b", "gone-9b@Q8_0", "llama-3.1-8b@", "llama-3.1-8b@Q99", "@Q8_0", "Q8_0", ""])(
    "%j is none",
    (text) => expect(pinOf(text, MODEL_IDS)).toBeNull(),
  );

  test("its name has the packing where one was chosen", () => {
    expect(pinName("Qwen3.5 9B", at("Q8_0"))).toBe("Qwen3.5 9B at Q8_0");
    expect(pinName("Qwen3.5 9B", at(null))).toBe("Qwen3.5 9B");
  });
});

test("a model is pinned in one packing beside another, six in all, and each is taken back by itself", () => {
  const advice = new AdviceState(null, () => null);
  advice.togglePin(at("Q8_0"));
  advice.togglePin(at("Q4_K_M"));
  expect(advice.pins).toEqual([at("Q8_0"), at("Q4_K_M")]);
  advice.togglePin(at("Q8_0"));
  expect(advice.pins).toEqual([at("Q4_K_M")]);
  for (const quantization of ["Q8_0", "Q6_K", "Q5_K_M", "Q5_K_S", "BF16", "IQ4_XS"] as const)
    advice.togglePin(at(quantization));
  expect(advice.pins.map(({ quantization }) => quantization)).toEqual([
    ...["Q4_K_M", "Q8_0", "Q6_K", "Q5_K_M", "Q5_K_S", "BF16"],
  ]);
});

describe("compared", () => {
  const calls = adviceCalls(data);
  const question = questionOn("24 GB card", { task: "code" });

  test("each has the packing it was pinned with, and one of a model that is gone is left out", () => {
    const pins = [at("Q8_0"), at(null, "gone-9b"), at("Q4_K_M"), at(null)];
    const answer = calls.compare(question, pins);
    expect(answer?.pins).toEqual([at("Q8_0"), at("Q4_K_M"), at(null)]);
    const subjects = answer?.comparison.subjects ?? [];
    expect(subjects.map(({ label }) => label)).toEqual([
      ...["Llama 3.1 8B at Q8_0", "Llama 3.1 8B at Q4_K_M", "Llama 3.1 8B"],
    ]);
    expect(subjects.slice(0, 2).map(({ fit }) => fit.quantization)).toEqual(["Q8_0", "Q4_K_M"]);
    const [finer, coarser] = subjects.map(({ fit }) => fit.memory?.weightsBytes ?? 0);
    expect(finer).toBeGreaterThan(coarser ?? Infinity);
  });

  test("one that the runtime asked for does not load is compared at the best that it does", () => {
    const runtime = SHIPPED.runtimes.find(({ id }) => id === "vllm");
    if (runtime === undefined) throw new Error("vLLM is in the catalog");
    const asked = { ...question, scenario: { ...question.scenario, runtime } };
    const answer = calls.compare(asked, [at("Q4_K_M"), at("AWQ")]);
    const [packed, loaded] = answer?.comparison.subjects ?? [];
    expect(loaded?.quantization).toBe("AWQ");
    expect(packed?.quantization).not.toBe("Q4_K_M");
    expect(packed?.label).toBe("Llama 3.1 8B");
  });

  test("one alone is nothing to compare", () => {
    expect(calls.compare(question, [at("Q8_0"), at("Q8_0", "gone-9b")])).toBeNull();
  });
});
