import { isSolderedIn } from "./added-parts.ts";
import type { Placement, Verdict } from "./fit.ts";
import type { QuantizationName } from "./quantization.ts";
import { demandBytes, type Demand } from "#engine/placement/demand.ts";
import { imaginedCard, REFERENCE_CARD, type Room, type Rooms } from "#engine/placement/rooms.ts";
import { NO_PLACEMENT } from "#engine/placement/strategies.ts";
import type { Ways } from "#engine/placement/ways.ts";
import { gibToBytes } from "#engine/units.ts";

/** A verdict with the demand and placement it rests on. */
export interface Decision {
  readonly verdict: Verdict;
  readonly demand: Demand;
  readonly placement: Placement;
}

/** What a verdict is decided from; demands finest first. */
export interface Question {
  readonly contextLength: number;
  readonly demands: readonly [Demand, ...Demand[]];
  /** What counts as unquantised. */
  readonly finest: QuantizationName;
  readonly rooms: Rooms;
  readonly ways: Ways;
}

/** "Up to 8": the most cards one machine usually holds. */
const MOST_CARDS = 8;

/** The rules that name a placement on this machine, and those that say there is none. */
const RULES = [onOneDevice, onSeveralCards, withOffload, ramUnknown, onMoreCards] as const;

/** The first rule that answers. */
export function decide(question: Question): Decision {
  for (const rule of RULES) {
    const decision = rule(question);
    if (decision !== null) return decision;
  }
  return tooLarge(question);
}

/**
 * The answer over places that are not used together, cards before unified memory: what holds on cards alone stands,
 * else the one whose rule comes first.
 */
export function decideAmong(
  question: Omit<Question, "rooms">,
  alternatives: readonly [Rooms, ...Rooms[]],
): Decision {
  const [first, ...rest] = alternatives.map((rooms) => decide({ ...question, rooms }));
  if (first === undefined) throw new Error("a machine has at least one place");
  if (rank(first) <= HOLDS_ON_CARDS) return first;
  return rest.reduce((best, decision) => (rank(decision) < rank(best) ? decision : best), first);
}

const HOLDS_ON_CARDS = 2;

function rank({ verdict }: Decision): number {
  switch (verdict.kind) {
    case "fits":
      return 0;
    case "needs-quantization":
      return 1;
    case "needs-multiple-gpus":
      return verdict.here ? HOLDS_ON_CARDS : 4;
    case "runs-with-offload":
      return 3;
    case "too-large":
      return 5;
    case "unknown":
      return 6;
  }
}

/** `fits` and `needs-quantization`: the finest packing that one device holds. */
function onOneDevice({ contextLength, demands, finest, rooms, ways }: Question): Decision | null {
  for (const demand of demands) {
    const placement = ways.onOne(demand, rooms);
    const device = placement?.devices[0];
    if (placement === null || device === undefined) continue;
    const verdict = {
      kind: demand.quantization === finest ? ("fits" as const) : ("needs-quantization" as const),
      contextLength,
      quantization: demand.quantization,
      deviceName: device.name,
      memoryKind: device.memoryKind,
    };
    return { verdict, demand, placement };
  }
  return null;
}

/** `needs-multiple-gpus`, here: the finest packing that this machine's cards hold together. */
function onSeveralCards({ contextLength, demands, rooms, ways }: Question): Decision | null {
  for (const demand of demands) {
    const placement = ways.onSeveral(demand, rooms);
    if (placement === null) continue;
    const cards = placement.devices
      .filter((device) => device.memoryKind === "dedicated")
      .map(({ name, layerCount }) => ({ name, layerCount }));
    const { quantization } = demand;
    const verdict = {
      kind: "needs-multiple-gpus" as const,
      here: true as const,
      contextLength,
      quantization,
      cards,
    };
    return { verdict, demand, placement };
  }
  return null;
}

/** `runs-with-offload`, at the smallest acceptable packing: what is in RAM is slow, so as little as possible is. */
function withOffload({ contextLength, demands, rooms, ways }: Question): Decision | null {
  const demand = smallestOf(demands);
  const placement = ways.withOffload(demand, rooms);
  const inRam = placement?.devices.find((device) => device.memoryKind === "system");
  if (placement === null || inRam === undefined) return null;
  const verdict = {
    kind: "runs-with-offload" as const,
    contextLength,
    quantization: demand.quantization,
    inRam: partInRam(placement.kind),
    layerCountInRam: placement.kind === "expert-offload" ? inRam.expertLayerCount : inRam.layerCount,
    bytesInRam: inRam.usedBytes,
  };
  return { verdict, demand, placement };
}

