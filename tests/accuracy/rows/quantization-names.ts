import { findQuantization, type QuantizationName } from "#engine/quantization.ts";

/** Suffixes by which the loader tells a mixture's sizes apart. */
const SIZES: readonly (readonly [RegExp, string])[] = [
  [/ - Small$/i, "_S"],
  [/ - Medium$/i, "_M"],
  [/ - Large$/i, "_L"],
  [/ - [\d.]+ bpw$/i, ""],
];

const ALIASES: Readonly<Record<string, string>> = {
  Q2_K_M: "Q2_K",
  FP16: "F16",
  "all F32": "F32",
  "Q4_0 (QAT)": "Q4_0",
  MXFP4: "MXFP4_MOE",
};

/**
 * The packing a row names, by the loader's words ("Q4_K - Medium") or a file's; null for publishers' own mixtures
 * (UD-, XL, ik_llama.cpp's types), whose names do not say what is in them.
 */
export function quantizationOf(text: string): QuantizationName | null {
  const spelt = SIZES.reduce((name, [pattern, suffix]) => name.replace(pattern, suffix), text.trim());
  const last = spelt.split(" ").at(-1) ?? spelt; // "qwen3 32B Q8_0", as llama-bench prints
  return findQuantization(ALIASES[spelt] ?? spelt) ?? findQuantization(last);
}
