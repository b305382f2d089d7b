import { describe, expect, test } from "vitest";
import { bitsPerWeight, weightsBytes, weightsOf } from "#engine/memory/weights.ts";
import type { QuantizationName } from "#engine/quantization.ts";
import { ARCHITECTURES } from "../../fixtures/architectures.ts";

/** Llama-3.1-8B as llama.cpp publishes it (tools/quantize/README.md), two decimals. */
const PUBLISHED: readonly (readonly [QuantizationName, number])[] = [
  ["IQ1_S", 2.0],
  ["IQ1_M", 2.15],
  ["IQ2_XXS", 2.38],
  ["IQ2_XS", 2.59],
  ["IQ2_S", 2.74],
  ["IQ2_M", 2.93],
  ["Q2_K_S", 2.97],
  ["Q2_K", 3.16],
  ["IQ3_XXS", 3.25],
  ["IQ3_XS", 3.5],
  ["Q3_K_S", 3.64],
  ["IQ3_S", 3.66],
  ["IQ3_M", 3.76],
  ["Q3_K_M", 4.0],
  ["Q3_K_L", 4.3],
  ["Q4_K_S", 4.67],
  ["Q4_K_M", 4.89],
  ["Q5_K_S", 5.57],
  ["Q5_K_M", 5.7],
  ["Q6_K", 6.56],
  ["Q8_0", 8.5],
  ["F16", 16.0],
];

describe("bits per weight of Llama 3.1 8B are those published", () => {
  test.each(PUBLISHED)("%s: %d", (quantization, expected) => {
    expect(Math.abs(bitsPerWeight(ARCHITECTURES["llama-3-8b"], quantization) - expected)).toBeLessThan(0.006);
  });

  // Published without an importance matrix, which raises the first eighth; with one, as files are offered, 4.42.
  test("IQ4_XS: 4.46 within 1 %", () => {
    const bits = bitsPerWeight(ARCHITECTURES["llama-3-8b"], "IQ4_XS");
    expect(Math.abs(bits / 4.46 - 1)).toBeLessThan(0.01);
  });
});

test.each([
  // 8,029,995,008 matrix weights by 2 bytes and 266,240 norms by 4: what llama.cpp logs as 14.96 GiB.
  ["llama-3-8b", "F16", 16_061_054_976],
  // Published checkpoint sizes: 5.73 GB of AWQ (16 bit embedding and output, 4.15625 bits a weight of the layers).
  ["llama-3-8b", "AWQ", 5_728_000_000],
  // 16 bits outside the layers, an FP8 scale per 16 within: 4.5 bits.
  ["llama-3-8b", "NVFP4", 2 * 1_050_673_152 + (6_979_321_856 * 4.5) / 8],
  // Everything but norms in 4.5 bits: MLX quantises the embedding, too.
  ["llama-3-8b", "MLX_4BIT", (8_029_995_008 * 4.5) / 8],
  // The output in 6 bits, the embedding in 16, the layers in 4.
  ["llama-3-8b", "EXL2_4BPW", 525_336_576 * (2 + 6 / 8) + 6_979_321_856 / 2],
  // gpt-oss-20b's checkpoint: 13.76 GB.
  ["gpt-oss-20b", "MXFP4", 13_760_000_000],
  // Mixtral counts all eight experts: 46.7 B weights by 2 bytes.
  ["mixtral-8x7b", "F16", 93_406_650_368],
] as const)("%s in %s takes %d bytes within 0.1 %%", (id, quantization, expected) => {
  const bytes = weightsBytes(weightsOf(ARCHITECTURES[id], quantization));
  expect(Math.abs(bytes / expected - 1)).toBeLessThan(0.001);
});

test("a tied embedding is on the card as the output matrix and once more in RAM: Gemma 2B in Q8_0, 531 MiB", () => {
  const weights = weightsOf(ARCHITECTURES["gemma-2b"], "Q8_0");
  const tableBytes = (256_000 * 2048 * 34) / 32;
  expect(weights.lookupBytes).toBe(tableBytes);
  expect(weights.embeddingCopyBytes).toBe(tableBytes);
  expect(weights.outputBytes).toBe(tableBytes + 2048 * 4); // and the last norm
});

test("a checkpoint of another runtime has its table on the card and no copy", () => {
  const weights = weightsOf(ARCHITECTURES["gemma-2b"], "AWQ");
  expect([weights.embeddingCopyBytes, weights.keepsLookupInRam]).toEqual([0, false]);
});

test("Llama 3 8B's table in Q4_K_M is 281.81 MiB, as logged for what stays in RAM", () => {
  const { lookupBytes } = weightsOf(ARCHITECTURES["llama-3-8b"], "Q4_K_M");
  expect(lookupBytes / 1024 ** 2).toBeCloseTo(281.81, 2);
});

/** GiB of files as loaders print them: experts in MXFP4, the rest as the name says. */
test.each([
  ["F16", 12.83],
  ["Q8_0", 11.27],
] as const)("gpt-oss-20b in %s is %d GiB: its experts stay in MXFP4", (quantization, expectedGib) => {
  const weights = weightsOf(ARCHITECTURES["gpt-oss-20b"], quantization, "MXFP4");
  expect(Math.abs(weightsBytes(weights) / 1024 ** 3 - expectedGib)).toBeLessThan(0.02);
});

test("routed experts are told apart, since they can stay in RAM alone", () => {
  const { layers } = weightsOf(ARCHITECTURES["mixtral-8x7b"], "F16");
  expect(layers[0]?.routedExpertBytes).toBe(8 * 3 * 4096 * 14_336 * 2);
});
