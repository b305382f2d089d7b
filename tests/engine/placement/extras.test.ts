import { describe, expect, test } from "vitest";
import { estimateFit } from "#engine/estimate.ts";
import { explainFit } from "#engine/explain.ts";
import { isKnown } from "#engine/fact.ts";
import type { Fit } from "#engine/fit.ts";
import type { Model } from "#engine/model.ts";
import type { QuantizationName } from "#engine/quantization.ts";
import { DEFAULT_SCENARIO, type Extras, type Scenario } from "#engine/scenario.ts";
import { neededParts, usedParts } from "#shared/device-parts.ts";
import { SHIPPED, shippedModel } from "../../catalog/shipped.ts";
import { ARCHITECTURES } from "../../fixtures/architectures.ts";
import { machineOf, namedCard, type CARD_MEMORY_MIB } from "../../fixtures/machine.ts";
import { fixtureModel } from "../../fixtures/model.ts";

const NOTHING: Extras = { projector: false, mtp: false, draft: null, loraRank: null };

/** Llama 3 8B drafts for itself: the figures are those of the model alone. */
const DRAFT: Extras = {
  ...NOTHING,
  draft: { modelId: "llama-3-8b", architecture: ARCHITECTURES["llama-3-8b"], quantization: "F16" },
};

type CardName = keyof typeof CARD_MEMORY_MIB;

interface Asked {
  readonly model: Model;
  readonly cards: readonly CardName[];
  readonly extras: Extras;
  readonly quantization?: QuantizationName;
  readonly scenario?: Partial<Scenario>;
}

function fitOf({ model, cards, extras, quantization = "F16", scenario }: Asked): Fit {
  const machine = machineOf(
    cards.map((name, index) => namedCard(name, index)),
    256,
  );
  return estimateFit(model, machine, { ...DEFAULT_SCENARIO, ...scenario, extras }, quantization);
}

const LLAMA = fixtureModel("llama-3-8b");
const GEMMA = shippedModel("gemma-3-27b");
const QWEN = shippedModel("qwen3-next-80b-a3b");

describe("what is loaded beside a model", () => {
  test("is absent from an answer where nothing is", () => {
    const plain = estimateFit(LLAMA, machineOf([namedCard("RTX 4090", 0)], 64), DEFAULT_SCENARIO);
    const none = fitOf({ model: LLAMA, cards: ["RTX 4090"], extras: NOTHING });
    expect(none.memory).toEqual({ ...plain.memory });
    expect(none.memory).not.toHaveProperty("extrasBytes");
    expect(none).not.toHaveProperty("extras");
  });

  test.each<readonly [string, Asked, number]>([
    [
      "a projector: 423,060,336 × 2",
      { model: GEMMA, cards: ["H100 80GB"], extras: { ...NOTHING, projector: true } },
      846_120_672,
    ],
    [
      "an adapter of rank 16: 81,920 × 16 × 32 × 4",
      { model: LLAMA, cards: ["RTX 4090"], extras: { ...NOTHING, loraRank: 16 } },
      167_772_160,
    ],
    [
      // file 16,061,054,976; cache 1,073,741,824; logits (128256 + 4096) × 512 × 4 and 3 / 8 of a mask of 8192 × 512 × 4
      "a draft model: file, cache and buffer",
      { model: LLAMA, cards: ["H100 80GB"], extras: DRAFT },
      16_061_054_976 + 1_073_741_824 + 271_056_896 + 6_291_456,
    ],
    [
      /* Weights of the block in F16, norms and router in F32; a cache of 8192 × 2 × 512 × 2; logits
       * (151936 + 2048) × 512 × 4 and 3 / 8 of a mask; the state of 36 layers twice more. */
      "a multi-token-prediction block",
      { model: QWEN, cards: ["H100 80GB", "H100 80GB", "H100 80GB"], extras: { ...NOTHING, mtp: true } },
      3_303_065_600 + 16_777_216 + 315_359_232 + 6_291_456 + 2 * 36 * (32 * 128 * 128 + 8192 * 3) * 4,
    ],
  ])("%s", (_title, asked, bytes) => {
    const { memory, extras, placement } = fitOf(asked);
    expect(memory?.extrasBytes).toBe(bytes);
    expect(extras?.map((part) => part.bytes)).toEqual([bytes]);
    expect(placement.devices.map(({ parts }) => parts.extrasBytes)).toEqual(
      placement.devices.map((_, index) => (index === 0 ? bytes : undefined)),
    );
  });

  test("takes room: what held alone needs more with it", () => {
    const asked = { model: LLAMA, cards: ["RTX 4090"] as const };
    expect(fitOf({ ...asked, extras: NOTHING }).verdict.kind).toBe("fits");
    const { verdict } = fitOf({ ...asked, extras: DRAFT });
    expect(verdict.kind).not.toBe("fits");
  });

  test("lies in RAM where there is no card", () => {
    const { placement } = fitOf({ model: LLAMA, cards: [], extras: { ...NOTHING, loraRank: 16 } });
    expect(placement.devices.map(({ name, parts }) => [name, parts.extrasBytes])).toEqual([
      ["RAM", 167_772_160],
    ]);
  });

  test.each([
    ["llama.cpp", undefined, "layer"],
    ["llama.cpp, by tensors", undefined, "tensor"],
    ["vllm", "vllm", "tensor"],
    ["exllama", "exllama", "tensor"],
  ] as const)("is in the sums of devices, answers, words and explanations: %s", (_name, runtimeId, split) => {
    const runtime = SHIPPED.runtimes.find(({ id }) => id === runtimeId);
    const model = fixtureModel("llama-2-70b");
    const fit = fitOf({
      model,
      cards: ["H100 80GB", "H100 80GB", "H100 80GB", "H100 80GB"],
      extras: { ...DRAFT, loraRank: 8 },
      quantization: "BF16",
      scenario: { split, ...(runtime === undefined ? {} : { runtime }) },
    });
    const { memory, placement } = fit;
    if (memory === null || !isKnown(model.architecture)) throw new Error("the model is known");
    const total = memory.totalBytes;
    const sum = (items: readonly { readonly bytes: number }[]): number =>
      items.reduce((all, { bytes }) => all + bytes, 0);
    expect(placement.devices.length).toBeGreaterThan(1);
    expect(placement.devices.reduce((all, { usedBytes }) => all + usedBytes, 0)).toBe(total);
    expect(sum(placement.devices.flatMap(({ parts }) => usedParts(parts)))).toBe(total);
    expect(sum(neededParts(memory))).toBe(total);
    expect(sum(explainFit(fit, model.architecture.value, "BF16"))).toBe(total);
  });

  test.each<readonly [string, Model, Extras, string]>([
    ["a projector", LLAMA, { ...NOTHING, projector: true }, "llama-3-8b takes no images."],
    ["a block", LLAMA, { ...NOTHING, mtp: true }, "No multi-token-prediction block of llama-3-8b is known."],
  ])("without its figure nothing is claimed: %s", (_title, model, extras, missing) => {
    expect(fitOf({ model, cards: ["RTX 4090"], extras }).verdict).toMatchObject({ kind: "unknown", missing });
  });

  test("says what of it is not counted", () => {
    const { caveats } = fitOf({
      model: GEMMA,
      cards: ["H100 80GB"],
      extras: { ...NOTHING, projector: true },
    });
    expect(caveats).toEqual(["What the vision tower takes while it reads an image is not counted."]);
  });
});
