import { parseTokenCount } from "#shared/token-count.ts";
import { UsageError } from "./usage-error.ts";

/** A whole number (of tokens, mostly) from 1 to `most`: "8192", "8,192", "8K". */
export function wholeNumber(option: string, text: string, most: number): number {
  const count = parseTokenCount(text);
  if (count !== null && count <= most) return count;
  const range = `1 to ${most.toLocaleString("en-US")}`;
  throw new UsageError(
    `${option} takes a whole number from ${range}, such as 8192 or 32K; "${text}" is none.`,
  );
}
