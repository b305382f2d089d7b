import type { KvCacheType } from "#engine/kv-cache-type.ts";
import type { QuantizationName } from "#engine/quantization.ts";

/**
 * Which packings never lose less than which: the ladder, finest first, and within each family its mixes by size.
 * Types of other families are left to the evidence (Q3_K_S, for one, loses more than the smaller IQ3_XS).
 */
const CHAINS: readonly (readonly QuantizationName[])[] = [
  ["Q8_0", "Q6_K", "Q5_K_M", "Q4_K_M", "IQ4_XS", "Q3_K_M", "IQ3_XXS", "Q2_K", "IQ2_XXS", "IQ1_M", "IQ1_S"],
  ["Q5_K_M", "Q5_K_S", "Q4_K_S"],
  ["Q4_K_M", "Q4_K_S"],
  ["Q6_K", "Q5_1", "Q5_0", "Q4_0"],
  ["Q5_1", "Q4_1", "Q4_0"],
  ["Q4_K_M", "IQ4_NL", "IQ4_XS"],
  ["IQ4_XS", "Q3_K_L", "Q3_K_M", "Q3_K_S", "Q2_K", "Q2_K_S"],
  ["IQ4_XS", "IQ3_M", "IQ3_S", "IQ3_XS", "IQ3_XXS"],
  ["IQ3_XXS", "IQ2_M", "IQ2_S", "IQ2_XS", "IQ2_XXS"],
  ["MLX_8BIT", "MLX_6BIT", "MLX_4BIT"],
  ["EXL2_8BPW", "EXL2_6BPW", "EXL2_5BPW", "EXL2_4BPW"],
  ["EXL3_8BPW", "EXL3_6BPW", "EXL3_5BPW", "EXL3_4BPW", "EXL3_3BPW", "EXL3_2BPW"],
  ...(["FP8", "INT8"] as const).flatMap((fine) =>
    (["AWQ", "GPTQ", "NF4", "INT4", "MXFP4", "NVFP4"] as const).map((coarse) => [fine, coarse]),
  ),
];

export const QUANTIZATION_ORDER: readonly (readonly [QuantizationName, QuantizationName])[] =
  CHAINS.flatMap(neighbours);

export const KV_ORDER: readonly (readonly [CacheName, CacheName])[] = [
  ...neighbours<CacheName>(["q8_0", "q5_1", "q5_0", "q4_1", "q4_0"]),
  ["q8_0", "fp8"],
];

type CacheName = Exclude<KvCacheType, "f32" | "f16" | "bf16">;

function neighbours<Name>(chain: readonly Name[]): readonly (readonly [Name, Name])[] {
  return chain.slice(1).flatMap((worse, index) => {
    const better = chain[index];
    return better === undefined ? [] : [[better, worse] as const];
  });
}
