import type { LanguageTag } from "./languages.ts";

/** English messages and what they are in another language; English itself has none. */
export type Messages = Readonly<Record<string, string>>;

/** What a process speaks. */
export interface Spoken {
  readonly tag: LanguageTag;
  /** For numbers and plurals, BCP 47; may name a region: "de-CH". */
  readonly locale: string;
  readonly messages: Messages;
}

const ENGLISH: Spoken = { tag: "en", locale: "en-US", messages: {} };

let current: Spoken = ENGLISH;

/**
 * Said where a process starts, before anything is shown, and again only when a person chooses another language. One
 * setting for a whole process and not a parameter: every text of the program depends on it, and nothing else changes it.
 */
export function speak(language: Spoken): void {
  current = language;
}

/** What this process speaks: English until it is told otherwise. */
export function spoken(): Spoken {
  return current;
}
