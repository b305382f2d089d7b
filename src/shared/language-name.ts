import { spoken } from "#words/spoken.ts";

/** The catalog's names of languages and their BCP 47 tags, by which every language of the world has a name for them. */
const TAGS: Readonly<Record<string, string>> = {
  chinese: "zh",
  czech: "cs",
  danish: "da",
  dutch: "nl",
  finnish: "fi",
  french: "fr",
  german: "de",
  greek: "el",
  italian: "it",
  polish: "pl",
  portuguese: "pt",
  spanish: "es",
  swedish: "sv",
};

/** True for "french": the catalog has scores in it, and every language a name for it. */
export function isLanguageName(word: string): boolean {
  return Object.hasOwn(TAGS, word);
}

/** "french" as it is written: "French", "français"; a language that is not known by a tag has its English name. */
export function languageName(language: string): string {
  const english = `${language.charAt(0).toUpperCase()}${language.slice(1)}`;
  const wanted = TAGS[language];
  if (spoken().tag === "en" || wanted === undefined) return english;
  return languageOfCode(wanted);
}

/** "fr" as it is written: "French", "français"; a code that nobody named stays as it is. */
export function languageOfCode(code: string): string {
  return new Intl.DisplayNames(spoken().locale, { type: "language" }).of(code) ?? code;
}
