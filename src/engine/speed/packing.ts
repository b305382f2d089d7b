import type { ExpertPacking } from "#engine/memory/weights.ts";
import { QUANTIZATIONS, type QuantizationName } from "#engine/quantization.ts";
import { tensorBitsPerWeight } from "#engine/tensor-type.ts";
import type { ExpertType } from "./speed-constants.ts";

/** One packing of a model: its name, and how its routed experts are packed where that does not follow from it. */
export interface ModelPacking {
  readonly quantization: QuantizationName;
  readonly experts: ExpertPacking;
}

/** What routed experts are packed as, as the constants tell it apart. */
export function expertType({ quantization, experts }: ModelPacking): ExpertType {
  const { baseType, format } = QUANTIZATIONS[quantization];
  if (baseType === "MXFP4" || (experts === "MXFP4" && format === "gguf")) return "mxfp4";
  const bits = tensorBitsPerWeight(baseType);
  if (bits >= 16) return "sixteen-bit";
  return bits >= 8 ? "eight-bit" : "packed";
}

/** True for the types whose values are looked up in a codebook: IQ1, IQ2, IQ3 (IQ4 has a table of 16 values, no codebook). */
export function usesCodebook({ quantization }: ModelPacking): boolean {
  return /^IQ[123]/.test(QUANTIZATIONS[quantization].baseType);
}
