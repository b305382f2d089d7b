import type { Card } from "#engine/card.ts";
import { type CardSearch, findCard, withMemory } from "#engine/card-search.ts";
import { isKnown } from "#engine/fact.ts";
import type { Accelerator } from "#engine/machine.ts";
import type { AcceleratorSpec } from "./accelerator-spec.ts";
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
  if (isNameless(spec.name)) return anyCard(spec);
  const search = narrowed(findCard(spec.name, cards), spec.memoryBytes);
  switch (search.kind) {
    case "found":
      return oneCard(spec, search.card);
    case "ambiguous":
      return oneOfSeveral(spec, search.cards);
    case "none":
      return unknownCard(spec.name);
  }
}

/** "GPU@24GiB": a card of any make, by its memory alone. */
function isNameless(name: string): boolean {
  return /^\s*(any\s+)?(gpu|card)\s*$/i.test(name);
}

function anyCard(spec: AcceleratorSpec): NamedResult {
  const { memoryBytes } = spec;
  if (memoryBytes === null) return failed(`"${spec.text}" says neither card nor memory; write "GPU@24GiB".`);
  const size = gibText(memoryBytes);
  const named = { name: `GPU with ${size}`, vendor: "other", memoryKind: "dedicated" } as const;
  return ok(spec, {
    ...named,
    memoryBytes,
    source: "given",
    notes: [`A card of any make with ${size} of its own.`],
  });
}

function oneCard(spec: AcceleratorSpec, card: Card): NamedResult {
  const { name, vendor, memoryKind, memoryBytes: stated } = card;
  const named = { name, vendor, memoryKind };
  const { memoryBytes } = spec;
  if (memoryBytes !== null) {
    const known = isKnown(stated) ? ` instead of the ${gibText(stated.value)} in the card database` : "";
    const note = `${name}: ${gibText(memoryBytes)} of memory as given${known}.`;
    return ok(spec, { ...named, memoryBytes, source: "given", notes: [note] });
  }
  if (isKnown(stated)) {
    const source = `card database (${stated.source})`;
    const note = `${name}: ${gibText(stated.value)} of memory from the ${source}.`;
    return ok(spec, { ...named, memoryBytes: stated.value, source, notes: [note] });
  }
  if (memoryKind === "unified") {
    return ok(spec, { ...named, memoryBytes: null, source: "its memory is the computer's RAM", notes: [] });
  }
  return failed(`The memory of the ${name} is not known: add it, as in "${name}@16GiB".`);
}

/** Cards that share a name: what they have in common is enough, where that is the memory. */
function oneOfSeveral(spec: AcceleratorSpec, cards: readonly Card[]): NamedResult {
  const names = cards.map(({ name }) => name);
  const [first, ...rest] = cards;
  const memoryBytes = spec.memoryBytes ?? sharedMemoryBytes(cards);
  const isAlike = rest.every(
    ({ vendor, memoryKind }) => vendor === first?.vendor && memoryKind === first.memoryKind,
  );
  if (first === undefined || memoryBytes === null || !isAlike) {
    return failed(`"${spec.name}" may be ${orList(names)}: name one of them, or its memory.`);
  }
  const { vendor, memoryKind } = first;
  const source = spec.memoryBytes === null ? "card database (the same for every card of that name)" : "given";
  const note = `${spec.name} may be ${orList(names)}: ${gibText(memoryBytes)} of memory (${source}).`;
  return ok(spec, { name: spec.name, vendor, memoryKind, memoryBytes, source, notes: [note] });
}

function sharedMemoryBytes(cards: readonly Card[]): number | null {
  const sizes = new Set(cards.map(({ memoryBytes }) => (isKnown(memoryBytes) ? memoryBytes.value : null)));
  const [size] = sizes;
  return sizes.size === 1 && size !== undefined ? size : null;
}

/** Of several cards, those with the memory that was typed. */
function narrowed(search: CardSearch, memoryBytes: number | null): CardSearch {
  if (search.kind !== "ambiguous") return search;
  const cards = withMemory(search.cards, memoryBytes);
  const [card] = cards;
  return card !== undefined && cards.length === 1 ? { kind: "found", card } : { kind: "ambiguous", cards };
}

function unknownCard(name: string): NamedResult {
  const message = `The card database has no "${name}" (a card it does not know is given by its memory: "GPU@24GiB").`;
  return { kind: "failed", message, unknownCard: name };
}

function orList(names: readonly string[]): string {
  const shown = names.slice(0, 6);
  const more = names.length - shown.length;
  if (more > 0) return `${shown.join(", ")} or ${more} more`;
  return [shown.slice(0, -1).join(", "), ...shown.slice(-1)].filter((part) => part !== "").join(" or ");
}

function ok(spec: AcceleratorSpec, named: Omit<NamedAccelerator, "count" | "isMemoryGiven">): NamedResult {
  const { count, memoryBytes } = spec;
  const notes = [...spec.notes, ...named.notes];
  return { kind: "ok", named: { ...named, count, isMemoryGiven: memoryBytes !== null, notes } };
}

function failed(message: string): NamedResult {
  return { kind: "failed", message, unknownCard: null };
}
