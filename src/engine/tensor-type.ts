/** How one tensor is packed: `blockBytes` hold `blockElements` values. */
interface TensorTypeLayout {
  readonly blockElements: number;
  readonly blockBytes: number;
}

/**
 * Block layouts of ggml (`ggml/src/ggml-common.h`, the `block_*` structures), with scales and minima counted.
 * The last group is not ggml's: checkpoints of other runtimes, with their scales counted
 * (`INT4_G128`: 4-bit values, an F16 scale and a 4-bit zero per 128; `INT4_G32`: a BF16 scale per 32, Kimi K2.5; `NF4`: a double-quantised scale per 64,
 * 0.127 bit, QLoRA paper section 3; `FP8_B128`: an F32 scale per 128 × 128 block, DeepSeek-V3 report section 3.3;
 * `INT8_ROW`: a scale per row, too small to count; `NVFP4`: an FP8 scale per 16, compressed-tensors; `MLX_…_G64`: an F16
 * scale and bias per 64, `mlx.core.quantize`; `EXL_…`: the density that the name states, scales counted).
 */
export const TENSOR_TYPES = {
  F32: { blockElements: 1, blockBytes: 4 },
  F16: { blockElements: 1, blockBytes: 2 },
  BF16: { blockElements: 1, blockBytes: 2 },
  Q8_0: { blockElements: 32, blockBytes: 34 },
  Q5_1: { blockElements: 32, blockBytes: 24 },
  Q5_0: { blockElements: 32, blockBytes: 22 },
  Q4_1: { blockElements: 32, blockBytes: 20 },
  Q4_0: { blockElements: 32, blockBytes: 18 },
  IQ4_NL: { blockElements: 32, blockBytes: 18 },
  MXFP4: { blockElements: 32, blockBytes: 17 },
  Q6_K: { blockElements: 256, blockBytes: 210 },
  Q5_K: { blockElements: 256, blockBytes: 176 },
  Q4_K: { blockElements: 256, blockBytes: 144 },
  Q3_K: { blockElements: 256, blockBytes: 110 },
  Q2_K: { blockElements: 256, blockBytes: 84 },
  IQ4_XS: { blockElements: 256, blockBytes: 136 },
  IQ3_S: { blockElements: 256, blockBytes: 110 },
  IQ3_XXS: { blockElements: 256, blockBytes: 98 },
  IQ2_S: { blockElements: 256, blockBytes: 82 },
  IQ2_XS: { blockElements: 256, blockBytes: 74 },
  IQ2_XXS: { blockElements: 256, blockBytes: 66 },
  IQ1_M: { blockElements: 256, blockBytes: 56 },
  IQ1_S: { blockElements: 256, blockBytes: 50 },
  FP8_B128: { blockElements: 16_384, blockBytes: 16_388 },
  FP8: { blockElements: 1, blockBytes: 1 },
  INT8_ROW: { blockElements: 1, blockBytes: 1 },
  INT4_G128: { blockElements: 128, blockBytes: 66.5 },
  INT4_G32: { blockElements: 32, blockBytes: 18 },
  NF4: { blockElements: 64, blockBytes: 33.016 },
  NVFP4: { blockElements: 16, blockBytes: 9 },
  MLX_8_G64: { blockElements: 64, blockBytes: 68 },
  MLX_6_G64: { blockElements: 64, blockBytes: 52 },
  MLX_4_G64: { blockElements: 64, blockBytes: 36 },
  EXL_8: { blockElements: 1, blockBytes: 1 },
  EXL_6: { blockElements: 4, blockBytes: 3 },
  EXL_5: { blockElements: 8, blockBytes: 5 },
  EXL_4: { blockElements: 2, blockBytes: 1 },
  EXL_3: { blockElements: 8, blockBytes: 3 },
  EXL_2: { blockElements: 4, blockBytes: 1 },
} as const satisfies Record<string, TensorTypeLayout>;

export type TensorType = keyof typeof TENSOR_TYPES;

/** Bytes of a tensor of that many elements; rows are a whole number of blocks (see `storableType`). */
export function tensorBytes(type: TensorType, elementCount: number): number {
  const { blockElements, blockBytes } = TENSOR_TYPES[type];
  return Math.ceil((elementCount / blockElements) * blockBytes);
}

/** Average density of a type, scales counted. */
export function tensorBitsPerWeight(type: TensorType): number {
  const { blockElements, blockBytes } = TENSOR_TYPES[type];
  return (blockBytes * 8) / blockElements;
}
