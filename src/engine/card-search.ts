import type { Card } from "./card.ts";
import { isKnown } from "./fact.ts";
import { cardName, cardNames, type CardName } from "./hardware/card-name.ts";
import type { Accelerator } from "./machine.ts";
import { gibToBytes } from "./units.ts";

/** What a name stands for in the card database. Never a neighbour: several cards are `ambiguous`, a near miss `none`. */
export type CardSearch =
  | { readonly kind: "found"; readonly card: Card }
  | { readonly kind: "ambiguous"; readonly cards: readonly Card[] }
  | { readonly kind: "none" };

/** Finds a card by id, else by name, else by another spelling, else by a spelling that leaves the memory size out. */
export function findCard(text: string, cards: readonly Card[]): CardSearch {
  const id = text.trim().toLowerCase();
  const byId = cards.filter((card) => card.id === id);
  return searchResult(byId.length > 0 ? byId : bestNamed(cardName(text), cards));
}

/**
 * The card behind a detected accelerator: by PCI id, else by the name its tool gives. Where several remain the
 * memory decides (1002:744c is an RX 7900 XT, XTX or GRE), then the exact name, then an Apple GPU's core count.
 * For a slice or a virtual share of a card it is the whole card.
 */
export function matchCard(accelerator: Accelerator, cards: readonly Card[]): CardSearch {
  const { vendor, details, name, memoryTotalBytes } = accelerator;
  const pciId = details?.pciDeviceId ?? null;
  const ofMaker = cards.filter((card) => card.vendor === vendor);
  const byPciId = pciId === null ? [] : ofMaker.filter(({ pciIds }) => pciIds.includes(pciId));
  const pool = byPciId.length > 0 ? byPciId : ofMaker;
  const named = namedLike(name, pool);
  const candidates = withMemory(named.length > 0 ? named : byPciId, memoryTotalBytes);
  const exact = bestNamed(cardName(name), candidates);
  return searchResult(withCoreCount(exact.length > 0 ? exact : candidates, details?.gpuCoreCount ?? null));
}

/** Of several cards those with that memory, else those that come in sizes of the buyer's choice; where neither leaves any, all. */
export function withMemory(cards: readonly Card[], memoryBytes: number | null): readonly Card[] {
  if (memoryBytes === null || cards.length < 2) return cards;
  const alike = cards.filter((card) => isAbout(statedBytes(card), memoryBytes));
  if (alike.length > 0) return alike;
  const ofAnySize = cards.filter((card) => statedBytes(card) === null);
  return ofAnySize.length > 0 ? ofAnySize : cards;
}

/** A card's memory, or the size of RAM that it stands for ("Apple M6, 16GB", which has its own bandwidth). */
function statedBytes({ memoryBytes, memoryLabelGB }: Card): number | null {
  if (isKnown(memoryBytes)) return memoryBytes.value;
  return memoryLabelGB === null ? null : gibToBytes(memoryLabelGB);
}

/**
 * Drivers, ECC and labels read as GB or GiB make up to 8 % of difference (an 80 GB A100 is 81,920 or 79.2 GiB); the
 * sizes one card comes in are at least a fifth apart.
 */
const MEMORY_TOLERANCE_FRACTION = 0.08;

function isAbout(stated: number | null, memoryBytes: number): boolean {
  return stated !== null && Math.abs(stated - memoryBytes) <= stated * MEMORY_TOLERANCE_FRACTION;
}

function withCoreCount(cards: readonly Card[], coreCount: number | null): readonly Card[] {
  if (coreCount === null || cards.length < 2) return cards;
  const alike = cards.filter(({ gpuCoreCount: stated }) => isKnown(stated) && stated.value === coreCount);
  return alike.length > 0 ? alike : cards;
}

/** The cards of that name in the strictest sense in which there are any. */
function bestNamed(wanted: CardName, cards: readonly Card[]): readonly Card[] {
  if (wanted.key === "") return [];
  for (const isMatch of [isNamed, isAlsoCalled, isCalledWithoutMemory]) {
    const found = cards.filter((card) => isMatch(card, wanted));
    if (found.length > 0) return found;
  }
  return [];
}

/** All cards a tool may mean by a name. */
function namedLike(name: string, cards: readonly Card[]): readonly Card[] {
  const start = /^(.*)(?:\.\.\.|…)$/.exec(name)?.[1];
  if (start !== undefined) return cards.filter((card) => isCutTo(start, name.length, card));
  const wanted = cardName(name);
  return wanted.key === "" ? [] : cards.filter((card) => isCalledWithoutMemory(card, wanted));
}

/**
 * True where `nvidia-smi`, whose tables cut long names, may print a card as that. "NVIDIA GeForce RTX 4090 ..." is
 * no RTX 4090, which would have found room, but an "NVIDIA GeForce RTX 4090 Laptop GPU".
 */
function isCutTo(start: string, shownLength: number, { name }: Card): boolean {
  return [name, name.replace(/^NVIDIA /, "")].some(
    (spelling) => spelling.length > shownLength && spelling.toLowerCase().startsWith(start.toLowerCase()),
  );
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
    (spelling) => spelling.key === wanted.key && mayHave(card, spelling, wanted.memoryGB),
  );
}

/** True where the card has that memory, or comes in sizes of the buyer's choice ("M1 Max 64GB"). */
function mayHave(card: Card, spelling: CardName, memoryGB: number | null): boolean {
  const own = spelling.memoryGB ?? card.memoryLabelGB;
  if (memoryGB === null || own === memoryGB) return true;
  return own === null && card.memoryKind === "unified" && !isKnown(card.memoryBytes);
}

function isSame(one: CardName, other: CardName): boolean {
  return one.key === other.key && one.memoryGB === other.memoryGB;
}

function searchResult(cards: readonly Card[]): CardSearch {
  const [card] = cards;
  if (card === undefined) return { kind: "none" };
  return cards.length === 1 ? { kind: "found", card } : { kind: "ambiguous", cards };
}
