import { parseTokenCount } from "#shared/token-count.ts";
import { UsageError } from "./usage-error.ts";

const COUNTED_BY_HAND_MAX = 4096;

/** A whole number (of tokens, mostly) from 1 to `most`: "8192", "8,192", "8K". */
export function wholeNumber(option: string, text: string, most: number): number {
  const count = parseTokenCount(text);
  if (count !== null && count <= most) return count;
  const range = `1 to ${most.toLocaleString("en-US")}`;
  // "32K" is said of tokens, not of ranks or sequences.
  const example = most > COUNTED_BY_HAND_MAX ? ", such as 8192 or 32K" : "";
  throw new UsageError(`${option} takes a whole number from ${range}${example}; "${text}" is none.`);
}
