import { describe, expect, test } from "vitest";
import { estimateFit } from "#engine/estimate.ts";
import { splitChoice } from "#engine/split-choice.ts";
import { DEFAULT_SCENARIO, type Scenario } from "#engine/scenario.ts";
import { ARCHITECTURES } from "../fixtures/architectures.ts";
import { machineOf, namedCard } from "../fixtures/machine.ts";
import { fixtureModel } from "../fixtures/model.ts";
import { CARD_ONLY, MLX, VLLM } from "../fixtures/runtimes.ts";

const TENSOR: Scenario = { ...DEFAULT_SCENARIO, split: "tensor" };
const TWO_CARDS = machineOf([namedCard("RTX 3090", 0), namedCard("RTX 3090", 1)], 64);

describe("the way several cards share a model", () => {
  test.each([
    ["llama.cpp, unasked", "llama-2-70b", {}, "layer"],
    ["llama.cpp, by tensors", "llama-2-70b", { split: "tensor" }, "tensor"],
    ["without flash attention", "llama-2-70b", { split: "tensor", flashAttention: false }, "none"],
    ["with 8-bit keys", "llama-2-70b", { split: "tensor", keyCacheType: "q8_0" }, "none"],
    ["latent attention", "deepseek-v3", { split: "tensor" }, "none"],
    ["vLLM, unasked", "llama-2-70b", { runtime: VLLM }, "tensor"],
    ["a runtime that splits by layers only", "llama-2-70b", { runtime: CARD_ONLY, split: "tensor" }, "none"],
    ["a runtime that does not split", "llama-2-70b", { runtime: { ...MLX, splits: [] } }, "none"],
  ] as const)("%s: %s", (_case, id, change, kind) => {
    expect(splitChoice(ARCHITECTURES[id], { ...DEFAULT_SCENARIO, ...change }).kind).toBe(kind);
  });

  test("what cannot be is said, and the model is looked for elsewhere", () => {
    const fit = estimateFit(fixtureModel("llama-2-70b"), TWO_CARDS, { ...TENSOR, flashAttention: false });
    expect(fit.caveats).toEqual([
      "llama.cpp splits by tensors only with flash attention. It is looked for on one card, and with RAM.",
    ]);
    expect(fit.placement.kind).toBe("layer-offload");
  });
});

describe("a split by tensors", () => {
  const fit = estimateFit(fixtureModel("llama-2-70b"), TWO_CARDS, TENSOR, "Q4_K_M");
  const byLayers = estimateFit(fixtureModel("llama-2-70b"), TWO_CARDS, DEFAULT_SCENARIO, "Q4_K_M");
  const [first, second] = fit.placement.devices;

  test("gives every card all layers, half of the weights and half of the heads", () => {
    expect(fit.placement.kind).toBe("tensor-parallel");
    expect(second?.parts).toEqual(first?.parts);
    expect(first?.layerCount).toBe(80);
    // 80 layers × 8,192 cells × 8 heads × 128 × 2 (K and V) × 2 bytes, halved
    expect(first?.parts.kvCacheBytes).toBe((80 * 8192 * 8 * 128 * 2 * 2) / 2);
  });

  test("keeps as much on the cards as a split by layers, but for rounding", () => {
    const weightsOf = ({ placement }: typeof fit): number =>
      placement.devices.reduce((sum, device) => sum + device.parts.weightsBytes, 0);
    expect(Math.abs(weightsOf(fit) - weightsOf(byLayers))).toBeLessThanOrEqual(2);
  });

  test("its verdict is that of several cards, with all layers on each", () => {
    expect(fit.verdict).toMatchObject({
      kind: "needs-multiple-gpus",
      here: true,
      cards: [{ layerCount: 80 }, { layerCount: 80 }],
    });
  });
});
