const MULTIPLIERS: Readonly<Record<string, number>> = { "": 1, K: 1024, M: 1024 * 1024 };

/** A count of tokens as people type it: "8192", "8,192", "8K", "1.5M" (1024-based); null where it is none or no whole number. */
export function parseTokenCount(text: string): number | null {
  const match = /^(\d+(?:\.\d+)?)([KM]?)$/.exec(text.replaceAll(/[\s,_]/g, "").toUpperCase());
  const multiplier = MULTIPLIERS[match?.[2] ?? ""];
  if (match === null || multiplier === undefined) return null;
  const count = Number(match[1]) * multiplier;
  return Number.isSafeInteger(count) && count >= 1 ? count : null;
}
