import type { Card } from "#engine/card.ts";
import { type CardSearch, findCard, withMemory } from "#engine/card-search.ts";
import { isKnown, type Fact } from "#engine/fact.ts";
import type { Accelerator } from "#engine/machine.ts";
import { gibToBytes } from "#engine/units.ts";
import type { AcceleratorSpec } from "./accelerator-spec.ts";
import { cardName, cardNames } from "./card-name.ts";
import { gibText } from "./memory-size.ts";

/** What one spec stands for. Unified memory is the computer's RAM, so its size may have to come from there. */
export interface NamedAccelerator extends Pick<Accelerator, "name" | "vendor" | "memoryKind" | "source"> {
  readonly count: number;
  readonly memoryBytes: number | null;
  /** The size was typed, so it wins over what is known of the card. */
  readonly isMemoryGiven: boolean;
  readonly notes: readonly string[];
}

/** What a spec comes to; `unknownCard` is the name that no card has, for "did you mean". */
export type NamedResult =
  | { readonly kind: "ok"; readonly named: NamedAccelerator }
  | { readonly kind: "failed"; readonly message: string; readonly unknownCard: string | null };

/** Looks a spec up in the card database. */
export function nameAccelerator(spec: AcceleratorSpec, cards: readonly Card[]): NamedResult {
  if (isAnyCard(spec.name)) return anyCard(spec);
  const search = narrowed(findCard(spec.name, cards), spec.memoryBytes);
  switch (search.kind) {
    case "found":
      return knownCard(spec, [search.card], search.card.name);
    case "ambiguous":
      return oneOfSeveral(spec, search.cards);
    case "none":
      return unknownCard(spec.name);
  }
}

/** "GPU@24GiB": a card of any make, by its memory alone. */
function isAnyCard(name: string): boolean {
  return /^\s*(any\s+)?(gpu|card)\s*$/i.test(name);
}

function anyCard(spec: AcceleratorSpec): NamedResult {
  const { memoryBytes, count, notes } = spec;
  if (memoryBytes === null)
    return failed(`"${spec.text}" names no card and no memory; write it like "GPU@24GiB".`);
  const size = gibText(memoryBytes);
  const note = `GPU: a card of any make with ${size} of memory of its own.`;
  const named = {
    name: `GPU with ${size}`,
    vendor: "other",
    memoryKind: "dedicated",
    source: "given",
  } as const;
  return {
    kind: "ok",
    named: { ...named, count, memoryBytes, isMemoryGiven: true, notes: [...notes, note] },
  };
}

/** Of several cards, those with the memory that was typed. */
function narrowed(search: CardSearch, memoryBytes: number | null): CardSearch {
  if (search.kind !== "ambiguous") return search;
  const cards = withMemory(search.cards, memoryBytes);
  const [card] = cards;
  return card !== undefined && cards.length === 1 ? { kind: "found", card } : { kind: "ambiguous", cards };
}

type Cards = readonly [Card, ...Card[]];

/** Cards that share a name and all that matters here are as good as one. */
function oneOfSeveral(spec: AcceleratorSpec, cards: readonly Card[]): NamedResult {
  const [first, ...rest] = cards;
  const names = orList(cards.map(({ name }) => name));
  if (first === undefined || !rest.every((card) => isInterchangeable(card, first, spec.memoryBytes))) {
    return failed(`"${spec.name}" may be ${names}: name one of them, or its memory.`);
  }
  const result = knownCard(spec, [first, ...rest], sharedName(spec.name, first));
  if (result.kind === "failed") return result;
  const { named } = result;
  return { kind: "ok", named: { ...named, notes: [`${named.name}: may be ${names}.`, ...named.notes] } };
}

function isInterchangeable(card: Card, other: Card, givenBytes: number | null): boolean {
  const { vendor, memoryKind, deviceCount, memoryBytes } = card;
  if (vendor !== other.vendor || memoryKind !== other.memoryKind || deviceCount !== other.deviceCount)
    return false;
  return givenBytes !== null || knownBytes(memoryBytes) === knownBytes(other.memoryBytes);
}

/** The spelling in the database of what was typed: "Apple M2 Ultra" for "m2 ultra". */
function sharedName(typed: string, card: Card): string {
  const { key } = cardName(typed);
  const index = cardNames(card).aliases.findIndex((alias) => alias.key === key);
  return card.aliases[index] ?? typed;
}

/** The accelerator that one card is, or several that are alike. */
function knownCard(spec: AcceleratorSpec, cards: Cards, name: string): NamedResult {
  const [{ vendor, memoryKind, memoryBytes: stated, deviceCount }] = cards;
  const memory = memoryOf(spec, stated);
  if (memory === null && memoryKind === "dedicated") {
    return failed(`The memory of the ${name} is not known: add it, as in "${name}@16GiB".`);
  }
  const count = spec.count * deviceCount;
  const notes = [
    ...spec.notes,
    ...(deviceCount === 1 ? [] : [`${name}: a driver shows ${deviceCount} devices for each board.`]),
    ...(memory === null ? [] : [`${name}: ${memory.note}.`]),
  ];
  return {
    kind: "ok",
    named: {
      name,
      vendor,
      memoryKind,
      count,
      memoryBytes: memory?.bytes ?? null,
      source: memory?.source ?? "its memory is the computer's RAM",
      isMemoryGiven: memory?.source === GIVEN,
      notes,
    },
  };
}

const GIVEN = "given";

interface CardMemorySize {
  readonly bytes: number;
  readonly source: string;
  readonly note: string;
}

/** What was typed, else what the database says, else a size in the name of a chip that comes in several ("M1 Max 64GB"). */
function memoryOf({ memoryBytes, name }: AcceleratorSpec, stated: Fact<number>): CardMemorySize | null {
  const statedBytes = knownBytes(stated);
  if (memoryBytes !== null) {
    const note =
      statedBytes === null || statedBytes === memoryBytes
        ? `${gibText(memoryBytes)} of memory as given`
        : `${gibText(memoryBytes)} of memory as given, where the card database has ${gibText(statedBytes)}`;
    return { bytes: memoryBytes, source: GIVEN, note };
  }
  if (isKnown(stated)) {
    const source = `card database (${stated.source})`;
    return { bytes: stated.value, source, note: `${gibText(stated.value)} of memory, ${source}` };
  }
  const { memoryGB } = cardName(name);
  if (memoryGB === null) return null;
  return { bytes: gibToBytes(memoryGB), source: GIVEN, note: `${memoryGB} GiB of memory as its name says` };
}

function knownBytes(fact: Fact<number>): number | null {
  return isKnown(fact) ? fact.value : null;
}

function unknownCard(name: string): NamedResult {
  const message = `The card database has no "${name}" (a card it does not know is given by its memory: "GPU@24GiB").`;
  return { kind: "failed", message, unknownCard: name };
}

const MOST_NAMES = 6;

function orList(names: readonly string[]): string {
  const shown = names.slice(0, MOST_NAMES);
  const more = names.length - shown.length;
  if (more > 0) return `${shown.join(", ")} or ${more} more`;
  return [shown.slice(0, -1).join(", "), ...shown.slice(-1)].filter((part) => part !== "").join(" or ");
}

function failed(message: string): NamedResult {
  return { kind: "failed", message, unknownCard: null };
}
