import {
  findQuantization,
  QUANTIZATIONS,
  quantizationNames,
  type QuantizationName,
} from "#engine/quantization.ts";
import { GgufError, type GgufHeader, type GgufTensor } from "./header.ts";

/**
 * Names of `general.file_type` by number (ggml-org/llama.cpp at 0024aa74, `gguf-py/gguf/constants.py`,
 * `LlamaFileType`; read 2026-11).
 */
const FILE_TYPES = new Map<number, string>([
  [0, "F32"],
  [1, "F16"],
  [2, "Q4_0"],
  [3, "Q4_1"],
  [7, "Q8_0"],
  [8, "Q5_0"],
  [9, "Q5_1"],
  [10, "Q2_K"],
  [11, "Q3_K_S"],
  [12, "Q3_K_M"],
  [13, "Q3_K_L"],
  [14, "Q4_K_S"],
  [15, "Q4_K_M"],
  [16, "Q5_K_S"],
  [17, "Q5_K_M"],
  [18, "Q6_K"],
  [19, "IQ2_XXS"],
  [20, "IQ2_XS"],
  [21, "Q2_K_S"],
  [22, "IQ3_XS"],
  [23, "IQ3_XXS"],
  [24, "IQ1_S"],
  [25, "IQ4_NL"],
  [26, "IQ3_S"],
  [27, "IQ3_M"],
  [28, "IQ2_S"],
  [29, "IQ2_M"],
  [30, "IQ4_XS"],
  [31, "IQ1_M"],
  [32, "BF16"],
  [38, "MXFP4_MOE"],
]);

/**
 * What the file calls its packing; where it does not say, the one whose base type most of its bytes have. Only a
 * name: the sizes are the file's own.
 */
export function packingOf(
  metadata: GgufHeader["metadata"],
  tensors: readonly GgufTensor[],
): QuantizationName {
  const fileType = metadata.get("general.file_type");
  const stated = typeof fileType === "number" ? FILE_TYPES.get(fileType) : undefined;
  const named = stated === undefined ? null : findQuantization(stated);
  if (named !== null) return named;
  const mainType = largestShare(tensors);
  const found = quantizationNames().find((name) => {
    const { format, baseType } = QUANTIZATIONS[name];
    return format === "gguf" && baseType === mainType;
  });
  if (found !== undefined) return found;
  throw new GgufError(`Most of the file is packed as ${mainType}, which Fitment does not know yet.`);
}

function largestShare(tensors: readonly GgufTensor[]): string {
  const bytesByType = new Map<string, number>();
  for (const { type, sizeBytes } of tensors) {
    bytesByType.set(type, (bytesByType.get(type) ?? 0) + sizeBytes);
  }
  const [largest] = [...bytesByType].sort(([, one], [, other]) => other - one);
  return largest?.[0] ?? "nothing";
}
