import { expect, test } from "vitest";
import { tensorBitsPerWeight, tensorBytes, type TensorType } from "#engine/tensor-type.ts";

/** Derived from the layouts of ggml's blocks: values, scales and minima of one block, by its count of values. */
const DENSITIES: readonly (readonly [TensorType, number, string])[] = [
  ["F32", 32, "one float"],
  ["F16", 16, "one half"],
  ["BF16", 16, "one bfloat"],
  ["Q8_0", 8.5, "32 bytes and a half: 34 bytes for 32"],
  ["Q5_1", 6, "16 bytes, 4 of fifth bits, scale and minimum: 24 for 32"],
  ["Q5_0", 5.5, "16 bytes, 4 of fifth bits, a scale: 22 for 32"],
  ["Q4_1", 5, "16 bytes, scale and minimum: 20 for 32"],
  ["Q4_0", 4.5, "16 bytes and a scale: 18 for 32"],
  ["IQ4_NL", 4.5, "16 bytes and a scale: 18 for 32"],
  ["MXFP4", 4.25, "16 bytes and an exponent: 17 for 32"],
  ["Q6_K", 6.5625, "128 + 64 bytes, 16 scales, a half: 210 for 256"],
  ["Q5_K", 5.5, "128 + 32 bytes, 12 of scales, two halves: 176 for 256"],
  ["Q4_K", 4.5, "128 bytes, 12 of scales, two halves: 144 for 256"],
  ["Q3_K", 3.4375, "64 + 32 bytes, 12 of scales, a half: 110 for 256"],
  ["Q2_K", 2.625, "64 bytes, 16 of scales, two halves: 84 for 256"],
  ["IQ4_XS", 4.25, "128 bytes, 4 + 2 of scales, a half: 136 for 256"],
  ["IQ3_S", 3.4375, "110 for 256"],
  ["IQ3_XXS", 3.0625, "98 for 256"],
  ["IQ2_S", 2.5625, "82 for 256"],
  ["IQ2_XS", 2.3125, "74 for 256"],
  ["IQ2_XXS", 2.0625, "66 for 256"],
  ["IQ1_M", 1.75, "56 for 256"],
  ["IQ1_S", 1.5625, "50 for 256"],
  ["NVFP4", 4.5, "8 bytes and an FP8 scale: 9 for 16"],
  ["MLX_4_G64", 4.5, "32 bytes, a scale and a bias in 16 bits: 36 for 64"],
  ["MLX_6_G64", 6.5, "48 bytes and the same: 52 for 64"],
  ["MLX_8_G64", 8.5, "64 bytes and the same: 68 for 64"],
  ["INT4_G128", 4.15625, "64 bytes, a scale in 16 bits and a zero in 4: 66.5 for 128"],
  ["INT4_G32", 4.5, "16 bytes and a scale: 18 for 32"],
  ["FP8_B128", 8.001953125, "16,384 bytes and a float"],
];

test.each(DENSITIES)("%s holds a weight in %d bits: %s", (type, bits) => {
  expect(tensorBitsPerWeight(type)).toBe(bits);
});

test("a 4096 × 4096 matrix in Q4_K is 9 MiB: 16,777,216 weights in blocks of 256 by 144 bytes", () => {
  expect(tensorBytes("Q4_K", 4096 * 4096)).toBe(9 * 1024 * 1024);
});
