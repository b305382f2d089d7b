import { tensorBitsPerWeight, type TensorType } from "./tensor-type.ts";

/** A packing of a whole model: the type its matrices have unless a rule raises them (`tensor-mixture.ts`). */
interface QuantizationFacts {
  readonly baseType: TensorType;
  /** `gguf`: a file of llama.cpp and its kin. `checkpoint`: safetensors of other runtimes. */
  readonly format: "gguf" | "checkpoint";
}

/**
 * Every packing Fitment knows, finest first: a later one never keeps more than an earlier one of the same format.
 * GGUF base types: llama.cpp `src/llama-quant.cpp`, `llama_ftype_get_default_type` (read 2026-11).
 */
export const QUANTIZATIONS = {
  F32: { baseType: "F32", format: "gguf" },
  BF16: { baseType: "BF16", format: "gguf" },
  F16: { baseType: "F16", format: "gguf" },
  Q8_0: { baseType: "Q8_0", format: "gguf" },
  FP8: { baseType: "FP8_B128", format: "checkpoint" },
  INT8: { baseType: "INT8_ROW", format: "checkpoint" },
  MLX_8BIT: { baseType: "MLX_8_G64", format: "checkpoint" },
  EXL2_8BPW: { baseType: "EXL_8", format: "checkpoint" },
  EXL3_8BPW: { baseType: "EXL_8", format: "checkpoint" },
  Q6_K: { baseType: "Q6_K", format: "gguf" },
  MLX_6BIT: { baseType: "MLX_6_G64", format: "checkpoint" },
  EXL2_6BPW: { baseType: "EXL_6", format: "checkpoint" },
  EXL3_6BPW: { baseType: "EXL_6", format: "checkpoint" },
  Q5_1: { baseType: "Q5_1", format: "gguf" },
  Q5_K_M: { baseType: "Q5_K", format: "gguf" },
  Q5_K_S: { baseType: "Q5_K", format: "gguf" },
  Q5_0: { baseType: "Q5_0", format: "gguf" },
  EXL2_5BPW: { baseType: "EXL_5", format: "checkpoint" },
  EXL3_5BPW: { baseType: "EXL_5", format: "checkpoint" },
  Q4_1: { baseType: "Q4_1", format: "gguf" },
  NVFP4: { baseType: "NVFP4", format: "checkpoint" },
  MXFP4: { baseType: "MXFP4", format: "checkpoint" },
  INT4: { baseType: "INT4_G32", format: "checkpoint" },
  MXFP4_MOE: { baseType: "MXFP4", format: "gguf" },
  Q4_K_M: { baseType: "Q4_K", format: "gguf" },
  Q4_K_S: { baseType: "Q4_K", format: "gguf" },
  Q4_0: { baseType: "Q4_0", format: "gguf" },
  IQ4_NL: { baseType: "IQ4_NL", format: "gguf" },
  IQ4_XS: { baseType: "IQ4_XS", format: "gguf" },
  AWQ: { baseType: "INT4_G128", format: "checkpoint" },
  GPTQ: { baseType: "INT4_G128", format: "checkpoint" },
  NF4: { baseType: "NF4", format: "checkpoint" },
  MLX_4BIT: { baseType: "MLX_4_G64", format: "checkpoint" },
  EXL2_4BPW: { baseType: "EXL_4", format: "checkpoint" },
  EXL3_4BPW: { baseType: "EXL_4", format: "checkpoint" },
  Q3_K_L: { baseType: "Q3_K", format: "gguf" },
  Q3_K_M: { baseType: "Q3_K", format: "gguf" },
  IQ3_M: { baseType: "IQ3_S", format: "gguf" },
  IQ3_S: { baseType: "IQ3_S", format: "gguf" },
  Q3_K_S: { baseType: "Q3_K", format: "gguf" },
  IQ3_XS: { baseType: "IQ3_S", format: "gguf" },
  IQ3_XXS: { baseType: "IQ3_XXS", format: "gguf" },
  EXL3_3BPW: { baseType: "EXL_3", format: "checkpoint" },
  Q2_K: { baseType: "Q2_K", format: "gguf" },
  Q2_K_S: { baseType: "Q2_K", format: "gguf" },
  IQ2_M: { baseType: "IQ2_S", format: "gguf" },
  IQ2_S: { baseType: "IQ2_XS", format: "gguf" },
  IQ2_XS: { baseType: "IQ2_XS", format: "gguf" },
  IQ2_XXS: { baseType: "IQ2_XXS", format: "gguf" },
  EXL3_2BPW: { baseType: "EXL_2", format: "checkpoint" },
  IQ1_M: { baseType: "IQ1_M", format: "gguf" },
  IQ1_S: { baseType: "IQ1_S", format: "gguf" },
} as const satisfies Record<string, QuantizationFacts>;

