import type { Card } from "./card.ts";
import { isKnown } from "./fact.ts";
import type { Accelerator } from "./machine.ts";
import type { QuantizationName } from "./quantization.ts";
import { holds, type Asked } from "./search.ts";

/** What of a card decides how many of it hold a model. */
export type CandidateCard = Pick<Card, "id" | "name" | "vendor" | "memoryKind" | "memoryBytes">;

/** So many of a card would run it. */
export interface CardCount<Candidate extends CandidateCard = Card> {
  readonly card: Candidate;
  readonly count: number;
}

/** The most cards one machine is thought to hold. */
const MOST_CARDS = 16;

/** How many of a card a quantization needs, in the machine asked about instead of its own; null above 16 or not known. */
export function cardsNeeded(
  asked: Asked,
  card: CandidateCard,
  quantization: QuantizationName,
): number | null {
  const accelerator = acceleratorOf(card);
  if (accelerator === null) return null;
  const most = card.memoryKind === "unified" ? 1 : MOST_CARDS;
  for (let count = 1; count <= most; count += 1) {
    const accelerators = Array.from({ length: count }, (_, index) => ({
      ...accelerator,
      id: `${card.id}-${index}`,
    }));
    const machine = { ...asked.machine, accelerators };
    if (holds({ ...asked, machine }, quantization, "cards", asked.scenario)) return count;
  }
  return null;
}

/** The cards of a database that would do, the fewest and then the smallest first. */
export function cardsThatHold<Candidate extends CandidateCard>(
  asked: Asked,
  cards: readonly Candidate[],
  quantization: QuantizationName,
): readonly CardCount<Candidate>[] {
  return cards
    .flatMap((card) => {
      const count = cardsNeeded(asked, card, quantization);
      return count === null ? [] : [{ card, count }];
    })
    .sort((one, other) => one.count - other.count || memoryOf(one.card) - memoryOf(other.card));
}

function memoryOf({ memoryBytes }: CandidateCard): number {
  return isKnown(memoryBytes) ? memoryBytes.value : Number.MAX_SAFE_INTEGER;
}

function acceleratorOf(card: CandidateCard): Accelerator | null {
  const { name, vendor, memoryKind, memoryBytes } = card;
  if (!isKnown(memoryBytes)) return null;
  return {
    id: card.id,
    name,
    vendor,
    memoryKind,
    memoryTotalBytes: memoryBytes.value,
    memoryFreeBytes: null,
    driverVersion: null,
    pciAddress: null,
    source: memoryBytes.source,
  };
}
