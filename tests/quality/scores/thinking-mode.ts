/** How a model answered: `only` where it has one way. */
export type ThinkingMode = "only" | "thinking" | "non-thinking" | "thinking-max";

/** The way of answering that a protocol names; null where it names none. */
export function statedMode(variant: string): Exclude<ThinkingMode, "only"> | null {
  if (variant.includes("non-thinking")) return "non-thinking";
  if (variant.includes("thinking max")) return "thinking-max";
  return /\bthinking\b/.test(variant) ? "thinking" : null;
}

/** A protocol without the words that say how the model answered. */
export function withoutMode(variant: string): string {
  return variant
    .replace(/non-thinking|thinking max|\bthinking\b/g, "")
    .replace(/\s+/g, " ")
    .trim();
}

/** Models that were scored both ways, by the way each score names. */
export function findHybrids(
  rows: readonly { readonly model: string; readonly variant: string }[],
): Set<string> {
  const modes = new Map<string, Set<string>>();
  for (const { model, variant } of rows) {
    const mode = statedMode(variant);
    if (mode !== null) modes.set(model, (modes.get(model) ?? new Set()).add(mode));
  }
  const hybrids = [...modes].filter(([, stated]) => stated.has("non-thinking") && stated.size > 1);
  return new Set(hybrids.map(([model]) => model));
}