function partInRam(kind: Placement["kind"]): "experts" | "layers" | "everything" {
  if (kind === "expert-offload") return "experts";
  return kind === "layer-offload" ? "layers" : "everything";
}

/** Whether the rest fits in RAM cannot be said without knowing how much there is. */
function ramUnknown({ contextLength, demands, rooms }: Question): Decision | null {
  if (rooms.ram !== null) return null;
  const missing = "How much RAM this machine has is not known.";
  const verdict = { kind: "unknown" as const, contextLength, missing };
  return { verdict, demand: smallestOf(demands), placement: NO_PLACEMENT };
}

/**
 * `needs-multiple-gpus`, not here: how many of this machine's best card. Where there is none that a second could be put
 * beside, as in a laptop, or where the most of them hold too little, of an 80 GB card, so that a better card never makes
 * a verdict worse.
 */
function onMoreCards(question: Question): Decision | null {
  const best = question.rooms.cards.find((card) => card.memoryKind === "dedicated" && !isSolderedIn(card));
  const more =
    best === undefined
      ? null
      : onSoMany(question, imaginedCard(best.name, best.capacityBytes, best.overheadBytes), 2);
  return more ?? onSoMany(question, REFERENCE_CARD, 1);
}

function onSoMany(
  { contextLength, demands, ways }: Question,
  card: Room,
  leastCount: number,
): Decision | null {
  const demand = smallestOf(demands);
  for (let cardCount = leastCount; cardCount <= MOST_CARDS; cardCount += 1) {
    if (!holdsOnCards(demand, { card, cardCount, ways })) continue;
    const verdict = {
      kind: "needs-multiple-gpus" as const,
      here: false as const,
      contextLength,
      quantization: demand.quantization,
      cardName: card.name,
      cardMemoryBytes: card.capacityBytes,
      cardCount,
      ...(cardCount === 1 ? { leastCardMemoryBytes: leastCardBytes(demand, card, ways) } : {}),
    };
    return { verdict, demand, placement: NO_PLACEMENT };
  }
  return null;
}

/** The smallest card, in whole GiB, that holds what a larger one is known to hold. */
function leastCardBytes(demand: Demand, card: Room, ways: Ways): number {
  let [low, high] = [1, Math.ceil(card.capacityBytes / gibToBytes(1))];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const smaller = imaginedCard(card.name, gibToBytes(middle), card.overheadBytes);
    if (holdsOnCards(demand, { card: smaller, cardCount: 1, ways })) high = middle;
    else low = middle + 1;
  }
  return gibToBytes(low);
}

interface CardsAsked {
  readonly card: Room;
  readonly cardCount: number;
  readonly ways: Ways;
}

function holdsOnCards(demand: Demand, { card, cardCount, ways }: CardsAsked): boolean {
  const cards = Array.from({ length: cardCount }, () => card);
  const rooms: Rooms = { cards, ram: null };
  return (cardCount === 1 ? ways.onOne(demand, rooms) : ways.onSeveral(demand, rooms)) !== null;
}

/** What is missing is counted against everything that the runtime can use here together. */
function tooLarge({ contextLength, demands, rooms, ways }: Question): Decision {
  const demand = smallestOf(demands);
  const placeCount = rooms.cards.length + (rooms.ram === null ? 0 : 1);
  const neededBytes = demandBytes(demand) + demand.compute.gpuLayerBytes * Math.max(0, placeCount - 1);
  const verdict = {
    kind: "too-large" as const,
    contextLength,
    quantization: demand.quantization,
    shortfallBytes: Math.max(1, neededBytes - ways.reachBytes(rooms)),
  };
  return { verdict, demand, placement: NO_PLACEMENT };
}

function smallestOf(demands: Question["demands"]): Demand {
  return demands.reduce((smallest, demand) =>
    demandBytes(demand) < demandBytes(smallest) ? demand : smallest,
  );
}
