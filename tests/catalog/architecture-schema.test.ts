import { expect, test } from "vitest";
import { architectureSchema } from "#catalog/architecture-schema.ts";
import { ARCHITECTURE, changed, type Json } from "./entries.ts";

const MIXER = ["layerKinds", "layer", "mixer"];
const FEED_FORWARD = ["layerKinds", "layer", "feedForward"];

const LATENT = {
  kind: "latent-attention",
  headCount: 4,
  kvLoraRank: 32,
  queryLoraRank: null,
  ropeLength: 8,
  nopeLength: 16,
  valueLength: 16,
};

const EXPERTS = { kind: "experts", expertCount: 8, activeExpertCount: 2, expertSize: 32, gated: true };

const RECURRENT = {
  kind: "recurrent",
  variant: "mamba-2",
  matrices: [[64, 128]],
  stateElementCount: 1024,
  convolutionElementCount: 96,
};

test("what only some models have may be left out and then means none", () => {
  expect(architectureSchema.parse(ARCHITECTURE)).toEqual({
    ...ARCHITECTURE,
    learnedPositionCount: 0,
    perLayerEmbedding: null,
    encoder: null,
    exactWeights: null,
    layerKinds: {
      layer: {
        mixer: {
          kind: "attention",
          headCount: 4,
          kvHeadCount: 2,
          keyLength: 16,
          valueLength: 16,
          slidingWindow: null,
          projections: "separate",
          cache: "own",
          hasOutputGate: false,
          hasCrossAttention: false,
        },
        feedForward: { kind: "dense", size: 256, gated: true },
        smallParameterCount: 128,
        otherMatrices: [],
      },
    },
  });
});

/** What a file holds, of that many layers. */
function exactWeights(layerCount: number): Json {
  const layers = Array.from({ length: layerCount }, () => ({ denseBytes: 100, routedExpertBytes: 0 }));
  return { quantization: "Q8_0", layers, lookupBytes: 10, outputBytes: 10 };
}

test.each<readonly [string, Json]>([
  ["latent attention", changed(ARCHITECTURE, MIXER, LATENT)],
  [
    "latent attention with an index",
    changed(ARCHITECTURE, MIXER, { ...LATENT, indexKeyLength: 8, indexHeadCount: 2 }),
  ],
  ["a recurrent layer", changed(ARCHITECTURE, MIXER, RECURRENT)],
  ["a layer without a mixer", changed(ARCHITECTURE, MIXER, { kind: "none" })],
  ["a mixture of experts", changed(ARCHITECTURE, FEED_FORWARD, EXPERTS)],
  ["sizes of a file", changed(ARCHITECTURE, ["exactWeights"], exactWeights(2))],
  ["experts in a latent space", changed(ARCHITECTURE, FEED_FORWARD, { ...EXPERTS, latentSize: 16 })],
])("%s is accepted", (_title, input) => {
  expect(architectureSchema.safeParse(input).error).toBeUndefined();
});

test.each<readonly [string, Json, string, string]>([
  [
    "a file's sizes of another count of layers",
    changed(ARCHITECTURE, ["exactWeights"], exactWeights(3)),
    "exactWeights.layers",
    "expected 2 layers, as layerOrder has, found 3",
  ],
  [
    "a size as text",
    changed(ARCHITECTURE, ["hiddenSize"], "64"),
    "hiddenSize",
    "Invalid input: expected number, received string",
  ],
  [
    "a size of 0",
    changed(ARCHITECTURE, ["vocabularySize"], 0),
    "vocabularySize",
    "Too small: expected number to be >0",
  ],
  [
    "half a head",
    changed(ARCHITECTURE, [...MIXER, "headCount"], 4.5),
    "layerKinds.layer.mixer.headCount",
    "Invalid input: expected int, received number",
  ],
  [
    "a missing field",
    changed(ARCHITECTURE, ["tiedEmbeddings"], undefined),
    "tiedEmbeddings",
    "Invalid input: expected boolean, received undefined",
  ],
  ["an unknown key", changed(ARCHITECTURE, ["hidden_size"], 64), "", 'Unrecognized key: "hidden_size"'],
  [
    "heads that do not divide",
    changed(ARCHITECTURE, [...MIXER, "kvHeadCount"], 3),
    "layerKinds.layer.mixer.kvHeadCount",
    "expected headCount to be a multiple of kvHeadCount",
  ],
  [
    "more active experts than there are",
    changed(ARCHITECTURE, FEED_FORWARD, { ...EXPERTS, activeExpertCount: 9 }),
    "layerKinds.layer.feedForward.activeExpertCount",
    "expected activeExpertCount to be at most expertCount",
  ],
  [
    "an index without its head count",
    changed(ARCHITECTURE, MIXER, { ...LATENT, indexKeyLength: 8 }),
    "layerKinds.layer.mixer.indexHeadCount",
    "expected indexKeyLength and indexHeadCount both, or neither",
  ],
  [
    "an order that names a kind there is not",
    changed(ARCHITECTURE, ["layerOrder"], [{ repeat: 1, of: ["layer", "full"] }]),
    "layerOrder.0.of.1",
    'expected a name in layerKinds, found "full"',
  ],
  [
    "a kind that the order never uses",
    changed(ARCHITECTURE, ["layerKinds", "spare"], {
      mixer: { kind: "none" },
      feedForward: { kind: "none" },
      smallParameterCount: 0,
    }),
    "layerKinds.spare",
    'expected a kind that layerOrder uses, found "spare"',
  ],
  [
    "a run that is repeated no times",
    changed(ARCHITECTURE, ["layerOrder"], [{ repeat: 0, of: ["layer"] }]),
    "layerOrder.0.repeat",
    "Too small: expected number to be >0",
  ],
  [
    "a matrix with one width",
    changed(ARCHITECTURE, MIXER, { ...RECURRENT, matrices: [[64]] }),
    "layerKinds.layer.mixer.matrices.0",
    "Too small: expected array to have >=2 items",
  ],
])("%s is refused, with its place", (_title, input, path, message) => {
  const issues = architectureSchema.safeParse(input).error?.issues ?? [];
  expect(issues.map((issue) => [issue.path.join("."), issue.message])).toEqual([[path, message]]);
});
