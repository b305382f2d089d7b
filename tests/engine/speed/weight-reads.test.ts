import { describe, expect, test } from "vitest";
import type { QuantizationName } from "#engine/quantization.ts";
import { weightReadBytes, weightReadsOf } from "#engine/speed/weight-reads.ts";
import { ARCHITECTURES, type ArchitectureName } from "../../fixtures/architectures.ts";

function readBytes(id: ArchitectureName, quantization: QuantizationName): number {
  const reads = weightReadsOf(ARCHITECTURES[id], { quantization, experts: "as-the-rest" });
  if (reads === null) throw new Error(`${id} has no reads`);
  return weightReadBytes(reads);
}

/** Norms and routers are F32 in GGUF: 4 bytes each. */
const F32 = 4;

describe("what a token reads, by hand", () => {
  const llamaMatrices = 4 * 4096 * 4096 + 3 * 4096 * 11_008;
  const mixtralAttention = 2 * 4096 * 4096 + 2 * 4096 * 1024;
  const mixtralExperts = 3 * 4096 * 14_336;
  const oss = 2880;
  const ossAttention = oss * 64 * 64 * 2 + 2 * oss * 8 * 64;
  const ossSmall = 2 * oss + 80 * 64 + oss + 64 + 32 + 32 * 3 * oss;
  test.each<[ArchitectureName, QuantizationName, string, number]>([
    [
      "llama-2-7b",
      "Q4_0",
      "18 bytes for 32 weights, the output matrix in Q6_K, no lookup of the embedding",
      32 * ((llamaMatrices * 18) / 32 + 8192 * F32) + (4096 * 32_000 * 210) / 256 + 4096 * F32,
    ],
    [
      "llama-2-7b",
      "F16",
      "two bytes each",
      32 * (llamaMatrices * 2 + 8192 * F32) + 4096 * 32_000 * 2 + 4096 * F32,
    ],
    [
      "mixtral-8x7b",
      "F16",
      "two of eight experts, the router in full",
      32 * (mixtralAttention * 2 + 2 * mixtralExperts * 2 + 4096 * 8 * F32 + 8192 * F32) +
        4096 * 32_000 * 2 +
        4096 * F32,
    ],
    [
      "gpt-oss-20b",
      "MXFP4_MOE",
      "four of 32 experts at 17 bytes for 32, the rest at 34",
      24 * ((ossAttention * 34) / 32 + (4 * 3 * oss * oss * 17) / 32 + oss * 32 * F32 + ossSmall * F32) +
        (oss * 201_088 * 34) / 32 +
        oss * F32,
    ],
  ])("%s in %s: %s", (id, quantization, _why, expected) => {
    expect(readBytes(id, quantization)).toBe(expected);
  });

  test("a tied output matrix is read once, though the table it shares is only looked up", () => {
    const layer = 2 * (2 * 2048 * 8 * 256 + 2 * 2048 * 256 + 3 * 2048 * 16_384) + 4096 * F32;
    expect(readBytes("gemma-2b", "F16")).toBe(18 * layer + 2048 * 256_000 * 2 + 2048 * F32);
  });

  test("a tied table of a checkpoint is read in 16 bits", () => {
    const perLayer = 2048 * 8 * 256 * 2 + 2 * 2048 * 256 + 3 * 2048 * 16_384;
    const quantised = 18 * ((perLayer * 66.5) / 128 + 4096 * 2);
    expect(readBytes("gemma-2b", "AWQ") / (quantised + 2048 * 256_000 * 2 + 2048 * 2)).toBeCloseTo(1, 4);
  });

  test("experts that stay in MXFP4 whatever the file's name are read as such", () => {
    const packing = { quantization: "Q8_0", experts: "MXFP4" } as const;
    const reads = weightReadsOf(ARCHITECTURES["gpt-oss-20b"], packing);
    expect(reads?.layers[0]?.routedExpertBytes).toBe((4 * 3 * 2880 * 2880 * 17) / 32);
  });
});
