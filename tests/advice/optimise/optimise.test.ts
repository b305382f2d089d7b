import path from "node:path";
import { describe, expect, test } from "vitest";
import { optimise, type Optimisation } from "#advice/optimise/optimise.ts";
import { expectedFactor } from "#advice/optimise/speculative.ts";
import type { Suggestion } from "#advice/optimise/suggestion.ts";
import { loadQuality } from "#catalog/load-quality.ts";
import { estimateFit } from "#engine/estimate.ts";
import { overrideMachine } from "#engine/machine-override.ts";
import type { MachineReport } from "#engine/machine.ts";
import type { QuantizationName } from "#engine/quantization.ts";
import { DEFAULT_SCENARIO, type Scenario } from "#engine/scenario.ts";
import { SHIPPED, shippedModel } from "../../catalog/shipped.ts";

const { quality } = await loadQuality(path.join(import.meta.dirname, "../../../catalog"));

interface Asked {
  readonly gpus: readonly string[];
  readonly ram?: string;
  readonly runtime?: string;
  readonly quantization?: QuantizationName;
  readonly scenario?: Partial<Scenario>;
}

function machineOf({ gpus, ram }: Asked): MachineReport {
  const made = overrideMachine(null, { gpus, ram: ram ?? "64GiB" }, SHIPPED.cards);
  if (made.kind === "failed") throw new Error(made.message);
  return made.machine;
}

function optimised(modelId: string, asked: Asked): Optimisation {
  const runtime = SHIPPED.runtimes.find(({ id }) => id === asked.runtime);
  const { models, cards, speed, runtimes } = SHIPPED;
  return optimise({
    model: shippedModel(modelId),
    machine: machineOf(asked),
    scenario: { ...DEFAULT_SCENARIO, ...asked.scenario, ...(runtime === undefined ? {} : { runtime }) },
    quantization: asked.quantization ?? null,
    task: "general",
    data: { models, cards, speed, quality, calibration: null },
    runtimes,
  });
}

type Kind = Suggestion["lever"]["kind"];

function suggested(answer: Optimisation, kind: Kind): Suggestion {
  const found = answer.suggestions.find(({ lever }) => lever.kind === kind);
  const kinds = answer.suggestions.map(({ lever }) => lever.kind).join(", ");
  if (found === undefined) throw new Error(`${kind} is not suggested; ${kinds} are`);
  return found;
}

const ONE: Asked = { gpus: ["RTX 4090"] };

describe("what helps is suggested, with figures that the engine gives for the changed question", () => {
  test("8-bit weights: half the weights, faster", () => {
    const { effect, after } = suggested(optimised("llama-3.1-8b", ONE), "eight-bit");
    expect(after.quantization).toBe("Q8_0");
    // 8.03 B parameters at 16 and at 8.5 bits: 14.96 and 7.95 GiB
    expect(effect.usedBytes / 2 ** 30).toBeCloseTo(-7.0, 1);
    expect(effect.decodeFactor).toBeGreaterThan(1.4);
  });

  test("a KV cache at q8_0: 15/32 of the cache less", () => {
    const { effect, after } = suggested(optimised("llama-3.1-8b", ONE), "kv-cache-type");
    // 8,192 tokens × 32 layers × 8 heads × 256 at 16 and at 8.5 bits: 1,024 and 544 MiB
    expect(effect.usedBytes).toBe(-480 * 2 ** 20);
    expect(after.fit.scenario).toMatchObject({
      keyCacheType: "q8_0",
      valueCacheType: "q8_0",
      flashAttention: true,
    });
    const fit = estimateFit(shippedModel("llama-3.1-8b"), machineOf(ONE), after.fit.scenario);
    expect(after.fit.placement).toEqual(fit.placement);
  });

  test("a better packing where there is room, the smallest of those nobody could tell apart", () => {
    const { after, effect } = suggested(
      optimised("llama-3.1-8b", { ...ONE, quantization: "IQ3_XXS" }),
      "better-quantization",
    );
    expect(after.quantization).toBe("Q8_0");
    expect(effect.qualityPoints).toBeGreaterThan(1);
  });

  test("a smaller packing where it leaves RAM altogether", () => {
    const { after, effect } = suggested(
      optimised("qwen3-32b", { gpus: ["RTX 4080"] }),
      "smaller-quantization",
    );
    expect(after.fit.placement.kind).toBe("single");
    expect(effect.offloadedBytes).toBeLessThan(0);
    expect(effect.decodeFactor).toBeGreaterThan(2);
    expect(effect.qualityPoints).toBeLessThan(0);
  });

  test("flash attention where it is off, also on Turing: llama.cpp has kernels of its own", () => {
    const answer = optimised("llama-3-8b", { gpus: ["RTX 2080 Ti"], scenario: { flashAttention: false } });
    expect(suggested(answer, "flash-attention").effect.usedBytes).toBeLessThan(0);
  });

  test("tensor parallel over like cards, where it is faster", () => {
    const answer = optimised("llama-3-70b", { gpus: ["4x H100 SXM"], runtime: "vllm" });
    const { lever, after, effect } = suggested(answer, "tensor-parallel");
    expect(lever).toMatchObject({ split: "tensor" });
    expect(after.fit.placement.kind).toBe("tensor-parallel");
    expect(effect.decodeFactor).toBeGreaterThan(1.2);
  });

  test("several requests at once: more in all, less for each", () => {
    const { lever, effect } = suggested(
      optimised("llama-3.1-8b", { ...ONE, quantization: "Q4_K_M" }),
      "continuous-batching",
    );
    expect(lever).toMatchObject({ sequenceCount: 16 });
    expect(effect.totalDecodeFactor).toBeGreaterThan(2);
    expect(effect.decodeFactor).toBeLessThan(1);
  });

  test("a shared prefix saves what its prompt takes", () => {
    const answer = optimised("llama-3.1-8b", ONE);
    const { lever } = suggested(answer, "prefix-caching");
    const prefill = answer.before?.speed?.prefillTokensPerSecond;
    if (lever.kind !== "prefix-caching" || prefill == null)
      throw new Error("the speed of prompts is known here");
    expect(lever.secondsPerThousandTokens.mid).toBeCloseTo(1000 / prefill.mid, 6);
    expect(lever.secondsPerThousandTokens.low).toBeLessThan(lever.secondsPerThousandTokens.high);
  });

  test("a draft of the family that fits beside it", () => {
    const answer = optimised("llama-3.1-70b", {
      gpus: ["2x RTX 3090"],
      quantization: "Q4_K_M",
      scenario: { contextLength: 4096 },
    });
    const { lever, after } = suggested(answer, "speculative-decoding");
    expect(lever).toMatchObject({ draftModelId: "llama-3.2-1b", draftQuantization: "Q8_0" });
    expect(after.usedBytes).toBeGreaterThan(answer.before?.usedBytes ?? Infinity);
    for (const { usedBytes, marginBytes, capacityBytes } of after.fit.placement.devices) {
      expect(usedBytes + marginBytes).toBeLessThanOrEqual(capacityBytes);
    }
  });

  test("another runtime that keeps only experts in RAM", () => {
    const answer = optimised("gpt-oss-120b", { gpus: ["RTX 4090"], ram: "128GiB", runtime: "ollama" });
    const { lever, effect } = suggested(answer, "runtime");
    expect(lever).toMatchObject({ runtimeId: "llama.cpp" });
    expect(effect.decodeFactor).toBeGreaterThan(1.05);
  });

  test("MLX on a Mac is to be measured: nobody published controlled rates", () => {
    const { worthTrying } = optimised("qwen3-8b", { gpus: ["M4 Max@64GiB"] });
    expect(worthTrying.map(({ runtimeId }) => runtimeId)).toContain("mlx");
  });

  test("a model that the machine does not hold has no suggestions", () => {
    const answer = optimised("deepseek-v3", { gpus: ["RTX 3060"], ram: "16GiB" });
    expect(answer).toEqual({ before: null, suggestions: [], refusals: [], worthTrying: [] });
  });
});

