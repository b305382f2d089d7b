import { QUANTIZATIONS, type QuantizationName } from "#engine/quantization.ts";
import { TENSOR_TYPES, type TensorType } from "#engine/tensor-type.ts";
import { deservesMoreBits } from "./tensor-place.ts";
import type { Tensor } from "./tensors.ts";

/** Facts of the whole model that a mixture looks at. */
export interface MixtureModel {
  readonly layerCount: number;
  readonly expertCount: number;
  /** Query heads to a key/value head. */
  readonly groupedQueryRatio: number;
  readonly valueTensorCount: number;
}

/** Where the tensor stands: indices count from 0. */
export interface MixturePosition {
  readonly tiedEmbeddings: boolean;
  /** Which of the model's value projections this is. */
  readonly valueIndex: number;
  /** Which of the model's down projections this is; in a mixture of experts, the layer. */
  readonly downIndex: number;
}

/**
 * The type a tensor is stored in. GGUF file types are mixtures: the name gives the base type, and tensors that
 * suffer most are raised. The rules are those of llama.cpp's quantiser with an importance matrix, as publishers
 * use it: `src/llama-quant.cpp` at 007dbbf3, `llama_tensor_get_type_impl` and `tensor_type_fallback` (read
 * 2026-11). Left out: Falcon's own exceptions, and the early layers that an importance matrix raises in Q4_0 and
 * Q5_0, since most files of those types are made without one. Other formats leave everything outside the layers at 16 bits.
 */
export function tensorTypeIn(
  quantization: QuantizationName,
  tensor: Tensor,
  model: MixtureModel,
  position: MixturePosition,
): TensorType {
  const { baseType, format } = QUANTIZATIONS[quantization];
  if (format === "checkpoint") return checkpointType(quantization, tensor);
  if (tensor.role === "small" || tensor.role === "router" || tensor.role === "position-embedding")
    return "F32";
  if (TENSOR_TYPES[baseType].blockElements === 1) return baseType;
  return storableType(raisedType(quantization, tensor, model, position), tensor.rowLength);
}

/**
 * Quantised checkpoints keep embedding, output, router, norms (and what is named below) in 16 bits. MLX quantises
 * embedding and output, too (`mlx_lm.convert`); ExLlama the output, to 6 bits by default (`exllamav2` and `exllamav3`
 * conversion, `--head_bits 6`).
 */
function checkpointType(quantization: QuantizationName, tensor: Tensor): TensorType {
  const { baseType } = QUANTIZATIONS[quantization];
  const { role } = tensor;
  if (role === "small" || role === "router" || role === "position-embedding") return "BF16";
  const isEnd = role === "token-embedding" || role === "output";
  if (isEnd && baseType.startsWith("MLX")) return baseType;
  if (role === "output" && baseType.startsWith("EXL")) return baseType === "EXL_8" ? "EXL_8" : "EXL_6";
  const expertsOnly = quantization === "MXFP4" || quantization === "INT4"; // gpt-oss and Kimi K2.5 model cards
  return isEnd || (expertsOnly && !tensor.isRoutedExpert) ? "BF16" : baseType;
}

function raisedType(
  quantization: QuantizationName,
  tensor: Tensor,
  model: MixtureModel,
  position: MixturePosition,
): TensorType {
  const base = QUANTIZATIONS[quantization].baseType;
  const { role } = tensor;
  if (role === "output" || (role === "token-embedding" && position.tiedEmbeddings)) {
    return outputType(quantization, tensor.rowLength);
  }
  if (quantization === "MXFP4_MOE") return tensor.isRoutedExpert ? "MXFP4" : "Q8_0";
  switch (role) {
    case "token-embedding":
      return LOOKUP_TYPES[quantization] ?? base;
    case "attention-qkv":
      return FUSED_TYPES[quantization] ?? base;
    case "attention-v":
      return valueType(quantization, model, position.valueIndex);
    case "attention-k":
      return keyType(quantization, model);
    case "attention-q":
      return QUERY_TYPES[quantization] ?? base;
    case "attention-output":
      return attentionOutputType(quantization, model);
    case "ffn-down":
      return downType(quantization, model, position.downIndex);
    case "ffn-gate":
    case "ffn-up":
      return upType(quantization, model, position.downIndex);
    case "router":
    case "small":
    case "position-embedding":
    case "other":
      return base;
  }
}

type TypeByQuantization = Partial<Record<QuantizationName, TensorType>>;

