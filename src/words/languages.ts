/** What Fitment is translated to, by BCP 47 tag, each in its own name. */
export const LANGUAGE_NAMES = {
  en: "English",
  de: "Deutsch",
  es: "Español",
  fr: "Français",
  ja: "日本語",
  "zh-Hans": "简体中文",
} as const;

export type LanguageTag = keyof typeof LANGUAGE_NAMES;

export const LANGUAGE_TAGS = Object.keys(LANGUAGE_NAMES) as readonly LanguageTag[]; // its own keys

/** True for the tag of a language that Fitment speaks. */
export function isLanguageTag(text: string): text is LanguageTag {
  return Object.hasOwn(LANGUAGE_NAMES, text);
}

/**
 * The first of a person's languages that Fitment speaks, English where it speaks none. Chinese in traditional
 * characters (`zh-Hant`, or by its regions) is not the simplified one.
 */
export function chosenLanguage(preferred: readonly string[]): {
  readonly tag: LanguageTag;
  readonly locale: string;
} {
  for (const locale of preferred) {
    const tag = tagOf(locale);
    if (tag !== null) return { tag, locale };
  }
  return { tag: "en", locale: "en-US" };
}

function tagOf(locale: string): LanguageTag | null {
  try {
    const { language, script } = new Intl.Locale(locale).maximize();
    if (language === "zh") return script === "Hans" ? "zh-Hans" : null;
    return isLanguageTag(language) ? language : null;
  } catch {
    return null; // no tag of a language at all
  }
}
