import { spoken } from "#words/spoken.ts";
import type { KnownForm } from "#shared/known-form.ts";
import { MISSING } from "#shared/missing-text.ts";
import { MESSAGES as PROBE_MESSAGES, NAMES as PROBE_NAMES } from "#shared/probe-message-text.ts";
import { REFUSALS } from "#shared/refusal-text.ts";
import { CAVEATS, IMAGINED_CARDS, UNKNOWN_VERDICTS } from "./engine-forms.ts";
import { CARD_MISSING, MODEL_MISSING, OWN_NOTES } from "./fact-forms.ts";
import { CATALOG_FILES } from "./catalog-forms.ts";
import { DETECTION } from "./detection-forms.ts";
import { FAULTS } from "./fault-forms.ts";
import { GGUF_FILES } from "./gguf-forms.ts";
import { HARDWARE } from "./hardware-forms.ts";
import { HUB } from "./hub-forms.ts";
import { REASONS } from "./reason-forms.ts";
import { LICENCE_NOTES, NOTICES } from "./licence-forms.ts";
import { FACT_SOURCES } from "./source-forms.ts";
import { englishLeft, toldAmong } from "./told-parts.ts";

/** Every form that a text of engine, catalog or probe may have. */
export const FORMS: readonly KnownForm[] = [
  ...UNKNOWN_VERDICTS,
  ...CAVEATS,
  ...IMAGINED_CARDS,
  ...REFUSALS,
  ...MODEL_MISSING,
  ...CARD_MISSING,
  ...MISSING,
  ...NOTICES,
  ...LICENCE_NOTES,
  ...GGUF_FILES,
  ...REASONS,
  ...FAULTS,
  ...HARDWARE,
  ...DETECTION,
  ...PROBE_NAMES,
  ...PROBE_MESSAGES,
  ...HUB,
  ...CATALOG_FILES,
  ...OWN_NOTES,
  ...FACT_SOURCES,
];

/** What engine, catalog and probe say in English, in the language that is spoken as far as its forms are known. */
export function toldText(text: string): string {
  return toldAmong(text, FORMS);
}

/** A piece of a text, and whether it is left in English while another language is spoken. */
export interface ToldPart {
  readonly text: string;
  readonly isEnglish: boolean;
}

/**
 * A text cut where words of the catalog stand in it that were left in English, for a page to say so to screen readers.
 * Names alone belong to no language.
 */
export function markedParts(text: string, catalogTexts: readonly string[]): readonly ToldPart[] {
  const whole = [{ text, isEnglish: false }];
  if (spoken().tag === "en") return whole;
  const left = catalogTexts
    .flatMap((one) => (toldText(one) === one ? [one] : englishLeft(one, FORMS)))
    .filter(hasWords);
  return left.reduce<readonly ToldPart[]>(
    (parts, words) => parts.flatMap((part) => (part.isEnglish ? [part] : cutAt(part.text, words))),
    whole,
  );
}

function cutAt(text: string, words: string): readonly ToldPart[] {
  const at = text.indexOf(words);
  if (at === -1) return [{ text, isEnglish: false }];
  return [
    { text: text.slice(0, at), isEnglish: false },
    { text: words, isEnglish: true },
    { text: text.slice(at + words.length), isEnglish: false },
  ].filter((part) => part.text !== "");
}

function hasWords(text: string): boolean {
  return /\p{Ll}{2,} \p{Ll}{2,}/u.test(text);
}
