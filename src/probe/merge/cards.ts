import { pciSlot, withoutPciDomain } from "#probe/pci.ts";
import type { DeviceSighting } from "#probe/reading.ts";

/** One physical device: what each source saw of it, the most trusted source first. */
export type Card = readonly DeviceSighting[];

/**
 * Sorts sightings into physical devices: by PCI address, else by device id, else by maker and name or by being the
 * only one left, and never two sightings of one source into one device. So one card seen by three tools is one, and
 * two identical cards are two. What a source without places adds is held against what is known.
 */
export function groupIntoCards(sightings: readonly DeviceSighting[]): readonly Card[] {
  const sources = [...new Set(sightings.map(({ source }) => source))];
  return sources.reduce<readonly Card[]>(
    (cards, source) =>
      addSource(
        cards,
        sightings.filter((sighting) => sighting.source === source),
      ),
    [],
  );
}

type Match = (one: DeviceSighting, other: DeviceSighting) => boolean;

function addSource(known: readonly Card[], sightings: readonly DeviceSighting[]): readonly Card[] {
  const cards: DeviceSighting[][] = known.map((card) => [...card]);
  let waiting = sightings;
  const taken = new Set<DeviceSighting[]>();
  for (const isSame of [hasSameAddress, hasSameIdAndNoOtherAddress, hasSameName]) {
    waiting = waiting.filter((sighting) => !place(sighting, { cards, taken, isSame }));
  }
  waiting = waiting.filter((sighting) => !placeByElimination(sighting, { cards, taken, waiting }));
  return [...cards, ...waiting.filter((sighting) => isNew(sighting, known)).map((sighting) => [sighting])];
}

/**
 * A source that tells no place lists what others have seen already, under names of its own: it adds a device only
 * where nobody knows one of that id, or, without an id, one of that maker.
 */
function isNew({ vendor, facts }: DeviceSighting, known: readonly Card[]): boolean {
  if (facts.pciAddress !== null) return true;
  const { pciDeviceId } = facts;
  const ofMaker = known.filter((card) => card.some((seen) => seen.vendor === vendor));
  return ofMaker.every((card) => {
    const id = card.map((seen) => seen.facts.pciDeviceId).find((seenId) => seenId !== null) ?? null;
    return pciDeviceId !== null && id !== null && id !== pciDeviceId;
  });
}

/** Adds the sighting to the first card that is the same and not yet taken by this source. */
function place(
  sighting: DeviceSighting,
  { cards, taken, isSame }: { cards: DeviceSighting[][]; taken: Set<DeviceSighting[]>; isSame: Match },
): boolean {
  const card = cards.find(
    (one) => !taken.has(one) && one.some((seen) => isSame(seen, sighting)) && !conflicts(one, sighting),
  );
  if (card === undefined) return false;
  card.push(sighting);
  taken.add(card);
  return true;
}

/** The only device of a maker that nobody else has, seen by a source that tells no address. */
function placeByElimination(
  sighting: DeviceSighting,
  {
    cards,
    taken,
    waiting,
  }: { cards: DeviceSighting[][]; taken: Set<DeviceSighting[]>; waiting: readonly DeviceSighting[] },
): boolean {
  const { vendor, facts } = sighting;
  if (vendor === "other" || facts.pciAddress !== null) return false;
  const free = cards.filter(
    (card) => !taken.has(card) && card[0]?.vendor === vendor && !conflicts(card, sighting),
  );
  const [only] = free;
  if (only === undefined || free.length !== 1) return false;
  if (waiting.filter((other) => other.vendor === vendor).length !== 1) return false;
  only.push(sighting);
  taken.add(only);
  return true;
}

function hasSameAddress(one: DeviceSighting, other: DeviceSighting): boolean {
  const [address, otherAddress] = [one.facts.pciAddress, other.facts.pciAddress];
  return address !== null && otherAddress !== null && pciSlot(address) === pciSlot(otherAddress);
}

/** Same device id; where both tell an address, these may differ in the domain alone (tools number GB10's differently). */
function hasSameIdAndNoOtherAddress(one: DeviceSighting, other: DeviceSighting): boolean {
  const [id, otherId] = [one.facts.pciDeviceId, other.facts.pciDeviceId];
  return id !== null && id === otherId;
}

function hasSameName(one: DeviceSighting, other: DeviceSighting): boolean {
  const [name, otherName] = [one.facts.name, other.facts.name];
  return (
    one.vendor === other.vendor && name !== null && otherName !== null && plain(name) === plain(otherName)
  );
}

/** What rules out that they are one device: another maker, another device id, another place. */
function conflicts(card: Card, sighting: DeviceSighting): boolean {
  return card.some((seen) => {
    if (seen.vendor !== sighting.vendor) return true;
    if (differ(seen.facts.pciDeviceId, sighting.facts.pciDeviceId)) return true;
    const [address, otherAddress] = [seen.facts.pciAddress, sighting.facts.pciAddress];
    if (address === null || otherAddress === null) return false;
    return withoutPciDomain(pciSlot(address)) !== withoutPciDomain(pciSlot(otherAddress));
  });
}

function differ(one: string | null, other: string | null): boolean {
  return one !== null && other !== null && one !== other;
}

function plain(name: string): string {
  return name
    .toLowerCase()
    .replace(/\((tm|r|c)\)|®|™/g, "")
    .replace(/^(nvidia|amd|intel|apple|ati)\s+/, "")
    .replace(/[^a-z0-9]+/g, " ")
    .trim();
}
