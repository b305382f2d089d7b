import { describe, expect, test } from "vitest";
import { isKnown } from "#engine/fact.ts";
import { loraBytes } from "#engine/memory/lora-adapter.ts";
import { hasMtpBlock, mtpBlock } from "#engine/memory/mtp-block.ts";
import { expandLayers, layerTensors } from "#engine/memory/tensors.ts";
import { projectorBytes } from "#engine/memory/vision-projector.ts";
import type { Architecture } from "#engine/model.ts";
import { ARCHITECTURES } from "../../fixtures/architectures.ts";
import { SHIPPED, shippedModel } from "../../catalog/shipped.ts";

describe("a vision tower and its projector", () => {
  test.each([
    ["gemma-3-4b", 839_632_608], // (4,300,079,472 - 3,880,263,168) × 2
    ["gemma-3-27b", 846_120_672], // (27,432,406,640 - 27,009,346,304) × 2
    ["qwen3.5-9b", 912_020_960], // (9,409,813,744 - 8,953,803,264) × 2
    ["qwen3-vl-4b", 830_695_424], // (4,437,815,808 - 4,022,468,096) × 2
    ["ministral-3-8b", 856_944_640], // (8,918,026,240 - 8,489,553,920) × 2
  ])("of %s take %d bytes", (id, bytes) => {
    expect(projectorBytes(shippedModel(id))).toMatchObject({ value: bytes });
  });

  test.each([
    ["llama-3.1-8b", "takes no images"],
    ["minimax-m3", "is not known"], // its count is rounded
    ["gemma-3n-e4b", "is not known"], // its count holds an audio tower, too
    ["kimi-k2.5", "is not known"], // no count but the decoder's is known
    ["llama-3.2-11b-vision", "is not known"], // nor its layers
  ])("of %s: %s", (id, reason) => {
    const bytes = projectorBytes(shippedModel(id));
    expect(isKnown(bytes) ? null : bytes.missing).toContain(reason);
  });

  test("are known for these models of the catalog, each below 2 GB", () => {
    const known = SHIPPED.models.flatMap((model) => {
      const bytes = projectorBytes(model);
      return isKnown(bytes) ? [{ id: model.id, bytes: bytes.value }] : [];
    });
    expect(known.map(({ id }) => id)).toEqual([
      "devstral-small-2-24b",
      "gemma-3-4b",
      "gemma-3-12b",
      "gemma-3-27b",
      "gemma-4-26b-a4b",
      "gemma-4-31b",
      "llama-4-scout",
      "llama-4-maverick",
      "ministral-3-3b",
      "ministral-3-8b",
      "ministral-3-14b",
      "mistral-small-3.1-24b",
      "mistral-small-3.2-24b",
      "mistral-small-4-119b",
      "qwen3-vl-2b",
      "qwen3-vl-4b",
      "qwen3-vl-8b",
      "qwen3-vl-32b",
      "qwen3-vl-30b-a3b",
      "qwen3-vl-235b-a22b",
      "qwen3.5-0.8b",
      "qwen3.5-2b",
      "qwen3.5-4b",
      "qwen3.5-9b",
      "qwen3.5-27b",
      "qwen3.5-35b-a3b",
      "qwen3.5-122b-a10b",
      "qwen3.5-397b-a17b",
      "qwen3.6-27b",
      "qwen3.6-35b-a3b",
      "qwen3.8-27b",
    ]);
    expect(Math.max(...known.map(({ bytes }) => bytes))).toBeLessThan(2e9);
  });
});

describe("a multi-token-prediction block", () => {
  const elementCount = (id: "qwen3-next-80b-a3b" | "deepseek-v3"): number => {
    const block = mtpBlock(architectureOf(id));
    return expandLayers(block)
      .flatMap((kind) => layerTensors(kind, block.hiddenSize))
      .reduce((sum, tensor) => sum + tensor.elementCount, 0);
  };

  test("of Qwen3-Next is what the published 81,324,862,720 parameters hold beside the decoder's 79,674,391,296", () => {
    expect(elementCount("qwen3-next-80b-a3b")).toBe(81_324_862_720 - 79_674_391_296);
  });

  test("of DeepSeek-V3, with the copies of table and output in its files, is the 14 B of 685 B - 671 B", () => {
    const copies = 2 * 129_280 * 7168;
    expect((elementCount("deepseek-v3") + copies) / 1e9).toBeCloseTo(13.5, 0);
  });

  test.each([
    ["deepseek-v3", true],
    ["qwen3-next-80b-a3b", true],
    ["glm-4.5", true],
    ["qwen3.5-27b", true],
    ["glm-4.7-flash", true],
    ["llama-3.1-8b", false],
    ["qwen3-8b", false],
  ])("%s: %s", (id, expected) => {
    expect(isKnown(hasMtpBlock(shippedModel(id)))).toBe(expected);
  });
});

describe("a LoRA adapter", () => {
  /* Of one layer: q and output 4096 + 4096, k and v 4096 + 1024, gate, up and down 4096 + 14336: 81,920 in all. */
  test.each([
    ["llama.cpp", 16, 167_772_160], // × 16 × 32 layers × 4 bytes
    ["other", 16, 83_886_080],
    ["other", 64, 335_544_320],
  ] as const)("for %s, rank %d, on Llama 3 8B: %d bytes", (engine, rank, bytes) => {
    expect(loraBytes(ARCHITECTURES["llama-3-8b"], rank, engine)).toMatchObject({ value: bytes });
  });

  test("leaves experts and routers alone", () => {
    // q and output 8192 each, k and v 5120 each, × 8 × 32 × 2
    expect(loraBytes(ARCHITECTURES["mixtral-8x7b"], 8, "other")).toMatchObject({ value: 13_631_488 });
  });

  test("of latent attention is not known", () => {
    expect(isKnown(loraBytes(ARCHITECTURES["deepseek-v3"], 16, "other"))).toBe(false);
  });
});

function architectureOf(id: string): Architecture {
  const { architecture } = shippedModel(id);
  if (!isKnown(architecture)) throw new Error(`${id} has no architecture`);
  return architecture.value;
}
