import { distance } from "fastest-levenshtein";
import type { Model } from "#engine/model.ts";
import { searchModels } from "#engine/model-search.ts";

/** Models by what was typed, or, where nothing is called so, by the words that come nearest to it. */
export interface NearModels {
  readonly models: readonly Model[];
  /** The text that found them; not the one that was typed where a word of it was misspelt. */
  readonly text: string;
}

export function searchNear(models: readonly Model[], text: string): NearModels {
  const found = searchModels(models, text);
  if (found.length > 0) return { models: found, text };
  const known = wordsOfNames(models);
  const corrected = text.replaceAll(/\p{L}+/gu, (word) => nearestWord(word.toLowerCase(), known) ?? word);
  return { models: corrected === text ? [] : searchModels(models, corrected), text: corrected };
}

const SHORTEST_WORD = 4;

function wordsOfNames(models: readonly Model[]): ReadonlySet<string> {
  const names = models.flatMap(({ id, family, developer }) => [id, family, developer]);
  return new Set(names.flatMap((name) => name.toLowerCase().match(/\p{L}+/gu) ?? []));
}

/** A word that is one letter off, of long ones two; null for a known word and where none is near. */
function nearestWord(word: string, known: ReadonlySet<string>): string | null {
  if (word.length < SHORTEST_WORD || known.has(word)) return null;
  const most = word.length < 7 ? 1 : 2;
  const near = [...known]
    .map((name) => ({ name, away: distance(word, name) }))
    .filter(({ name, away }) => name.length >= SHORTEST_WORD && away <= most)
    .sort((one, other) => one.away - other.away);
  return near[0]?.name ?? null;
}
