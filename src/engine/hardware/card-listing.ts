import type { Card } from "#engine/card.ts";
import { findCard } from "#engine/card-search.ts";
import { isKnown } from "#engine/fact.ts";

/** Whatever an accelerator is called, these words say nothing of which it is. */
const FILLER = new Set([
  ...["gpu", "gpus", "graphics", "graphic", "card", "cards", "series", "edition", "generation"],
  ...["with", "design", "corporation", "corp", "inc"],
]);

const SAME_WORD: Readonly<Record<string, string>> = { mobile: "laptop", notebook: "laptop" };

/** The computers that Apple's chips come in, with the size of their screen: who has one looks for its name. */
const MAC = /\b(?:imac|mac(?:book)?)(?:\s*(?:air|pro|mini|studio))?(?:\s+1[3-6]\b(?:[\s-]*inch)?)?/g;

const MEMORY = /(?<![\d.])(\d+(?:\.\d+)?)\s*g(?:i?b)?\b/;

/** As `lspci -nn` has it: "10de:2684". */
const PCI_ID = /^[0-9a-f]{4}:[0-9a-f]{4}$/;

/** What a person looks for, taken apart. */
export interface Wanted {
  /** Without the computer it is in. */
  readonly chip: string;
  readonly words: readonly string[];
  readonly memoryGB: number | null;
  readonly isMac: boolean;
}

export function wantedOf(text: string): Wanted {
  const plain = plainOf(text);
  const chip = plain.replaceAll(MAC, " ");
  const memory = MEMORY.exec(chip);
  return {
    chip,
    words: wordsOf(memory === null ? chip : chip.replace(memory[0], " ")),
    memoryGB: memory === null ? null : Number(memory[1]),
    isMac: chip !== plain,
  };
}

/**
 * The cards a person looks for, of which every word is in some spelling, joined or apart ("rtx4090", "3060 12gb", "mac
 * studio m3 ultra"). Those whose very name it is come first, the others as the database has them.
 */
export function cardsLike(text: string, cards: readonly Card[]): readonly Card[] {
  const pciId = PCI_ID.exec(text.trim().toLowerCase())?.[0];
  if (pciId !== undefined) return cards.filter((card) => card.pciIds.includes(pciId));
  const wanted = wantedOf(text);
  const alike = cards.filter((card) => isLike(card, wanted));
  const named = findCard(wanted.chip, alike);
  const first = named.kind === "none" ? [] : named.kind === "found" ? [named.card] : named.cards;
  return [...first, ...alike.filter((card) => !first.includes(card))];
}

function isLike(card: Card, { words, memoryGB, isMac }: Wanted): boolean {
  if (isMac && card.vendor !== "apple") return false;
  if (memoryGB !== null && !mayHave(card, memoryGB)) return false;
  return words.every((word) => hasWord(card, word));
}

/** True where that is its memory, or it comes in sizes of the buyer's choice. */
function mayHave({ memoryLabelGB, memoryKind, memoryBytes }: Card, memoryGB: number): boolean {
  if (memoryLabelGB !== null) return memoryLabelGB === memoryGB;
  return memoryKind === "unified" && !isKnown(memoryBytes);
}

/** True where a spelling has the word, or begins with it anywhere between two words: "5070ti" is in "RTX 5070 Ti". */
export function hasWord(card: Card, word: string): boolean {
  return startsOf(card).some((start) => start.startsWith(word));
}

const known = new WeakMap<Card, readonly string[]>();

/** Each spelling from each of its words on, in one; taken apart once, since a search looks at every card. */
function startsOf(card: Card): readonly string[] {
  const starts =
    known.get(card) ??
    [card.vendor, card.id, card.name, ...card.aliases].flatMap((spelling) => {
      const words = wordsOf(plainOf(spelling));
      return words.map((_, index) => words.slice(index).join(""));
    });
  known.set(card, starts);
  return starts;
}

function plainOf(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/\((?:r|tm|c)\)|[®™©]/g, "")
    .replaceAll(/\bmax[\s-]?q\b/g, "maxq");
}

/** The words that count, as all spellings have them. */
export function wordsOf(plain: string): readonly string[] {
  return plain
    .split(/[^a-z0-9+]+/)
    .filter((word) => word !== "" && !FILLER.has(word))
    .map((word) => SAME_WORD[word] ?? word);
}
