import { afterEach, beforeAll, describe, expect, test } from "vitest";
import { formatBandwidth, formatContext, formatMemory, formatRateRange } from "#shared/format.ts";
import { chosenLanguage, LANGUAGE_TAGS, type LanguageTag } from "#words/languages.ts";
import { loadMessages } from "#words/load-messages.ts";
import { numberText } from "#words/numbers.ts";
import { say } from "#words/say.ts";
import { speakFirstOf } from "#words/speak-first.ts";
import { speak, spoken, type Messages } from "#words/spoken.ts";

const byTag = new Map<LanguageTag, Messages>();
beforeAll(async () => {
  for (const tag of LANGUAGE_TAGS) byTag.set(tag, await loadMessages(tag));
});
afterEach(() => speak({ tag: "en", locale: "en-US", messages: {} }));

test.each([
  { preferred: ["de-CH", "en"], tag: "de", locale: "de-CH" },
  { preferred: ["pt-BR", "fr"], tag: "fr", locale: "fr" },
  { preferred: ["zh-CN"], tag: "zh-Hans", locale: "zh-CN" },
  { preferred: ["zh"], tag: "zh-Hans", locale: "zh" },
  { preferred: ["zh-TW", "ja-JP"], tag: "ja", locale: "ja-JP" },
  { preferred: ["zh-Hant-HK"], tag: "en", locale: "en-US" },
  { preferred: ["es-419"], tag: "es", locale: "es-419" },
  { preferred: ["not a tag", "nl"], tag: "en", locale: "en-US" },
  { preferred: [], tag: "en", locale: "en-US" },
])("of $preferred it speaks $tag", ({ preferred, tag, locale }) => {
  expect(chosenLanguage(preferred)).toEqual({ tag, locale });
});

test.each([
  { tag: "en", context: "131,072 tokens", memory: "23.5 GiB", bandwidth: "1008 GB/s", range: "1.5 to 1,200" },
  { tag: "de", context: "131.072 Token", memory: "23,5 GiB", bandwidth: "1008 GB/s", range: "1,5 bis 1.200" },
  {
    tag: "fr",
    context: "131\u202f072 jetons",
    memory: "23,5 GiB",
    bandwidth: "1008 GB/s",
    range: "1,5 à 1\u202f200",
  },
  { tag: "ja", context: "131,072 トークン", memory: "23.5 GiB", bandwidth: "1008 GB/s", range: "1.5～1,200" },
] as const)("numbers, units and counts in $tag", ({ tag, context, memory, bandwidth, range }) => {
  speak({ tag, locale: tag, messages: byTag.get(tag) ?? {} });
  expect(formatContext(131_072)).toBe(context);
  expect(formatMemory(23.5 * 2 ** 30)).toBe(memory);
  expect(formatBandwidth(1008e9)).toBe(bandwidth);
  expect(formatRateRange({ low: 1.5, high: 1200 })).toBe(range);
});

describe("a message", () => {
  test("without a translation is said in English, with the English forms", () => {
    speak({ tag: "ja", locale: "ja-JP", messages: {} });
    expect(say("{count, plural, one {# card} other {# cards}} of {name}", { count: 1, name: "x" })).toBe(
      "1 card of x",
    );
  });

  test("keeps braces, tags and apostrophes that its values hold", () => {
    expect(say("It's {name}.", { name: "{a} <b> 'c'" })).toBe("It's {a} <b> 'c'.");
  });

  test("that lacks a value throws and names it", () => {
    expect(() => say("On {card}.")).toThrow(/card/);
  });
});

test("the first known language of a system is spoken", async () => {
  await speakFirstOf(["xx", "fr-CA", "de"]);
  expect(spoken().tag).toBe("fr");
  expect(numberText(1.5)).toBe("1,5");
});
