import { CONTEXT_LENGTH_MAX } from "#engine/scenario.ts";
import { parseTokenCount } from "#shared/token-count.ts";

/** The slider's ends, as powers of two: 1,024 and 1,048,576 tokens. */
export const CONTEXT_EXPONENT_MIN = 10;
export const CONTEXT_EXPONENT_MAX = 20;

/**
 * Tokens at a slider position. Shifted: of a power the browser makes a number of another kind than of a whole number
 * that is typed or kept, and then compiles what reads it a second time.
 */
export function contextAtExponent(exponent: number): number {
  return 1 << exponent;
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
  const contextLength = parseTokenCount(text);
  return contextLength === null || contextLength > CONTEXT_LENGTH_MAX ? null : contextLength;
}
