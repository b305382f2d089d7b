import { distance } from "fastest-levenshtein";
import type { Card } from "#engine/card.ts";
import { hasWord, wantedOf, wordsOf } from "#engine/hardware/card-listing.ts";

/** Shorter words, and all with digits, may be another name as well as a slip: "4009" is not mended. */
const LETTERS = /^[a-z]{4,}$/;

/** So many letters may differ, of a short word and of a longer one. */
const MOST_SLIPS = { short: 1, long: 2 } as const;
const LONG_WORD_LENGTH = 5;

/** The search with words that no card has put right ("geforec 4090"); null where nothing can be. */
export function mendedSearch(text: string, cards: readonly Card[]): string | null {
  const strange = wantedOf(text).words.filter((word) => !cards.some((card) => hasWord(card, word)));
  const known = vocabulary(cards);
  let mended = text.toLowerCase();
  for (const word of strange) {
    const nearest = nearestWord(word, known);
    if (nearest === null) return null;
    mended = mended.replace(word, nearest);
  }
  return strange.length === 0 ? null : mended;
}

function nearestWord(word: string, known: ReadonlySet<string>): string | null {
  if (!LETTERS.test(word)) return null;
  const most = word.length < LONG_WORD_LENGTH ? MOST_SLIPS.short : MOST_SLIPS.long;
  const near = [...known]
    .map((other) => ({ other, slips: distance(word, other) }))
    .filter(({ slips }) => slips <= most)
    .sort((one, other) => one.slips - other.slips);
  return near[0]?.other ?? null;
}

function vocabulary(cards: readonly Card[]): ReadonlySet<string> {
  const spellings = cards.flatMap(({ name, aliases, vendor }) => [vendor, name, ...aliases]);
  return new Set(
    spellings.flatMap((spelling) => wordsOf(spelling.toLowerCase())).filter((word) => LETTERS.test(word)),
  );
}
