/** A card's JSON with each fact's `"source": "#name"` replaced by the text the file gives for that name. */
export function withNamedSources(card: unknown, sources: Readonly<Record<string, string>>): unknown {
  if (!isRecord(card)) return card;
  return Object.fromEntries(Object.entries(card).map(([key, value]) => [key, sourced(value, sources)]));
}

function sourced(value: unknown, sources: Readonly<Record<string, string>>): unknown {
  if (!isRecord(value) || typeof value.source !== "string") return value;
  const named = Object.hasOwn(sources, value.source) ? sources[value.source] : undefined;
  return named === undefined ? value : { ...value, source: named };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