const TWO_BITS_OR_LESS: readonly QuantizationName[] = [
  "IQ2_XXS",
  "IQ2_XS",
  "IQ2_S",
  "IQ2_M",
  "IQ1_S",
  "IQ1_M",
];
const LARGER_TWO_BITS: readonly QuantizationName[] = ["IQ2_S", "IQ2_M"];

const LOOKUP_TYPES: TypeByQuantization = {
  IQ2_XXS: "Q2_K",
  IQ2_XS: "Q2_K",
  IQ1_S: "Q2_K",
  IQ1_M: "Q2_K",
  IQ2_S: "IQ3_S",
  IQ2_M: "IQ3_S",
  IQ3_XXS: "IQ3_S",
};

/**
 * One matrix for q, k and v. Builds since the rules were rewritten treat it as a value projection, but published
 * files of such models (Phi-3, Phi-4, Falcon) have these types: their sizes say so.
 */
const FUSED_TYPES: TypeByQuantization = {
  Q3_K_M: "Q4_K",
  Q3_K_L: "Q4_K",
  IQ3_M: "Q4_K",
  Q4_K_M: "Q5_K",
  Q5_K_M: "Q6_K",
};

const QUERY_TYPES: TypeByQuantization = { IQ3_XS: "IQ3_XXS", IQ3_XXS: "IQ2_S" };

function outputType(quantization: QuantizationName, rowLength: number): TensorType {
  const { baseType } = QUANTIZATIONS[quantization];
  if (quantization === "MXFP4_MOE" || baseType === "Q8_0") return "Q8_0";
  if (rowLength % TENSOR_TYPES[baseType].blockElements !== 0) return "Q8_0";
  return TWO_BITS_OR_LESS.includes(quantization) || quantization === "IQ3_XXS" ? "Q5_K" : "Q6_K";
}

function valueType(quantization: QuantizationName, model: MixtureModel, index: number): TensorType {
  const isGrouped = model.groupedQueryRatio >= 4;
  if (TWO_BITS_OR_LESS.includes(quantization)) {
    if (isGrouped || model.expertCount >= 4) return "Q4_K";
    return LARGER_TWO_BITS.includes(quantization) ? "IQ3_S" : "Q2_K";
  }
  if (model.expertCount === 8) return "Q8_0";
  const { baseType } = QUANTIZATIONS[quantization];
  const place = { isGrouped, index, count: model.valueTensorCount };
  const type = VALUE_RULES[quantization]?.(baseType, place) ?? baseType;
  const isLlama70b = model.layerCount === 80 && model.groupedQueryRatio > 1;
  return isLlama70b && (type === "Q3_K" || type === "Q4_K") ? "Q5_K" : type;
}

interface ValuePlace {
  readonly isGrouped: boolean;
  readonly index: number;
  readonly count: number;
}

type ValueRule = (base: TensorType, place: ValuePlace) => TensorType;

const q4kWhereGrouped: ValueRule = (base, { isGrouped }) => (isGrouped ? "Q4_K" : base);
const q5kWhereGrouped: ValueRule = (base, { isGrouped }) => (isGrouped ? "Q5_K" : base);
const q6kWhereItMatters: ValueRule = (base, { index, count }) =>
  deservesMoreBits(index, count) ? "Q6_K" : base;

const VALUE_RULES: Partial<Record<QuantizationName, ValueRule>> = {
  Q2_K: (_base, { isGrouped }) => (isGrouped ? "Q4_K" : "Q3_K"),
  Q2_K_S: q4kWhereGrouped,
  IQ3_XXS: q4kWhereGrouped,
  IQ3_XS: q4kWhereGrouped,
  IQ3_S: q4kWhereGrouped,
  IQ3_M: () => "Q4_K",
  Q3_K_M: (_base, { index }) => (index < 2 ? "Q5_K" : "Q4_K"),
  Q3_K_L: () => "Q5_K",
  IQ4_NL: q5kWhereGrouped,
  IQ4_XS: q5kWhereGrouped,
  Q4_K_M: q6kWhereItMatters,
  Q5_K_M: q6kWhereItMatters,
  Q4_K_S: (base, { index }) => (index < 4 ? "Q5_K" : base),
};

function keyType(quantization: QuantizationName, model: MixtureModel): TensorType {
  if (model.expertCount === 8) return TWO_BITS_OR_LESS.includes(quantization) ? "Q4_K" : "Q8_0";
  return QUERY_TYPES[quantization] ?? QUANTIZATIONS[quantization].baseType;
}

