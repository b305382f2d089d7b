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

/** The facts of each device of a placement, from the machine and the card database. */
export function placedDevices(
  placement: Placement,
  machine: MachineReport,
  cards: readonly Card[],
): readonly SpeedDevice[] {
  const ram = speedRam(machine.ram);
  return placement.devices.map(({ name, memoryKind, acceleratorId }) => {
    if (memoryKind === "system") return ram;
    const accelerator = machine.accelerators.find(({ id }) => id === acceleratorId);
    if (accelerator === undefined) return unknownAccelerator(name, "other", `there is no ${name} here`);
    return acceleratorFacts(accelerator, cards, ram);
  });
}

/** An accelerator's facts; where it may be one of several cards, those in which they agree. */
export function acceleratorFacts(
  accelerator: Accelerator,
  cards: readonly Card[],
  ram: SpeedRam,
): SpeedAccelerator {
  const { name, vendor, details } = accelerator;
  const kind = details?.deviceKind ?? null;
  if (kind === "slice" || kind === "virtual") {
    return unknownAccelerator(name, vendor, `it has a part of what a whole card has`);
  }
  const search = matchedCard(accelerator, cards);
  if (search.kind === "none") return unknownAccelerator(name, vendor, `the card database has no ${name}`);
  const found = search.kind === "found" ? [search.card] : search.cards;
  const [first, ...rest] = found.map((card) => speedAccelerator(card, ram));
  if (first === undefined) return unknownAccelerator(name, vendor, `the card database has no ${name}`);
  return rest.reduce(agreeing, first);
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
