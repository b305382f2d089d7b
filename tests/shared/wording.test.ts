import { afterEach, expect, test } from "vitest";
import { timesText } from "../../src/shared/advice-text.ts";
import { catalogAgeText } from "../../src/shared/catalog-age.ts";
import { formatDay, formatMemory, formatMomentFor } from "../../src/shared/format.ts";
import { isLanguageTag } from "../../src/words/languages.ts";
import { loadMessages } from "../../src/words/load-messages.ts";
import { say } from "../../src/words/say.ts";
import { speak } from "../../src/words/spoken.ts";

afterEach(() => speak({ tag: "en", locale: "en-US", messages: {} }));

async function speakIn(tag: string): Promise<void> {
  if (!isLanguageTag(tag)) throw new Error(tag);
  speak({ tag, locale: tag, messages: await loadMessages(tag) });
}

test.each([
  [1.84, "1.8 × as fast"],
  [0.24, "4.2 × slower"],
  [0.88, "1.1 × slower"],
  [0.999, "about as fast"],
])("%d times the speed is %s", (factor, text) => {
  expect(timesText(factor)).toBe(text);
});

test("a thousand GiB and more are grouped as the language does", async () => {
  expect(formatMemory(1953.1 * 1024 ** 3)).toBe("1,953.1 GiB");
  expect(formatMemory(999.9 * 1024 ** 3)).toBe("999.9 GiB");
  await speakIn("de");
  expect(formatMemory(1953.1 * 1024 ** 3)).toBe("1.953,1 GiB");
});

test("a day is written as the language does, and in English as it is", async () => {
  const now = new Date("2026-11-26T12:00:00Z");
  expect(formatDay("2026-11-25")).toBe("2026-11-25");
  await speakIn("de");
  expect(catalogAgeText("2026-11-25", now)).toBe("Katalog vom 25.11.2026, 1 Tag alt");
  await speakIn("fr");
  expect(catalogAgeText("2026-11-24", now)).toBe("Catalogue du 24 nov. 2026, datant de 2 jours");
  expect(formatDay("no day")).toBe("no day");
  const noon = "2026-11-26T12:00:00";
  expect(formatMomentFor(noon, "2026-11-26T13:00:00")).toBe("12:00:00");
  expect(formatMomentFor(noon, "2026-11-27T13:00:00")).toBe("26 nov. 2026 12:00:00");
});

test.each([
  ["de", "1 weiterer Hinweis", "2 weitere Hinweise"],
  ["es", "1 aviso más", "2 avisos más"],
  ["fr", "1 autre point à noter", "2 autres points à noter"],
])("one and two more things to know in %s", async (tag, one, two) => {
  await speakIn(tag);
  const more = (count: number): string =>
    say("{count, plural, one {# more thing} other {# more things}} to know", { count });
  expect([more(1), more(2)]).toEqual([one, two]);
});
