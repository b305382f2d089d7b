import { expect, test } from "vitest";
import { addressInLanguage, languageLines, preferredLanguages } from "#main/language.ts";
import { chosenLanguage } from "#words/languages.ts";

/** What is spoken of a choice, the system's languages and `FITMENT_LANGUAGE`. */
const spokenOf = (
  choice: Parameters<typeof preferredLanguages>[0],
  systemLanguages: readonly string[],
  named?: string,
) => {
  const env = named === undefined ? {} : { FITMENT_LANGUAGE: named };
  return chosenLanguage(preferredLanguages(choice, { systemLanguages, env }));
};

test.each([
  ["the first that is spoken", ["ru-RU", "fr-CA", "de"], undefined, "fr-CA"],
  ["English where none is", ["ru-RU"], undefined, "en-US"],
  ["English where the system names none", [], undefined, "en-US"],
  ["the named one before the system's", ["fr-CA"], "ja", "ja"],
  ["the system's where the named one is not spoken", ["fr-CA"], "tlh", "fr-CA"],
  ["the system's where the name is no tag", ["fr-CA"], "de_DE.UTF-8", "fr-CA"],
  ["the system's where the name is empty", ["fr-CA"], "", "fr-CA"],
])("without a choice: %s", (_name, system, named, locale) => {
  expect(spokenOf(null, system, named).locale).toBe(locale);
});

test.each([
  ["the choice, whatever the system's", spokenOf("de", ["fr-CA"]), "de", "de"],
  ["in the system's form of it", spokenOf("de", ["fr-CA", "de-CH"]), "de", "de-CH"],
  ["also before the named one", spokenOf("de", ["fr-CA"], "ja"), "de", "de"],
  ["English where the system's is not spoken", spokenOf("en", ["ru-RU"]), "en", "en"],
  ["simplified Chinese", spokenOf("zh-Hans", ["zh-TW", "zh-CN"]), "zh-Hans", "zh-CN"],
])("with a choice: %s", (_name, spoken, tag, locale) => {
  expect(spoken).toEqual({ tag, locale });
});

test("the page's address names a language other than English", () => {
  const page = "app://fitment/index.html";
  expect(addressInLanguage(page)).toBe(page);
  expect(addressInLanguage(page, { tag: "en", locale: "en-GB" })).toBe(page);
  expect(addressInLanguage(page, { tag: "de", locale: "de-CH" })).toBe(`${page}?lang=de-CH`);
  expect(addressInLanguage("http://localhost:5173/", { tag: "zh-Hans", locale: "zh-CN" })).toBe(
    "http://localhost:5173/?lang=zh-CN",
  );
});

test("the menu offers the system's language, and each in its own words", () => {
  expect(languageLines().map(({ label }) => label)).toEqual([
    "As the system",
    "English",
    "Deutsch",
    "Español",
    "Français",
    "日本語",
    "简体中文",
  ]);
});
