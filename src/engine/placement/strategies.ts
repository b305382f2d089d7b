import type { Placement, PlacementKind } from "#engine/fit.ts";
import { arrange, cardsHold } from "./arrange.ts";
import type { Arrangement } from "./arrangement.ts";
import type { Demand } from "./demand.ts";
import { fastestFirst, freeBytes, freeInSplitBytes, selections, type Room, type Rooms } from "./rooms.ts";

/** Nothing is placed. */
export const NO_PLACEMENT: Placement = { kind: "none", devices: [] };

/** On one accelerator, the fastest that holds it; with no accelerator, in RAM. */
export function placeOnOne(demand: Demand, rooms: Rooms): Placement | null {
  const { cards, ram } = rooms;
  if (cards.length === 0) return ram === null ? null : placed("cpu", demand, { cards: [], ram });
  let tooSmall: Room | null = null;
  for (const card of fastestFirst(cards)) {
    if (tooSmall !== null && holdsNoMore(card, tooSmall)) continue;
    const placement = placed("single", demand, { cards: [card], ram });
    if (placement !== null) return placement;
    tooSmall = card;
  }
  return null;
}

/** Of eight cards that are alike one is asked. */
function holdsNoMore(card: Room, other: Room): boolean {
  const isAlike = card.backend === other.backend && card.memoryKind === other.memoryKind;
  return isAlike && freeBytes(card) <= freeBytes(other);
}

/** Layers split over the fewest of the cards that hold them: the fastest of them where they do, else the largest. */
export function placeOnSeveral(demand: Demand, rooms: Rooms): Placement | null {
  const { cards } = rooms;
  for (let count = 2; count <= cards.length; count += 1) {
    for (const chosen of selections(cards, count)) {
      const placement = placed("layer-split", demand, { cards: chosen, ram: rooms.ram });
      if (placement !== null) return placement;
    }
  }
  return null;
}

/**
 * Cards and RAM together: experts first, then whole layers, then everything, with as little in RAM as will do. A card
 * too small for its own compute buffer is left out.
 */
export function placeWithOffload(
  demand: Demand,
  rooms: Rooms,
  offloads: readonly Offload[],
): Placement | null {
  const { cards, ram } = rooms;
  if (ram === null || cards.length === 0) return null;
  if (isMoreThanAll(demand, [...cards, ram])) return null;
  for (const way of OFFLOAD_WAYS.filter(({ offload }) => offloads.includes(offload)).map(
    ({ place }) => place,
  )) {
    for (let count = cards.length; count > 0; count -= 1) {
      const placement = way(demand, cards.slice(0, count), ram);
      if (placement !== null) return placement;
    }
  }
  return placed("cpu", demand, { cards: [], ram });
}

/** What a runtime may leave in RAM while a card computes. */
export type Offload = "experts" | "layers";

const OFFLOAD_WAYS = [
  { offload: "experts", place: placeWithExpertsInRam },
  { offload: "layers", place: placeWithLayersInRam },
] as const satisfies readonly { readonly offload: Offload; readonly place: unknown }[];

function placeWithExpertsInRam(demand: Demand, cards: readonly Room[], ram: Room): Placement | null {
  if (!demand.weights.layers.some((layer) => layer.routedExpertBytes > 0)) return null;
  const arrangement = leastInRam(demand, demand.layers.length, (count) => ({
    cards,
    ram,
    layersInRam: 0,
    expertLayersInRam: count,
  }));
  return arrangement === null ? null : placed("expert-offload", demand, arrangement);
}

/** At least one layer stays on a card, else the cards would do nothing. */
function placeWithLayersInRam(demand: Demand, cards: readonly Room[], ram: Room): Placement | null {
  if (demand.layers.length < 2) return null;
  const arrangement = leastInRam(demand, demand.layers.length - 1, (count) => ({
    cards,
    ram,
    layersInRam: count,
    expertLayersInRam: 0,
  }));
  return arrangement === null ? null : placed("layer-offload", demand, arrangement);
}

/** Whatever is where, the layers lie somewhere. */
function isMoreThanAll({ layersBytes }: Demand, places: readonly Room[]): boolean {
  return places.reduce((sum, room) => sum + freeBytes(room), 0) < layersBytes;
}

type PartialArrangement = Pick<Arrangement, "cards" | "ram"> & Partial<Arrangement>;

function placed(kind: PlacementKind, demand: Demand, arrangement: PartialArrangement): Placement | null {
  if (isPlainlyTooLarge(demand, arrangement)) return null;
  const { cards, ram, layersInRam = 0, expertLayersInRam = 0 } = arrangement;
  const devices = arrange(demand, { cards, ram, layersInRam, expertLayersInRam });
  return devices === null ? null : { kind, devices };
}

/** With nothing left in RAM layers, output and a buffer for each card must fit: a sum that spares packing them. */
function isPlainlyTooLarge(
  demand: Demand,
  { cards, layersInRam, expertLayersInRam }: PartialArrangement,
): boolean {
  if (cards.length === 0 || layersInRam !== undefined || expertLayersInRam !== undefined) return false;
  const { weights, layersBytes, compute } = demand;
  const isSplit = cards.length > 1;
  let freeAllBytes = 0;
  for (const card of cards) {
    freeAllBytes += isSplit ? freeInSplitBytes(card, weights.wideningBytes) : freeBytes(card);
  }
  const leastOutputBytes = weights.outputBytes - weights.embeddingCopyBytes;
  return freeAllBytes < layersBytes + leastOutputBytes + cards.length * compute.gpuLayerBytes;
}

/** The arrangement with the fewest layers in RAM: more there is easier for the cards and harder for RAM. */
function leastInRam(
  demand: Demand,
  most: number,
  arrangementWith: (count: number) => Arrangement,
): Arrangement | null {
  let low = 1;
  let high = most;
  if (!cardsHold(demand, arrangementWith(high))) return null;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (cardsHold(demand, arrangementWith(middle))) high = middle;
    else low = middle + 1;
  }
  return arrangementWith(high);
}
