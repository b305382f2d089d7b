import path from "node:path";
import { parse, TYPE } from "@formatjs/icu-messageformat-parser";
import { describe, expect, test } from "vitest";
import { LANGUAGE_TAGS } from "#words/languages.ts";
import { loadMessages } from "#words/load-messages.ts";
import { allWords } from "./report.ts";

const words = allWords(path.join(import.meta.dirname, "../.."));
const messages = new Set(words.said.map(({ message }) => message));

/** Folders whose every visible text is said; the rest of them are in English alone. */
const SPEAKING: readonly string[] = ["src/advice", "src/main", "src/renderer", "src/shared"];

test("each message is a literal that a translator can be shown, and is said after a language is chosen", () => {
  expect(words.unreadable).toEqual([]);
  expect(words.said.filter(({ isAtLoad }) => isAtLoad)).toEqual([]);
});

test("in folders that speak, every text is said", () => {
  expect(words.unsaid.filter(({ file }) => SPEAKING.some((folder) => file.startsWith(folder)))).toEqual([]);
});

describe.each(LANGUAGE_TAGS.filter((tag) => tag !== "en"))("%s", async (tag) => {
  const translated = await loadMessages(tag);

  test("has every message, and none that nobody says", () => {
    expect([...messages].filter((message) => translated[message] === undefined)).toEqual([]);
    expect(Object.keys(translated).filter((message) => !messages.has(message))).toEqual([]);
  });

  test("each has the same values as in English, and every form that the language counts with", () => {
    const locale = new Intl.Locale(tag);
    for (const [message, translation] of Object.entries(translated)) {
      const wanted = valuesOf(parse(message, { ignoreTag: true }));
      const given = valuesOf(parse(translation, { ignoreTag: true, locale }));
      expect([...given].sort(), message).toEqual([...wanted].sort());
    }
  });
});

/** Names of what a message is given, however often it has them. */
function valuesOf(parts: ReturnType<typeof parse>): ReadonlySet<string> {
  return new Set(
    parts.flatMap((part) => [
      ...("value" in part && part.type !== TYPE.literal ? [part.value] : []),
      ...("options" in part ? Object.values(part.options).flatMap((one) => [...valuesOf(one.value)]) : []),
    ]),
  );
}
