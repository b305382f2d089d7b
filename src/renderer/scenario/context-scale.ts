/** The slider's ends, as powers of two: 1,024 and 1,048,576 tokens. */
export const CONTEXT_EXPONENT_MIN = 10;
export const CONTEXT_EXPONENT_MAX = 20;

/** The longest context that may be typed: the longest any model in wide use states is 10 M (Llama 4 Scout). */
const CONTEXT_LENGTH_MAX = 16_777_216;

const MULTIPLIERS: Readonly<Record<string, number>> = { "": 1, K: 1024, M: 1_048_576 };

/** Tokens at a slider position. */
export function contextAtExponent(exponent: number): number {
  return 2 ** exponent;
}

/** The slider position nearest to a context, inside its ends. */
export function exponentOfContext(contextLength: number): number {
  const exponent = Math.round(Math.log2(contextLength));
  return Math.min(CONTEXT_EXPONENT_MAX, Math.max(CONTEXT_EXPONENT_MIN, exponent));
}

/** Where a slider position stands between the ends, 0 to 1. */
export function exponentFraction(exponent: number): number {
  return (exponent - CONTEXT_EXPONENT_MIN) / (CONTEXT_EXPONENT_MAX - CONTEXT_EXPONENT_MIN);
}

/** A context as people type it: "8192", "8,192", "8K", "1M" (1024-based); null where it is none. */
export function parseContextLength(text: string): number | null {
  const match = /^([\d.]+)([KM]?)$/.exec(text.replaceAll(/[\s,_]/g, "").toUpperCase());
  const multiplier = MULTIPLIERS[match?.[2] ?? ""];
  if (match === null || multiplier === undefined) return null;
  const contextLength = Number(match[1]) * multiplier;
  const isValid = Number.isInteger(contextLength) && contextLength >= 1 && contextLength <= CONTEXT_LENGTH_MAX;
  return isValid ? contextLength : null;
}