describe("what hardware or model cannot do is refused, never suggested", () => {
  test.each([
    ["fp8 on Ampere", "llama-3.1-8b", { gpus: ["RTX 3090"] }, "fp8", "computes in FP8"],
    ["fp8 cache on Ampere", "llama-3.1-8b", { gpus: ["RTX 3090"], runtime: "vllm" }, "kv-cache-type", "FP8"],
    [
      "flash attention 2 on Turing",
      "llama-3-8b",
      { gpus: ["RTX 2080 Ti"] },
      "flash-attention-2",
      "FlashAttention-2",
    ],
    [
      "71 heads over 2 cards",
      "falcon-7b",
      { gpus: ["2x RTX 3090"] },
      "tensor-parallel",
      "71 heads do not divide",
    ],
    ["unlike cards", "qwen2.5-7b", { gpus: ["RTX 4090", "RTX 3090"] }, "tensor-parallel", "unlike"],
    [
      "Ollama splits by layers",
      "qwen2.5-7b",
      { gpus: ["2x RTX 3090"], runtime: "ollama" },
      "tensor-parallel",
      "Ollama does not split",
    ],
    [
      "latent attention in llama.cpp",
      "deepseek-v2-lite-16b",
      { gpus: ["2x RTX 3090"] },
      "tensor-parallel",
      "latent attention",
    ],
    ["a draft for a mixture", "gpt-oss-20b", { gpus: ["RTX 4090"] }, "speculative-decoding", "mixture"],
  ] as const)("%s", (...row) => {
    const [, modelId, asked, kind, words] = row;
    const { refusals, suggestions } = optimised(modelId, asked);
    expect(
      refusals
        .filter((refusal) => refusal.kind === kind)
        .map(({ reason }) => reason)
        .join(),
    ).toContain(words);
    expect(suggestions.map(({ lever }) => lever.kind)).not.toContain(kind);
  });

  test.each([["RTX 3090"], ["RTX 2080 Ti"], ["RX 7900 XTX"], ["M4 Max@64GiB"]])(
    "on %s nothing in FP8 is named",
    (gpu) => {
      for (const runtime of [undefined, "vllm", "transformers"]) {
        const { before, suggestions } = optimised("llama-3.1-8b", {
          gpus: [gpu],
          ...(runtime === undefined ? {} : { runtime }),
        });
        const states = [...(before === null ? [] : [before]), ...suggestions.map(({ after }) => after)];
        expect(states.map(({ quantization }) => quantization)).not.toContain("FP8");
        expect(states.map(({ fit }) => fit.scenario.keyCacheType)).not.toContain("fp8");
      }
    },
  );
});

describe("the law of speculative decoding", () => {
  // Leviathan et al. 2023, section 3.3: with a free draft the factor is the expected count of tokens.
  test.each([
    [0.5, 0, 1.9375],
    [0.8, 0, 3.3616],
    [0.8, 0.1, 3.3616 / 1.4],
    [0.6, 0.02, 2.3056 / 1.08],
  ])("agreement %d, cost %d: %d", (acceptance, cost, factor) => {
    expect(expectedFactor(acceptance, cost)).toBeCloseTo(factor, 6);
  });
});
