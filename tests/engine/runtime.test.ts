import { describe, expect, test } from "vitest";
import { estimateFit } from "#engine/estimate.ts";
import { defaultContextLength, loadsPacking, type Runtime } from "#engine/runtime.ts";
import { DEFAULT_SCENARIO } from "#engine/scenario.ts";
import { gibToBytes } from "#engine/units.ts";
import { machineOf, namedCard, unifiedGpu } from "../fixtures/machine.ts";
import { fixtureModel } from "../fixtures/model.ts";
import { CARD_ONLY, MLX, VLLM } from "../fixtures/runtimes.ts";

test.each([
  [VLLM, "BF16", true],
  [VLLM, "AWQ", true],
  [VLLM, "Q4_K_M", false],
  [MLX, "MLX_4BIT", true],
  [MLX, "AWQ", false],
  [CARD_ONLY, "IQ2_XXS", true],
] as const)("$name loads %s: %s", (runtime, quantization, expected) => {
  expect(loadsPacking(runtime, quantization)).toBe(expected);
});

describe("the context when nobody says", () => {
  const byMemory: Runtime = {
    ...CARD_ONLY,
    defaultContext: {
      kind: "by-memory",
      steps: [
        { fromBytes: gibToBytes(24), contextLength: 32_768 },
        { fromBytes: 0, contextLength: 4096 },
      ],
    },
  };

  test.each<readonly [string, Runtime, number | null, number, number | null]>([
    ["the model's own", VLLM, 131_072, 24, 131_072],
    ["not known where the model's is not", VLLM, null, 24, null],
    ["by memory, below a step", byMemory, 131_072, 16, 4096],
    ["by memory, at a step", byMemory, 131_072, 24, 32_768],
    ["fixed", { ...VLLM, defaultContext: { kind: "fixed", contextLength: 4096 } }, 131_072, 24, 4096],
  ])("%s", (_title, ...[runtime, trained, memoryGiB, expected]) => {
    expect(defaultContextLength(runtime, trained, gibToBytes(memoryGiB))).toBe(expected);
  });
});

test("packings that a runtime does not load are not offered", () => {
  const machine = machineOf([namedCard("RTX 3070")], 64);
  const fit = estimateFit(fixtureModel("llama-3-8b"), machine, {
    ...DEFAULT_SCENARIO,
    contextLength: 2048,
    runtime: VLLM,
  });
  expect(fit.verdict).toMatchObject({ kind: "needs-quantization", quantization: "AWQ" });
});

test("a model in a precision the runtime does not load starts at the nearest it does", () => {
  const fit = estimateFit(fixtureModel("llama-3-8b", "FP8"), machineOf([namedCard("RTX 4090")], 64), {
    ...DEFAULT_SCENARIO,
    runtime: CARD_ONLY,
  });
  expect(fit.verdict).toMatchObject({ kind: "needs-quantization", quantization: "Q8_0" });
});

test("a runtime that keeps nothing in RAM does not run with offload", () => {
  const fit = estimateFit(fixtureModel("llama-2-70b"), machineOf([namedCard("RTX 4090")], 64), {
    ...DEFAULT_SCENARIO,
    runtime: CARD_ONLY,
  });
  expect(fit.verdict).toMatchObject({ kind: "needs-multiple-gpus", here: false });
});

test("MLX: weights, cache and activations in the unified memory, nothing padded to llama.cpp's buffers", () => {
  const machine = machineOf([unifiedGpu("apple", gibToBytes(64))], 64);
  const fit = estimateFit(
    fixtureModel("llama-3-8b"),
    machine,
    { ...DEFAULT_SCENARIO, runtime: MLX },
    "MLX_4BIT",
  );
  const [device] = fit.placement.devices;
  expect(device?.parts.weightsBytes).toBe((8_029_995_008 * 4.5) / 8 + 266_240 * 2);
  expect(device?.parts.kvCacheBytes).toBe(1_073_741_824);
});
