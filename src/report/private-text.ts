/**
 * What points to a person or to one machine and may stand in a text that came from a machine or from a person's own
 * catalog. A report takes its facts one by one, and no message of a probe and no note; this is for what is left.
 */
const PATTERNS: readonly (readonly [RegExp, string])[] = [
  [/\b(?:GPU|MIG|CPU)-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/gi, "(id)"],
  [/\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/gi, "(id)"],
  [/\b[0-9a-f]{2}(?:[:-][0-9a-f]{2}){5}\b/gi, "(id)"],
  [/\b[0-9a-f]{32,}\b/gi, "(id)"],
  [/\b(serial(?:[ _-]?(?:number|no\.?))?|uuid|host ?name|user ?name)(\s*[:=]\s*)[^\s,;)]+/gi, "$1$2(id)"],
  [/(?<![\w.])[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g, "(address)"],
  [/(?<![\w:/.])(?:[A-Za-z]:\\|\\\\)[^\s"',;)]+/g, "(path)"],
  [/(?<![\w:/.~])~?\/(?:home|Users|root|mnt|media|Volumes|tmp|var|private|run)\/[^\s"',;)]+/g, "(path)"],
];

/** A text without paths below a home, identifiers and addresses. Commands of ours have none of them. */
export function withoutIdentifiers(text: string): string {
  return PATTERNS.reduce((shorter, [pattern, instead]) => shorter.replace(pattern, instead), text);
}

/** The same value with every text in it so treated. */
export function withoutPrivate<Value>(value: Value): Value {
  return mapTexts(value) as Value; // the shape is the same, only texts are others
}

function mapTexts(value: unknown): unknown {
  if (typeof value === "string") return withoutIdentifiers(value);
  if (Array.isArray(value)) return value.map(mapTexts);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, mapTexts(item)]));
}
