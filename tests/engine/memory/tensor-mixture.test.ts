import { describe, expect, test } from "vitest";
import { tensorTypeIn, type MixtureModel, type MixturePosition } from "#engine/memory/tensor-mixture.ts";
import type { Tensor, TensorRole } from "#engine/memory/tensors.ts";
import type { QuantizationName } from "#engine/quantization.ts";

/** Llama 3 8B: 32 layers, four query heads to a key/value head. */
const LLAMA: MixtureModel = { layerCount: 32, expertCount: 1, groupedQueryRatio: 4, valueTensorCount: 32 };
const MIXTRAL: MixtureModel = { ...LLAMA, expertCount: 8 };
const LLAMA_70B: MixtureModel = {
  layerCount: 80,
  expertCount: 1,
  groupedQueryRatio: 8,
  valueTensorCount: 80,
};
const FIRST: MixturePosition = { tiedEmbeddings: false, valueIndex: 0, downIndex: 0 };
const MIDDLE: MixturePosition = { tiedEmbeddings: false, valueIndex: 12, downIndex: 12 };

function tensor(role: TensorRole, rowLength = 4096, isRoutedExpert = false): Tensor {
  return { role, rowLength, elementCount: rowLength * 4096, isRoutedExpert };
}

type Row = readonly [string, QuantizationName, TensorRole, MixtureModel, MixturePosition, string];

describe("a GGUF mixture raises the tensors that suffer most", () => {
  test.each<Row>([
    ["the output matrix", "Q4_K_M", "output", LLAMA, FIRST, "Q6_K"],
    ["the output matrix of a two-bit type", "IQ2_XXS", "output", LLAMA, FIRST, "Q5_K"],
    [
      "a tied embedding, which is the output too",
      "Q4_K_M",
      "token-embedding",
      LLAMA,
      { ...FIRST, tiedEmbeddings: true },
      "Q6_K",
    ],
    ["but not an embedding that is only looked up", "Q4_K_M", "token-embedding", LLAMA, FIRST, "Q4_K"],
    ["values of the first eighth", "Q4_K_M", "attention-v", LLAMA, FIRST, "Q6_K"],
    [
      "values of every third in the middle: (12 - 4) mod 3 = 2",
      "Q4_K_M",
      "attention-v",
      LLAMA,
      MIDDLE,
      "Q6_K",
    ],
    ["not the others there", "Q4_K_M", "attention-v", LLAMA, { ...MIDDLE, valueIndex: 13 }, "Q4_K"],
    ["down projections likewise", "Q5_K_M", "ffn-down", LLAMA, FIRST, "Q6_K"],
    ["gate and up stay at the base type", "Q4_K_M", "ffn-up", LLAMA, FIRST, "Q4_K"],
    [
      "values of a model of 80 layers",
      "Q4_K_M",
      "attention-v",
      LLAMA_70B,
      { ...MIDDLE, valueIndex: 13 },
      "Q5_K",
    ],
    ["values of eight experts", "Q4_K_M", "attention-v", MIXTRAL, FIRST, "Q8_0"],
    ["the attention's output of eight experts", "Q4_K_M", "attention-output", MIXTRAL, FIRST, "Q5_K"],
    ["Q2_K's down projections", "Q2_K", "ffn-down", LLAMA, MIDDLE, "Q3_K"],
    ["the lookup table of a two-bit type", "IQ2_M", "token-embedding", LLAMA, FIRST, "IQ3_S"],
    ["norms are never quantised", "Q4_K_M", "small", LLAMA, FIRST, "F32"],
    ["nor is a router", "Q2_K", "router", MIXTRAL, FIRST, "F32"],
    ["F16 is F16 throughout", "F16", "ffn-down", LLAMA, FIRST, "F16"],
  ])("%s: %s", (_title, ...[quantization, role, model, position, expected]) => {
    expect(tensorTypeIn(quantization, tensor(role), model, position)).toBe(expected);
  });
});

test.each([
  ["Q4_K", "Q4_K_M", 4096, "Q4_K"],
  ["rows of 2880 are no multiple of 256: Q5_0", "Q4_K_M", 2880, "Q5_0"],
  ["the same for Q6_K: Q8_0", "Q6_K", 2880, "Q8_0"],
  ["IQ3_XXS falls back to IQ4_NL", "IQ3_XXS", 2880, "IQ4_NL"],
  ["rows of 4097 hold no block at all: F16", "Q4_K_M", 4097, "F16"],
] as const)("a row must be whole blocks: %s", (_title, quantization, rowLength, expected) => {
  expect(tensorTypeIn(quantization, tensor("ffn-gate", rowLength), LLAMA, FIRST)).toBe(expected);
});

describe("checkpoints keep what is outside the layers at 16 bits", () => {
  test.each([
    ["AWQ", "output", false, "BF16"],
    ["AWQ", "token-embedding", false, "BF16"],
    ["AWQ", "ffn-down", false, "INT4_G128"],
    ["FP8", "attention-q", false, "FP8_B128"],
    ["MXFP4", "attention-q", false, "BF16"],
    ["MXFP4", "ffn-up", true, "MXFP4"],
  ] as const)("%s, %s, routed expert %s: %s", (quantization, role, isRoutedExpert, expected) => {
    expect(tensorTypeIn(quantization, tensor(role, 4096, isRoutedExpert), MIXTRAL, FIRST)).toBe(expected);
  });
});
