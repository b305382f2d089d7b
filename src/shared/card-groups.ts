import type { Card } from "#engine/card.ts";
import { isKnown } from "#engine/fact.ts";
import type { CardCount } from "#engine/hardware-for.ts";
import { commaText } from "#words/lists.ts";
import { numberText } from "#words/numbers.ts";
import { say } from "#words/say.ts";
import { formatMemory } from "./format.ts";

const SIZES_PER_COUNT = 2;
const MOST_LINES = 8;
const MOST_NAMES = 4;

/**
 * Cards that hold a model, one size and count a line: "2 × 24.0 GiB: NVIDIA GeForce RTX 4090, ...". Of each count the
 * two smallest sizes, so that a person sees one large card and several small ones.
 */
export function cardGroupLines(cards: readonly CardCount[]): readonly string[] {
  const sizes = grouped(cards, ({ count, card }) => `${count} × ${memoryText(card)}`);
  const byCount = grouped(sizes, ([held]) => String(held?.count));
  const shown = byCount.flatMap((groups) => groups.slice(0, SIZES_PER_COUNT));
  return shown.slice(0, MOST_LINES).flatMap(cardLine);
}

function grouped<Item>(items: readonly Item[], keyOf: (item: Item) => string): readonly (readonly Item[])[] {
  const groups = new Map<string, Item[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return [...groups.values()];
}

function cardLine(held: readonly CardCount[]): readonly string[] {
  const [first] = held;
  if (first === undefined) return [];
  const text = firstNamesText(
    held.map(({ card }) => card.name),
    MOST_NAMES,
  );
  return [say("{name}: {text}", { name: `${first.count} × ${memoryText(first.card)}`, text })];
}

/** "a, b and 3 more": no more names than a person will read. */
export function firstNamesText(all: readonly string[], most: number): string {
  const names = commaText(all.slice(0, most));
  return all.length <= most
    ? names
    : say("{names} and {count} more", { names, count: numberText(all.length - most) });
}

function memoryText({ memoryBytes, memoryKind }: Card): string {
  const size = isKnown(memoryBytes) ? formatMemory(memoryBytes.value) : say("unknown");
  return memoryKind === "unified" ? say("{size} unified", { size }) : size;
}
