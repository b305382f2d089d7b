import { chosenLanguage, LANGUAGE_NAMES, LANGUAGE_TAGS, type LanguageTag } from "#words/languages.ts";
import { say } from "#words/say.ts";
import { type Spoken, spoken } from "#words/spoken.ts";

/** Stands for the system's first language, BCP 47: for tests, and for who reads another one than their system's. */
const NAMED_LANGUAGE = "FITMENT_LANGUAGE";

/** Whose languages a system prefers, and what it was started with. */
export interface LanguageSurroundings {
  readonly systemLanguages: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** The person's languages, best first: what they chose, in the form of their region where the system tells it. */
export function preferredLanguages(
  choice: LanguageTag | null,
  { systemLanguages, env }: LanguageSurroundings,
): readonly string[] {
  const named = env[NAMED_LANGUAGE];
  const asSystem = named === undefined ? systemLanguages : [named, ...systemLanguages];
  if (choice === null) return asSystem;
  return [...asSystem.filter((locale) => chosenLanguage([locale]).tag === choice), choice];
}

/** The page's address with the language it is to speak; English is what it speaks untold. */
export function addressInLanguage(
  address: string,
  { tag, locale }: Pick<Spoken, "tag" | "locale"> = spoken(),
): string {
  if (tag === "en") return address;
  const url = new URL(address);
  url.searchParams.set("lang", locale);
  return url.href;
}

/** One line of the menu. */
export interface LanguageLine {
  readonly choice: LanguageTag | null;
  /** A language in its own words, so that also who cannot read the present one finds theirs. */
  readonly label: string;
}

export function languageLines(): readonly LanguageLine[] {
  return [
    { choice: null, label: say("As the system") },
    ...LANGUAGE_TAGS.map((tag) => ({ choice: tag, label: LANGUAGE_NAMES[tag] })),
  ];
}