const OUTPUT_PROJECTION_TYPES: TypeByQuantization = {
  Q2_K: "Q3_K",
  IQ3_XXS: "IQ3_S",
  Q3_K_M: "Q4_K",
  Q3_K_L: "Q5_K",
  IQ3_M: "Q4_K",
  IQ1_S: "IQ2_XXS",
  IQ1_M: "IQ2_XXS",
  IQ2_S: "IQ3_S",
  IQ2_M: "IQ3_S",
};

const RAISED_IN_EIGHT_EXPERTS: readonly QuantizationName[] = [
  ...TWO_BITS_OR_LESS,
  ...(["Q2_K", "IQ3_XS", "IQ3_XXS", "Q3_K_S", "Q3_K_M", "IQ4_NL"] as const),
  ...(["Q4_K_S", "Q4_K_M", "IQ3_S", "IQ3_M", "IQ4_XS"] as const),
];

function attentionOutputType(quantization: QuantizationName, model: MixtureModel): TensorType {
  const base = QUANTIZATIONS[quantization].baseType;
  if (model.expertCount === 8) return RAISED_IN_EIGHT_EXPERTS.includes(quantization) ? "Q5_K" : base;
  return OUTPUT_PROJECTION_TYPES[quantization] ?? base;
}

interface DownPlace {
  readonly isEarly: boolean;
  readonly isRaised: boolean;
  readonly index: number;
  readonly model: MixtureModel;
}

type DownRule = (base: TensorType, place: DownPlace) => TensorType;

const q6kWhereRaised: DownRule = (base, { isRaised }) => (isRaised ? "Q6_K" : base);
const q2kWhereEarly: DownRule = (base, { isEarly }) => (isEarly ? "Q2_K" : base);
const iq3sWhereEarly: DownRule = (base, { isEarly }) => (isEarly ? "IQ3_S" : base);

const DOWN_RULES: Partial<Record<QuantizationName, DownRule>> = {
  Q2_K: () => "Q3_K",
  Q2_K_S: (base, { isEarly }) => (isEarly ? "Q4_K" : base),
  Q3_K_M: (_base, { index, model }) => (index < Math.floor(model.layerCount / 16) ? "Q5_K" : "Q4_K"),
  IQ3_M: (base, { isEarly, isRaised, model }) =>
    isEarly || (model.expertCount === 8 && isRaised) ? "Q4_K" : base,
  Q3_K_L: () => "Q5_K",
  Q4_K_M: q6kWhereRaised,
  Q5_K_M: q6kWhereRaised,
  Q4_K_S: (base, { isEarly }) => (isEarly ? "Q5_K" : base),
  IQ2_XXS: q2kWhereEarly,
  IQ2_XS: q2kWhereEarly,
  IQ1_S: q2kWhereEarly,
  IQ1_M: q2kWhereEarly,
  IQ2_S: iq3sWhereEarly,
  IQ2_M: iq3sWhereEarly,
};

function downType(quantization: QuantizationName, model: MixtureModel, index: number): TensorType {
  const base = QUANTIZATIONS[quantization].baseType;
  const isEarly = index < Math.floor(model.layerCount / 8);
  const isRaised = deservesMoreBits(index, model.layerCount);
  return DOWN_RULES[quantization]?.(base, { isEarly, isRaised, index, model }) ?? base;
}

function upType(quantization: QuantizationName, model: MixtureModel, index: number): TensorType {
  const isMiddle =
    index >= Math.floor(model.layerCount / 8) && index < Math.floor((7 * model.layerCount) / 8);
  if (quantization === "IQ3_XS" && isMiddle) return "IQ3_XXS";
  return QUANTIZATIONS[quantization].baseType;
}

const FALLBACK_TYPES: Partial<Record<TensorType, TensorType>> = {
  IQ1_S: "IQ4_NL",
  IQ1_M: "IQ4_NL",
  IQ2_XXS: "IQ4_NL",
  IQ2_XS: "IQ4_NL",
  IQ2_S: "IQ4_NL",
  IQ3_XXS: "IQ4_NL",
  IQ3_S: "IQ4_NL",
  IQ4_XS: "IQ4_NL",
  Q2_K: "Q4_0",
  Q3_K: "Q4_0",
  Q4_K: "Q5_0",
  Q5_K: "Q5_1",
  Q6_K: "Q8_0",
};

/** The type itself where rows are a whole number of its blocks, else what llama.cpp falls back to. */
function storableType(type: TensorType, rowLength: number): TensorType {
  if (rowLength % TENSOR_TYPES[type].blockElements === 0) return type;
  const fallback = FALLBACK_TYPES[type] ?? "F16";
  return rowLength % TENSOR_TYPES[fallback].blockElements === 0 ? fallback : "F16";
}
