import { describe, expect, test } from "vitest";
import { describeConfig } from "#catalog/hub/architecture.ts";
import { isKnown } from "#engine/fact.ts";
import { expandLayers } from "#engine/memory/tensors.ts";
import type { Architecture } from "#engine/model.ts";
import { shippedArchitecture, shippedModel } from "../shipped.ts";
import { CONFIGS } from "./configs.ts";

/** What an architecture says, whatever its kinds of layer are called. */
function content(architecture: Architecture): unknown {
  return { ...architecture, layerKinds: null, layerOrder: null, layers: expandLayers(architecture) };
}

describe("a config comes to the same layers as the catalog's own entry", () => {
  test.each(Object.entries(CONFIGS))("%s", (id, config) => {
    const ours = shippedArchitecture(id);
    const { parameterCount, trainedContextLength } = shippedModel(id);
    const published = isKnown(parameterCount) ? parameterCount.value : null;
    const { architecture } = describeConfig(config, published);
    expect(content(architecture)).toEqual(content(ours));
    expect(isKnown(trainedContextLength)).toBe(true);
  });
});

const LLAMA = CONFIGS["llama-3-8b"];

describe("what a config leaves open is named, never guessed", () => {
  test.each([
    ["no object", [], "is no JSON object"],
    ["no type", {}, 'states no "model_type"'],
    ["a type that is not known", { model_type: "brand\u001bnew" }, 'type "brand?new" cannot be described'],
    ["a key that is missing", { ...LLAMA, hidden_size: undefined }, 'does not state "hidden_size"'],
    ["a text for a number", { ...LLAMA, hidden_size: "4096" }, '"hidden_size" should be a whole number'],
    ["a fraction", { ...LLAMA, num_hidden_layers: 3.5 }, '"num_hidden_layers" should be a whole number'],
    ["a depth no model has", { ...LLAMA, num_hidden_layers: 100_000 }, "claims 100,000 layers"],
    ["heads that do not divide", { ...LLAMA, num_attention_heads: 33 }, "is no multiple of 33 heads"],
    ["a text for a switch", { ...LLAMA, tie_word_embeddings: "no" }, "should be true or false"],
    [
      "a switch whose effect is not known",
      { ...CONFIGS["phi-2"], qk_layernorm: true },
      'switches "qk_layernorm" on',
    ],
    [
      "a kind of layer that is not known",
      { ...CONFIGS["gpt-oss-20b"], layer_types: ["chunked_attention"] },
      'a layer of type "chunked_attention"',
    ],
    [
      "windows without a pattern",
      { ...CONFIGS["exaone-4.0-32b"], layer_types: undefined },
      'does not state "layer_types"',
    ],
    ["tied or not", CONFIGS["falcon-7b"], 'does not state "tie_word_embeddings"'],
  ])("%s", (_title, config, said) => {
    expect(() => describeConfig(config, null)).toThrow(said);
  });
});

describe("the published count tells what Falcon's config leaves open", () => {
  test.each([
    [7_217_189_760, false],
    [6_921_720_704, true],
  ])("%i parameters", (published, tiedEmbeddings) => {
    expect(describeConfig(CONFIGS["falcon-7b"], published).architecture.tiedEmbeddings).toBe(tiedEmbeddings);
  });
});

test("a vision model's language part is described, and said to be a part", () => {
  const { isPartOfLarger, modelType } = describeConfig(CONFIGS["gemma-3-4b"], null);
  expect({ isPartOfLarger, modelType }).toEqual({ isPartOfLarger: true, modelType: "gemma3_text" });
});
