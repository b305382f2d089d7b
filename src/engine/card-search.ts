import type { Card } from "./card.ts";
import { isKnown } from "./fact.ts";
import { cardName, cardNames, type CardName } from "./hardware/card-name.ts";
import type { Accelerator } from "./machine.ts";

/** What a name stands for in the card database. Never a neighbour: several cards are `ambiguous`, a near miss `none`. */
export type CardSearch =
  | { readonly kind: "found"; readonly card: Card }
  | { readonly kind: "ambiguous"; readonly cards: readonly Card[] }
  | { readonly kind: "none" };

/** Finds a card by id, else by name, else by another spelling, else by a spelling that leaves the memory size out. */
export function findCard(text: string, cards: readonly Card[]): CardSearch {
  const byId = cards.filter(({ id }) => id === text.trim().toLowerCase());
  if (byId.length > 0) return searchResult(byId);
  const wanted = cardName(text);
  if (wanted.key === "") return { kind: "none" };
  const steps = [isNamed, isAlsoCalled, isCalledWithoutMemory];
  const matches = steps.map((step) => cards.filter((card) => step(card, wanted)));
  return searchResult(matches.find((found) => found.length > 0) ?? []);
}

/**
 * The card behind a detected accelerator: by PCI id, else by the name its tool gives; the exact name and the memory
 * decide where several remain (1002:744c is an RX 7900 XT, XTX or GRE).
 */
export function matchCard(accelerator: Accelerator, cards: readonly Card[]): CardSearch {
  const { vendor, details, name } = accelerator;
  const pciId = details?.pciDeviceId ?? null;
  const ofMaker = cards.filter((card) => card.vendor === vendor);
  const byPciId = pciId === null ? [] : ofMaker.filter(({ pciIds }) => pciIds.includes(pciId));
  if (byPciId.length === 1) return searchResult(byPciId);
  const byName = found(findNamed(name, byPciId.length > 0 ? byPciId : ofMaker));
  return searchResult(withMemory(byName.length > 0 ? byName : byPciId, accelerator.memoryTotalBytes));
}

/** Cards whose memory is that of the machine's accelerator, where that leaves any; else all of them. */
export function withMemory(cards: readonly Card[], memoryBytes: number | null): readonly Card[] {
  if (memoryBytes === null || cards.length < 2) return cards;
  const alike = cards.filter(
    ({ memoryBytes: stated }) => isKnown(stated) && isAbout(stated.value, memoryBytes),
  );
  return alike.length > 0 ? alike : cards;
}

/** Drivers and ECC take up to 7 % of a card's memory; the sizes one card comes in are at least a fifth apart. */
const MEMORY_TOLERANCE_FRACTION = 0.08;

function isAbout(statedBytes: number, memoryBytes: number): boolean {
  return Math.abs(statedBytes - memoryBytes) <= statedBytes * MEMORY_TOLERANCE_FRACTION;
}

/** A tool's name; old `nvidia-smi` tables cut it ("NVIDIA GeForce RTX 3080 ..."), which hides the end of it. */
function findNamed(name: string, cards: readonly Card[]): CardSearch {
  const cut = /^(.*?)\s*\.\.\.?$/.exec(name)?.[1];
  if (cut === undefined) return findCard(name, cards);
  const { key } = cardName(cut);
  return searchResult(key === "" ? [] : cards.filter((card) => cardNames(card).name.key.startsWith(key)));
}

function isNamed(card: Card, wanted: CardName): boolean {
  return isSame(cardNames(card).name, wanted);
}

function isAlsoCalled(card: Card, wanted: CardName): boolean {
  return cardNames(card).aliases.some((alias) => isSame(alias, wanted));
}

function isCalledWithoutMemory(card: Card, wanted: CardName): boolean {
  const { name, aliases } = cardNames(card);
  return [name, ...aliases].some(
    ({ key, memoryGB }) =>
      key === wanted.key &&
      (wanted.memoryGB === null || (memoryGB ?? card.memoryLabelGB) === wanted.memoryGB),
  );
}

function isSame(one: CardName, other: CardName): boolean {
  return one.key === other.key && one.memoryGB === other.memoryGB;
}

function found(search: CardSearch): readonly Card[] {
  switch (search.kind) {
    case "found":
      return [search.card];
    case "ambiguous":
      return search.cards;
    case "none":
      return [];
  }
}

function searchResult(cards: readonly Card[]): CardSearch {
  const [card] = cards;
  if (card === undefined) return { kind: "none" };
  return cards.length === 1 ? { kind: "found", card } : { kind: "ambiguous", cards };
}
