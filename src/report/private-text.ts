/**
 * What points to a person or to one machine and may stand in a text that came from a machine or from a person's own
 * catalog. A report takes its facts one by one, and no message of a probe and no note; this is for what is left.
 */
const PATTERNS: readonly (readonly [RegExp, string])[] = [
  [/\b(?:GPU|MIG|CPU)-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/gi, "(id)"],
  [/\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/gi, "(id)"],
  [/\b[0-9a-f]{2}(?:[:-][0-9a-f]{2}){5}\b/gi, "(id)"],
  [/\b[0-9a-f]{32,}\b/gi, "(id)"],
  [
    /\b(serial|s\/n|sn)(\b[ _-]?(?:number|no\.?|#)?\s*[:=#]?\s*)(?=[A-Z0-9-]*\d)[A-Z0-9][A-Z0-9-]{3,}/gi,
    "$1$2(id)",
  ],
  [
    /\b(serial(?:[ _-]?(?:number|no\.?))?|uuid|host ?name|user ?name)(\s*[:=]\s*)(?!\(id\))[^\s,;)]+/gi,
    "$1$2(id)",
  ],
  [/(?<![\w.])[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g, "(address)"],
  // A person's own folder may have a space in its name: up to what cannot be part of one.
  [/(?<![\w/.])(?:file:\/\/\/?)[^"',;)\n]+/gi, "(path)"],
  [/(?<![\w:/.])(?:[A-Za-z]:[\\/](?:Users|Documents and Settings)[\\/])[^"',;)\n]+/gi, "(path)"],
  [/(?<![\w:/.~])\/(?:home|Users|Volumes|media)\/[^"',;)\n]+/g, "(path)"],
  [/(?<![\w:/.])(?:[A-Za-z]:[\\/](?!\/)|\\\\)[^\s"',;)]+/g, "(path)"],
  [/(?<![\w:/.])~[\w-]*\/(?!\.cache\b)[^\s"',;)]+/g, "(path)"],
  [
    /(?<![\w:/.~])\/(?:root|mnt|tmp|var|private|run|opt|data|srv|scratch|storage|nas|etc)\/[^\s"',;)]+/g,
    "(path)",
  ],
];

/** A text without paths below a home, identifiers and addresses. Commands of ours have none of them. */
export function withoutIdentifiers(text: string): string {
  return PATTERNS.reduce((shorter, [pattern, instead]) => shorter.replace(pattern, instead), text);
}

/** The same value with every text in it so treated, and other words for some names. */
export function withoutPrivate<Value>(value: Value, masked: ReadonlyMap<string, string>): Value {
  const names = [...masked];
  const publicText = (text: string): string =>
    withoutIdentifiers(names.reduce((shorter, [name, instead]) => shorter.replaceAll(name, instead), text));
  return mapTexts(value, publicText) as Value; // the shape is the same, only texts are others
}

function mapTexts(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === "string") return change(value);
  if (Array.isArray(value)) return value.map((item) => mapTexts(item, change));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, mapTexts(item, change)]));
}
