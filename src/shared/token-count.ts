const MULTIPLIERS: Readonly<Record<string, number>> = { "": 1, K: 1024, M: 1024 * 1024 };

/** Digits as they are, or in groups of three; a decimal point only before a K or M. */
const COUNT = /^(\d+(?:\.\d+)?|\d{1,3}(?:[,_ ]\d{3})+)\s?([KM]?)$/i;

/** A count of tokens as people type it: "8192", "8,192", "8K", "1.5M" (1024-based); null where it is none or no whole number. */
export function parseTokenCount(text: string): number | null {
  const match = COUNT.exec(text.trim());
  const multiplier = MULTIPLIERS[match?.[2]?.toUpperCase() ?? ""];
  if (match?.[1] === undefined || multiplier === undefined) return null;
  const count = Number(match[1].replaceAll(/[,_ ]/g, "")) * multiplier;
  return Number.isSafeInteger(count) && count >= 1 ? count : null;
}
