import { describe, expect, test } from "vitest";
import { nextSteps, type NextSteps } from "#advice/next/next-steps.ts";
import { weightsSource } from "#advice/next/weights-source.ts";
import type { QuantizationName } from "#engine/quantization.ts";
import { DEFAULT_SCENARIO } from "#engine/scenario.ts";
import { SHIPPED, shippedModel } from "../../catalog/shipped.ts";
import { MACHINES } from "./machines.ts";

const NOTHING_MADE = (): boolean => false;

describe("where a packing comes from", () => {
  test.each([
    ["qwen3-8b", "FP8", "published", "Qwen/Qwen3-8B-FP8"],
    ["qwen3-8b", "AWQ", "published", "Qwen/Qwen3-8B-AWQ"],
    ["qwen3-8b", "Q4_K_M", "published", "Qwen/Qwen3-8B-GGUF"],
    ["qwen3-8b", "BF16", "release", "Qwen/Qwen3-8B"],
    ["qwen3-8b", "F16", "release", "Qwen/Qwen3-8B"],
    ["qwen3-8b", "NVFP4", "unverified", "Qwen/Qwen3-8B"],
    ["llama-3-8b", "Q4_K_M", "unverified", "meta-llama/Meta-Llama-3-8B-Instruct"],
    ["gpt-oss-20b", "MXFP4", "release", "openai/gpt-oss-20b"],
  ] as const)("%s at %s: %s, %s", (id, quantization, kind, repository) => {
    const source = weightsSource(shippedModel(id), quantization, NOTHING_MADE);
    expect(source.kind).toBe(kind);
    expect(
      "artefact" in source ? source.artefact.repository : "repository" in source && source.repository,
    ).toBe(repository);
  });

  test("what can be made from the makers' weights is", () => {
    expect(weightsSource(shippedModel("llama-3-8b"), "Q4_K_M", () => true)).toEqual({
      kind: "made",
      repository: "meta-llama/Meta-Llama-3-8B-Instruct",
    });
  });

  test("nobody says which packings a repository of GGUF files has", () => {
    const source = weightsSource(shippedModel("qwen3-8b"), "Q4_K_M", NOTHING_MADE);
    expect(source).toMatchObject({ kind: "published", artefact: { isPackingKnown: false } });
  });

  test("a model of the person's own without a repository is not looked for", () => {
    const own = { ...shippedModel("llama-3-8b"), huggingFaceId: null };
    expect(weightsSource(own, "Q4_K_M", () => true)).toEqual({ kind: "unverified", repository: null });
  });
});

describe("what is not known to be published is said to be unverified", () => {
  function steps(modelId: string, quantization: QuantizationName | null, runtimeId: string): NextSteps {
    const runtime = SHIPPED.runtimes.find(({ id }) => id === runtimeId);
    const machine = MACHINES["8 x 80 GB"];
    if (runtime === undefined || machine === undefined) throw new Error(`no ${runtimeId}`);
    return nextSteps({
      model: shippedModel(modelId),
      machine,
      scenario: { ...DEFAULT_SCENARIO, runtime },
      quantization,
      purpose: "development",
      task: null,
      cards: SHIPPED.cards,
      runtimes: SHIPPED.runtimes,
    });
  }

  test.each([
    ["llama-3-8b", "Q4_K_M", "llama.cpp", true],
    ["qwen3-8b", "Q4_K_M", "llama.cpp", true], // the repository is known, the packing in it is not
    ["llama-3-8b", "BF16", "vllm", false],
    ["qwen3-8b", "FP8", "vllm", false],
    ["llama-3-8b", "AWQ", "vllm", true],
    ["llama-3-8b", "NF4", "transformers", false], // packed while loading
  ] as const)("%s at %s in %s: %s", (id, quantization, runtime, isSaid) => {
    const answer = steps(id, quantization, runtime);
    if (answer.kind !== "here") throw new Error("eight large cards hold it");
    const [obtain] = answer.steps;
    expect(/unverified/i.test(obtain?.notes.join(" ") ?? "")).toBe(isSaid);
    expect(obtain?.links.length).toBeGreaterThan(0);
  });

  test("a published file is named to each runtime in its own way", () => {
    const first = (runtime: string): string | undefined => {
      const answer = steps("qwen3-8b", "Q4_K_M", runtime);
      const texts = answer.kind === "here" ? answer.steps.flatMap(({ commands }) => commands) : [];
      return texts
        .map(({ program, words }) => [program, ...words].join(" "))
        .find((text) => text.includes("GGUF"));
    };
    expect(first("ollama")).toBe("ollama pull hf.co/Qwen/Qwen3-8B-GGUF:Q4_K_M");
    expect(first("llama.cpp")).toContain("llama-server -hf Qwen/Qwen3-8B-GGUF:Q4_K_M --alias qwen3-8b");
    expect(first("lm-studio")).toBe("lms get https://huggingface.co/Qwen/Qwen3-8B-GGUF@q4_k_m");
  });

  test.each([
    ["llama.cpp", "llama.cpp", "-hf OWNER/REPO:Q4_K_M", "-m llama-3-8b-Q4_K_M.gguf"],
    ["ollama", "ollama", "hf.co/OWNER/REPO:Q4_K_M", "./llama-3-8b-Q4_K_M.gguf"],
    ["lm-studio", "lmstudio", "OWNER/REPO", "llama-3-8b-Q4_K_M.gguf"],
  ])(
    "a file that the catalog does not know is looked for first, and made only then: %s",
    (runtime, app, found, made) => {
      const answer = steps("llama-3-8b", "Q4_K_M", runtime);
      if (answer.kind !== "here") throw new Error("eight large cards hold it");
      const [obtain, start] = answer.steps;
      expect(obtain?.links).toEqual([
        `https://huggingface.co/models?apps=${app}&other=base_model:quantized:meta-llama/Meta-Llama-3-8B-Instruct`,
      ]);
      expect(obtain?.notes.join(" ")).toContain("in the place of OWNER/REPO in every command");
      const text = (step: typeof start): string =>
        [
          ...(step?.files ?? []).map(({ content }) => content),
          ...(step?.commands ?? []).map(({ program, words }) => [program, ...words].join(" ")),
        ].join("\n");
      expect(text(start)).toContain(found);
      expect(text(start)).not.toContain(made);
      const otherwise = obtain?.otherwise;
      expect(text(obtain)).not.toContain("llama-quantize");
      expect(otherwise?.commands.map(({ program }) => program)).toContain("llama-quantize");
      expect(otherwise?.notes).toContain(`Then put ${made} in the place of ${found}.`);
    },
  );
});
