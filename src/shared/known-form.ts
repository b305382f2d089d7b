import { spoken } from "#words/spoken.ts";

/**
 * Engine, catalog and probe write their reasons in English. Where a reason has one of a known set of forms, it is said
 * in the language that is spoken; the parts that a pattern catches are what the message is given.
 */
export interface KnownForm {
  readonly pattern: RegExp;
  readonly said: (...parts: readonly string[]) => string;
}

/** A text of a known form in the language that is spoken; null where it has none. */
export function inKnownForm(text: string, forms: readonly KnownForm[]): string | null {
  for (const { pattern, said } of forms) {
    const match = pattern.exec(text);
    if (match !== null) return said(...match.slice(1));
  }
  return null;
}

/** The same, where English and what has no known form stay as they are. */
export function saidKnown(text: string, forms: readonly KnownForm[]): string {
  return spoken().tag === "en" ? text : (inKnownForm(text, forms) ?? text);
}

/** "248,320" as a number. */
export function numberIn(part = ""): number {
  return Number(part.replaceAll(",", ""));
}