export type QuantizationName = keyof typeof QUANTIZATIONS;

/** What a runtime must be able to read; 16 and 32 bits come as GGUF and as safetensors alike. */
export const PACKING_FAMILIES = [
  "16-bit",
  "gguf",
  "fp8",
  "int8",
  "awq",
  "gptq",
  "nf4",
  "mxfp4",
  "nvfp4",
  "int4",
  "mlx",
  "exl2",
  "exl3",
] as const;

export type PackingFamily = (typeof PACKING_FAMILIES)[number];

/** The family of a packing. */
export function packingFamily(name: QuantizationName): PackingFamily {
  if (name === "F32" || name === "F16" || name === "BF16") return "16-bit";
  if (QUANTIZATIONS[name].format === "gguf") return "gguf";
  const word = name.toLowerCase().split("_")[0];
  const family = PACKING_FAMILIES.find((each) => each === word);
  if (family === undefined) throw new Error(`${name} is of no family`);
  return family;
}

/** What makers publish: the precision at which a model counts as unquantised. */
export const RELEASE_PRECISIONS = ["F32", "BF16", "F16", "FP8", "MXFP4", "INT4"] as const;

export type ReleasePrecision = (typeof RELEASE_PRECISIONS)[number];

/**
 * What a verdict tries below the release precision, finest first: the GGUF types that publishers of quantised
 * files offer for nearly every model. The rest are computed when a person names them.
 */
export const QUANTIZATION_LADDER = [
  "Q8_0",
  "Q6_K",
  "Q5_K_M",
  "MXFP4_MOE",
  "Q4_K_M",
  "IQ4_XS",
  "Q3_K_M",
  "IQ3_XXS",
  "Q2_K",
  "IQ2_XXS",
] as const satisfies readonly QuantizationName[];

/** Packings of other runtimes that publishers offer for nearly every model. */
const OTHER_LADDER = [
  "FP8",
  "INT8",
  "NVFP4",
  "AWQ",
  "GPTQ",
  "NF4",
  "MLX_8BIT",
  "MLX_6BIT",
  "MLX_4BIT",
  "EXL2_8BPW",
  "EXL2_6BPW",
  "EXL2_5BPW",
  "EXL2_4BPW",
  "EXL3_8BPW",
  "EXL3_6BPW",
  "EXL3_5BPW",
  "EXL3_4BPW",
  "EXL3_3BPW",
  "EXL3_2BPW",
] as const satisfies readonly QuantizationName[];

const NAMES = Object.keys(QUANTIZATIONS) as readonly QuantizationName[]; // keys of the literal above

/** What a verdict tries below the release precision for a runtime that reads these families, finest first. */
export function ladderOf(families: readonly PackingFamily[]): readonly QuantizationName[] {
  const offered: readonly QuantizationName[] = [...QUANTIZATION_LADDER, ...OTHER_LADDER];
  return NAMES.filter((name) => offered.includes(name) && families.includes(packingFamily(name)));
}

/** Names in the order of the table, finest first. */
export function quantizationNames(): readonly QuantizationName[] {
  return NAMES;
}

/** The packing a person means, whatever the case and the dashes; null where there is none of that name. */
export function findQuantization(text: string): QuantizationName | null {
  const wanted = text.trim().toUpperCase().replaceAll("-", "_");
  return NAMES.find((name) => name === wanted) ?? null;
}

/**
 * True where `name` keeps at least as much as `lowest`: by the order of the table within a format; between formats
 * by whole bits, since names of 4 bits are held to be alike.
 */
export function isAtLeast(name: QuantizationName, lowest: QuantizationName): boolean {
  if (QUANTIZATIONS[name].format === QUANTIZATIONS[lowest].format) {
    return NAMES.indexOf(name) <= NAMES.indexOf(lowest);
  }
  return wholeBits(name) >= wholeBits(lowest);
}

function wholeBits(name: QuantizationName): number {
  return Math.floor(tensorBitsPerWeight(QUANTIZATIONS[name].baseType));
}
