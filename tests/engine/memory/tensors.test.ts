import { expect, test } from "vitest";
import { expandLayers, layerTensors, parameterCount, type Tensor } from "#engine/memory/tensors.ts";
import type { Mixer } from "#engine/model.ts";
import { ARCHITECTURES, architectureOf, attention, experts, gated } from "../../fixtures/architectures.ts";

test.each([
  // Equal to the counts published with the checkpoints.
  ["llama-2-7b", 6_738_415_616],
  ["llama-2-70b", 68_976_648_192],
  ["llama-3-8b", 8_030_261_248],
  ["mistral-7b", 7_241_732_096],
  ["mixtral-8x7b", 46_702_792_704],
  ["qwen2.5-7b", 7_615_616_512],
  ["qwen3-30b-a3b", 30_532_122_624],
  ["gemma-2b", 2_506_172_416],
  ["gemma-2-9b", 9_241_705_984],
  ["phi-3-mini", 3_821_079_552],
  ["gpt-oss-20b", 20_914_757_184],
] as const)("%s has %d parameters", (id, expected) => {
  expect(parameterCount(ARCHITECTURES[id])).toBe(expected);
});

test("DeepSeek-V3 has 671.03 B parameters within 0.01 %, norms of its latents aside", () => {
  expect(parameterCount(ARCHITECTURES["deepseek-v3"]) / 671_026_419_200).toBeCloseTo(1, 4);
});

test("one layer of Llama 3 8B: q and o 4096², k and v 4096 × 1024, three matrices of 4096 × 14336, two norms", () => {
  const [layer] = expandLayers(ARCHITECTURES["llama-3-8b"]);
  const counts = layer === undefined ? [] : layerTensors(layer, 4096).map(({ elementCount }) => elementCount);
  expect(counts).toEqual([
    4096 * 4096,
    4096 * 1024,
    4096 * 1024,
    4096 * 4096,
    4096 * 14_336,
    4096 * 14_336,
    4096 * 14_336,
    2 * 4096,
  ]);
});

const HIDDEN = 1024;

test.each<readonly [string, Mixer, number]>([
  [
    "fused projections hold as much as separate ones",
    attention(8, 2, 128, { projections: "fused" }),
    2_621_440,
  ],
  ["separate projections: q and o 1024², k and v 1024 × 256", attention(8, 2, 128), 2_621_440],
  [
    "where v is made from k there is no v matrix",
    attention(8, 2, 128, { projections: "key-is-value" }),
    2_359_296,
  ],
  ["a layer that reads another's cache has q and o only", attention(8, 2, 128, { cache: "none" }), 2_097_152],
  [
    "an output gate is one more matrix of the query's width",
    attention(8, 2, 128, { hasOutputGate: true }),
    3_670_016,
  ],
  ["cross attention doubles all four", attention(8, 2, 128, { hasCrossAttention: true }), 5_242_880],
])("%s", (_title, mixer, expected) => {
  const kind = { mixer, feedForward: { kind: "none" } as const, smallParameterCount: 0, otherMatrices: [] };
  const counts = layerTensors(kind, HIDDEN).map(({ elementCount }) => elementCount);
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(expected);
});

test("experts in a latent space: two projections, and routed experts as wide as the space", () => {
  const feedForward = { ...experts(8, 2, 512, 2048), latentSize: 256 } as const;
  const kind = { mixer: { kind: "none" } as const, feedForward, smallParameterCount: 0, otherMatrices: [] };
  const tensors = layerTensors(kind, HIDDEN);
  const sum = (parts: readonly Tensor[]): number =>
    parts.reduce((total, { elementCount }) => total + elementCount, 0);
  expect(sum(tensors.filter(({ isRoutedExpert }) => isRoutedExpert))).toBe(8 * 3 * 256 * 512);
  expect(sum(tensors)).toBe(8 * 3 * 256 * 512 + 8 * 1024 + 2 * 1024 * 256 + 3 * 1024 * 2048);
});

test("further matrices of a layer count with it", () => {
  const kind = {
    mixer: { kind: "none" },
    feedForward: { kind: "none" },
    smallParameterCount: 7,
    otherMatrices: [
      [1024, 256],
      [256, 1024],
    ],
  } as const;
  const counts = layerTensors(kind, HIDDEN).map(({ elementCount }) => elementCount);
  expect(counts).toEqual([262_144, 262_144, 7]);
});

test("layers come in the order of the runs", () => {
  const architecture = architectureOf({
    hiddenSize: HIDDEN,
    vocabularySize: 1000,
    repeat: 2,
    layers: [
      [2, attention(8, 2, 128, { slidingWindow: 512 }), gated(4096)],
      [1, attention(8, 2, 128), gated(4096)],
    ],
  });
  const windows = expandLayers(architecture).map(({ mixer }) =>
    mixer.kind === "attention" ? mixer.slidingWindow : undefined,
  );
  expect(windows).toEqual([512, 512, null, 512, 512, null]);
});

test("a run that names a kind the architecture does not have is a bug", () => {
  const broken = { ...ARCHITECTURES["llama-3-8b"], layerOrder: [{ repeat: 1, of: ["missing"] }] };
  expect(() => expandLayers(broken)).toThrow('"missing"');
});
