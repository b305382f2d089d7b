import { matchCard, type CardSearch } from "#engine/card-search.ts";
import type { Card } from "#engine/card.ts";
import { isKnown, type Fact } from "#engine/fact.ts";
import type { Placement } from "#engine/fit.ts";
import type { Accelerator, MachineReport } from "#engine/machine.ts";
import {
  speedAccelerator,
  speedRam,
  unknownAccelerator,
  type SpeedAccelerator,
  type SpeedDevice,
  type SpeedRam,
} from "./speed-device.ts";

/** Of cards that may be one of several, in how many ways at most all are timed. */
const MOST_WAYS = 8;

/**
 * The facts of each device of a placement, from the machine and the card database. Where an accelerator may be one of
 * several cards ("H100": SXM or PCIe) these are several ways, all accelerators of one name being alike; never none.
 */
export function placedDevices(
  placement: Placement,
  machine: MachineReport,
  cards: readonly Card[],
): readonly (readonly SpeedDevice[])[] {
  const ram = speedRam(machine.ram);
  const choices = placement.devices.map(({ name, memoryKind, acceleratorId }): Choice => {
    if (memoryKind === "system") return [ram];
    const accelerator = machine.accelerators.find(({ id }) => id === acceleratorId);
    if (accelerator === undefined) return [unknownAccelerator(name, "other", `there is no ${name} here`)];
    return acceleratorChoices(accelerator, cards, ram);
  });
  const kinds = new Map(choices.map((choice) => [kindOf(choice), choice]));
  const count = [...kinds.values()].reduce((product, choice) => product * choice.length, 1);
  if (count === 1) return [choices.map(([only]) => only)];
  if (count > MOST_WAYS) return [choices.map(merged)];
  return waysOf([...kinds]).map((way) => choices.map((choice) => way.get(kindOf(choice)) ?? choice[0]));
}

/** What one device may be. */
type Choice = readonly [SpeedDevice, ...SpeedDevice[]];

function kindOf(choice: Choice): string {
  return choice.map((device) => (device.kind === "ram" ? "RAM" : device.name)).join("|");
}

function waysOf(kinds: readonly (readonly [string, Choice])[]): readonly ReadonlyMap<string, SpeedDevice>[] {
  return kinds.reduce<readonly ReadonlyMap<string, SpeedDevice>[]>(
    (ways, [kind, choice]) =>
      ways.flatMap((way) => choice.map((device) => new Map([...way, [kind, device]]))),
    [new Map()],
  );
}

function merged(choice: Choice): SpeedDevice {
  return choice.reduce((one, other) =>
    one.kind === "accelerator" && other.kind === "accelerator" ? agreeing(one, other) : one,
  );
}

/** The facts of each card that an accelerator may be; one where they agree in all of them. */
function acceleratorChoices(accelerator: Accelerator, cards: readonly Card[], ram: SpeedRam): Choice {
  const { name, vendor, details } = accelerator;
  const kind = details?.deviceKind ?? null;
  if (kind === "slice" || kind === "virtual") {
    return [unknownAccelerator(name, vendor, `it has a part of what a whole card has`)];
  }
  const search = matchedCard(accelerator, cards);
  const found = search.kind === "found" ? [search.card] : search.kind === "none" ? [] : search.cards;
  const [first, ...rest] = found.map((card) => speedAccelerator(card, ram));
  if (first === undefined) return [unknownAccelerator(name, vendor, `the card database has no ${name}`)];
  const isAgreed = rest.every((other) => isAlike(first, other));
  return isAgreed ? [first] : [first, ...rest];
}

function isAlike(one: SpeedAccelerator, other: SpeedAccelerator): boolean {
  return (
    one.generation === other.generation &&
    [
      [one.bandwidthBytesPerSecond, other.bandwidthBytesPerSecond],
      [one.linkBytesPerSecond, other.linkBytesPerSecond],
      [one.matrixFlops, other.matrixFlops],
      [one.vectorFlops, other.vectorFlops],
      [one.coreCount, other.coreCount],
    ].every(([a, b]) => a !== undefined && b !== undefined && isSameFact(a, b))
  );
}

function isSameFact(one: Fact<number>, other: Fact<number>): boolean {
  return isKnown(one) ? isKnown(other) && one.value === other.value : !isKnown(other);
}

const searches = new WeakMap<readonly Card[], WeakMap<Accelerator, CardSearch>>();

/** Looked up once for each accelerator: a list asks for every model, and a slider for every list. */
function matchedCard(accelerator: Accelerator, cards: readonly Card[]): CardSearch {
  const known = searches.get(cards) ?? new WeakMap<Accelerator, CardSearch>();
  searches.set(cards, known);
  const search = known.get(accelerator) ?? matchCard(accelerator, cards);
  known.set(accelerator, search);
  return search;
}

function agreeing(one: SpeedAccelerator, other: SpeedAccelerator): SpeedAccelerator {
  const fact = (pick: (of: SpeedAccelerator) => Fact<number>): Fact<number> =>
    agreed(pick(one), pick(other), `it may be ${one.name} or ${other.name}`);
  return {
    ...one,
    generation: one.generation === other.generation ? one.generation : null,
    bandwidthBytesPerSecond: fact((of) => of.bandwidthBytesPerSecond),
    linkBytesPerSecond: fact((of) => of.linkBytesPerSecond),
    matrixFlops: fact((of) => of.matrixFlops),
    vectorFlops: fact((of) => of.vectorFlops),
    coreCount: fact((of) => of.coreCount),
  };
}

function agreed(one: Fact<number>, other: Fact<number>, reason: string): Fact<number> {
  if (!isKnown(one)) return one;
  return isKnown(other) && one.value === other.value ? one : { missing: reason };
}
