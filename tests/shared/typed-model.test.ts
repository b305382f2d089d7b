import { describe, expect, test } from "vitest";
import {
  NOTHING_TYPED,
  parametersSoFar,
  readTypedModel,
  typedFrom,
  type TypedModel,
  type TypedProblems,
} from "#shared/typed-model.ts";

/** The figures of Llama 3.1 8B's config.json (`catalog/models/llama-3.json`). */
const LLAMA: TypedModel = {
  ...NOTHING_TYPED,
  name: "My Llama",
  parameters: "8.03B",
  layers: "32",
  hiddenSize: "4,096",
  vocabulary: "128256",
  heads: "32",
  kvHeads: "8",
  feedForwardSize: "14336",
  context: "128K",
};

const MIXTURE: TypedModel = { ...LLAMA, parameters: "", isMixture: true, experts: "8", activeExperts: "2" };

describe("what was typed", () => {
  test("is a model whose parameters add up to those of Llama 3.1 8B", () => {
    expect(parametersSoFar(LLAMA)).toBe(8_030_261_248);
    expect(readTypedModel(LLAMA)).toEqual({
      kind: "ok",
      model: {
        name: "My Llama",
        developer: null,
        publishedParameterCount: 8_030_000_000,
        trainedContextLength: 131_072,
        releasePrecision: null,
        licence: null,
        layerCount: 32,
        hiddenSize: 4096,
        vocabularySize: 128_256,
        headCount: 32,
        kvHeadCount: 8,
        headLength: 128,
        feedForwardSize: 14_336,
        isGated: true,
        tiedEmbeddings: false,
        experts: null,
      },
    });
  });

  test("of KV heads and head size left out is all heads, and the hidden size over them", () => {
    expect(readTypedModel({ ...LLAMA, parameters: "", kvHeads: "" })).toMatchObject({
      model: { kvHeadCount: 32, headLength: 128, publishedParameterCount: null },
    });
  });

  test.each(["experts", "sharedSize"] as const)("of a mixture is read back as it was: %s", (field) => {
    const more = { licence: "MIT", commercialUse: "yes", precision: "BF16" };
    const read = readTypedModel({ ...MIXTURE, [field]: "16", ...more });
    if (read.kind === "wrong") throw new Error(JSON.stringify(read.problems));
    expect(readTypedModel(typedFrom(read.model))).toEqual(read);
    expect(typedFrom(read.model)).toMatchObject({ [field]: "16", ...more });
  });
});

const WRONG: readonly (readonly [string, Partial<TypedModel>, TypedProblems])[] = [
  ["no name", { name: "  " }, { name: "The model needs a name." }],
  ["a name too long", { name: "x".repeat(201) }, { name: "At most 200 characters." }],
  ["a size left out", { layers: "" }, { layers: "This is needed; it stands in the model's config.json." }],
  ["a size that is no number", { hiddenSize: "big" }, { hiddenSize: "A whole number above 0." }],
  ["a size of 0", { heads: "0" }, { heads: "A whole number above 0." }],
  [
    "a use without its licence",
    { licence: " ", commercialUse: "yes" },
    { licence: "Name the licence that says so." },
  ],
  ["a fraction", { heads: "31.5" }, { heads: "A whole number above 0." }],
  ["too many layers", { layers: "1025" }, { layers: "No known model has as many." }],
  [
    "heads that do not divide",
    { kvHeads: "5" },
    { kvHeads: "The attention heads must be a multiple of the KV heads." },
  ],
  [
    "a head size that cannot be told",
    { heads: "24", parameters: "" },
    { headSize: "The hidden size is no multiple of the heads, so the head size is needed." },
  ],
  [
    "a context that is none",
    { context: "long" },
    { context: "A count of tokens such as 32768 or 32K, or nothing." },
  ],
  [
    "parameters that are none",
    { parameters: "many" },
    { parameters: "A count such as 8.03B or 270M, or nothing." },
  ],
  [
    "parameters of another model",
    { parameters: "7B" },
    { parameters: "The sizes come to 8.03 B. One of them is wrong, or this is; it may be left empty." },
  ],
  [
    "more active experts than there are",
    { ...MIXTURE, activeExperts: "9" },
    { activeExperts: "At most as many as there are experts." },
  ],
];

test.each(WRONG)("%s is said at its field", (_name, change, problems) => {
  expect(readTypedModel({ ...LLAMA, ...change })).toEqual({ kind: "wrong", problems });
});

test("nothing typed names each field that is needed, and no other", () => {
  const read = readTypedModel(NOTHING_TYPED);
  const needed = ["feedForwardSize", "heads", "hiddenSize", "layers", "name", "vocabulary"];
  expect(read.kind === "wrong" ? Object.keys(read.problems).sort() : []).toEqual(needed);
  expect(parametersSoFar(NOTHING_TYPED)).toBeNull();
});
