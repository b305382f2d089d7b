import { findQuantization, type QuantizationName } from "#engine/quantization.ts";

/**
 * Packings that publishers name after themselves, as the packing of the engine that comes nearest in bits. The row's
 * own file size, where it is stated, corrects the rest.
 */
const NEAREST: Readonly<Record<string, QuantizationName>> = {
  MXFP4: "MXFP4_MOE",
  FP16: "F16",
  GGUF_Q4_K_M: "Q4_K_M",
  Q2_K_M: "Q2_K",
  Q2_K_XL: "Q2_K",
  Q2_K_R4: "Q2_K",
  IQ2_K_R4: "IQ2_M",
  IQ2_XS_R4: "IQ2_XS",
  IQ3_K: "IQ3_S",
  IQ4_K: "IQ4_XS",
  IQ4_K_R4: "IQ4_XS",
  IQ4_KS: "IQ4_XS",
  Q3_K_XL: "Q3_K_L",
  Q4_K_XL: "Q4_K_M",
  Q4_K_L: "Q4_K_M",
  Q4_K_R4: "Q4_K_M",
  IQ4_NL_XL: "IQ4_NL",
  Q5_K_XL: "Q5_K_M",
  Q5_K_L: "Q5_K_M",
  Q6_K_XL: "Q6_K",
  Q6_K_L: "Q6_K",
  Q8_K_XL: "Q8_0",
  // Other runtimes' packings: 4-bit values with a scale for 64 or 128 of them.
  "4BIT": "MLX_4BIT",
  "MLX 4BIT": "MLX_4BIT",
  "EXL3-4.0BPW-MUL1": "EXL3_4BPW",
  "EXL3-6.0BPW-MCG": "EXL3_6BPW",
  "EXL3-6.0BPW-MUL1": "EXL3_6BPW",
  "AWQ-INT4": "AWQ",
  "AUTOROUND-INT4": "AWQ",
  "FP8-STATIC": "FP8",
  "INT8-W8A8": "INT8",
  "GPTQ 4-BIT G128": "GPTQ",
  "IQ3_S-3.00BPW": "IQ3_S",
  "IQ3_S-3.48BPW": "IQ3_S",
  "IQ4_XS-4.15BPW": "IQ4_XS",
  "APEX-I-COMPACT": "Q4_K_S",
  "APEX-I-BALANCED": "Q5_K_S",
  "APEX-I-QUALITY": "Q4_K_M",
};

/** The engine's packing for a label of the rows; null where none is near enough. */
export function quantizationOf(label: string): QuantizationName | null {
  const name = label
    .trim()
    .toUpperCase()
    .replace(/^GGUF[ -]/, "")
    .replace(/^UD-/, "");
  return NEAREST[name] ?? findQuantization(name);
}
