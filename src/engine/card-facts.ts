import { matchCard } from "./card-search.ts";
import type { Card } from "./card.ts";
import { isKnown, type Fact, type Missing } from "./fact.ts";
import type { Accelerator } from "./machine.ts";

/** What the card database adds to an accelerator: facts that no tool on the machine reports. */
export interface CardFacts {
  /** The card it is taken for. */
  readonly cardName: Fact<string>;
  /** To be held against what a tool reports; never in its place (that is `completeMachine`). */
  readonly memoryTotalBytes: Fact<number>;
  readonly memoryBandwidthBytesPerSecond: Fact<number>;
  /** FP16 on matrix units, summed in FP32, without sparsity. */
  readonly fp16TensorFlops: Fact<number>;
  readonly architecture: Fact<string>;
  /** NVIDIA's, as "8.9". */
  readonly computeCapability: Fact<string>;
  /** All NVLink links together, both ways. */
  readonly nvlinkBytesPerSecond: Fact<number>;
}

/** Stands before a database fact's own source. */
export const CARD_DATABASE = "card database";

/** The facts of the one card an accelerator is; missing, with the reason, where that is no card or one of several. */
export function cardFacts(accelerator: Accelerator, cards: readonly Card[]): CardFacts {
  const search = matchCard(accelerator, cards);
  switch (search.kind) {
    case "found":
      return factsOf(search.card, accelerator);
    case "ambiguous":
      return allMissing(`it may be ${alternatives(search.cards)}`);
    case "none":
      return allMissing(`the card database has no ${accelerator.name}`);
  }
}

function factsOf(card: Card, accelerator: Accelerator): CardFacts {
  const share = shareOf(accelerator, card);
  const ofWhole = <Value>(fact: Fact<Value>): Fact<Value> => share ?? fromDatabase(fact);
  return {
    cardName: { value: card.name, source: CARD_DATABASE },
    memoryTotalBytes: ofWhole(card.memoryBytes),
    memoryBandwidthBytesPerSecond: ofWhole(card.memoryBandwidthBytesPerSecond),
    fp16TensorFlops: ofWhole(card.fp16TensorFlops),
    architecture: fromDatabase(card.architecture),
    computeCapability: fromDatabase(card.computeCapability),
    nvlinkBytesPerSecond: ofWhole(card.nvlinkBytesPerSecond),
  };
}

/** Why what holds of a whole card does not hold here; null where it does. */
function shareOf({ details }: Accelerator, card: Card): Missing | null {
  const kind = details?.deviceKind ?? null;
  if (kind === "slice") return { missing: `a slice has a part of what the ${card.name} has` };
  if (kind === "virtual") return { missing: `a virtual share has a part of what the ${card.name} has` };
  return null;
}

function fromDatabase<Value>(fact: Fact<Value>): Fact<Value> {
  return isKnown(fact) ? { value: fact.value, source: `${CARD_DATABASE}: ${fact.source}` } : fact;
}

function allMissing(missing: string): CardFacts {
  return {
    cardName: { missing },
    memoryTotalBytes: { missing },
    memoryBandwidthBytesPerSecond: { missing },
    fp16TensorFlops: { missing },
    architecture: { missing },
    computeCapability: { missing },
    nvlinkBytesPerSecond: { missing },
  };
}

const MOST_NAMES = 3;

function alternatives(cards: readonly Card[]): string {
  const names = cards.slice(0, MOST_NAMES).map(({ name }) => name);
  const more = cards.length - names.length;
  return more > 0 ? `${names.join(", ")} or ${more} more` : names.join(" or ");
}
