import { say } from "./say.ts";

/** "a, b, c" as the language that is spoken separates them; empty for none. */
export function commaText(parts: readonly string[]): string {
  return joined(parts, (one, other) => say("{one}, {other}", { one, other }));
}

/** "a or b or c". */
export function orText(parts: readonly string[]): string {
  return joined(parts, (one, other) => say("{one} or {other}", { one, other }));
}

/** "a and b and c". */
export function andText(parts: readonly string[]): string {
  return joined(parts, (one, other) => say("{one} and {other}", { one, other }));
}

/** Sentences one after the other; empty for none. */
export function sentencesText(sentences: readonly string[]): string {
  return joined(sentences, (one, other) => say("{one} {other}", { one, other }));
}

function joined(parts: readonly string[], join: (one: string, other: string) => string): string {
  const [first = "", ...others] = parts;
  return others.reduce(join, first);
}
