import { isSolderedIn } from "./added-parts.ts";
import type { Card } from "./card.ts";
import { isKnown } from "./fact.ts";
import type { Accelerator } from "./machine.ts";
import { overrideMachine, type Overridden } from "./machine-override.ts";
import { demandFor, prepare } from "./prepare.ts";
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
  for (let count = fewest(asked, accelerator, quantization); count <= most; count += 1) {
    const accelerators = Array.from({ length: count }, (_, index) => ({
      ...accelerator,
      id: `${card.id}-${index}`,
    }));
    const machine = { ...asked.machine, accelerators };
    if (holds({ ...asked, machine }, quantization, "cards", asked.scenario)) return count;
  }
  return null;
}

/** Fewer cannot hold the layers' weights, whatever else. */
function fewest(
  { model, machine, scenario }: Asked,
  accelerator: Accelerator,
  quantization: QuantizationName,
): number {
  const prepared = prepare(model, { ...machine, accelerators: [accelerator] }, scenario);
  const { memoryTotalBytes } = accelerator;
  if (prepared.kind === "missing" || memoryTotalBytes === null) return 1;
  const { layersBytes } = demandFor(prepared, quantization, scenario).weights;
  return Math.max(1, Math.ceil(layersBytes / memoryTotalBytes));
}

/** How many of the accelerators that a text names would do; null where the most that one machine can have do not. */
export type NamedCount =
  | {
      readonly kind: "ok";
      readonly names: readonly string[];
      readonly count: number | null;
      /** One where it is part of the machine, as a laptop's. */
      readonly most: number;
    }
  | Extract<Overridden, { readonly kind: "failed" }>;

/** The same for accelerators as a person names them ("RTX 3060", "M4 Max@64GiB"), in place of the machine's own. */
export function namedCardsNeeded(
  asked: Asked,
  text: string,
  cards: readonly Card[],
  quantization: QuantizationName,
): NamedCount {
  const first = overrideMachine(asked.machine, { gpus: [text], ram: null }, cards);
  if (first.kind === "failed") return first;
  const isAlone = first.machine.accelerators.some(
    (each) => each.memoryKind === "unified" || isSolderedIn(each),
  );
  const most = isAlone ? 1 : MOST_CARDS;
  const names = [...new Set(first.machine.accelerators.map(({ name }) => name))];
  for (let count = 1; count <= most; count += 1) {
    const gpus = Array.from({ length: count }, () => text);
    const overridden = overrideMachine(asked.machine, { gpus, ram: null }, cards);
    if (overridden.kind === "failed") return overridden;
    const { machine } = overridden;
    if (holds({ ...asked, machine }, quantization, "cards", asked.scenario))
      return { kind: "ok", names, count, most };
  }
  return { kind: "ok", names, count: null, most };
}

/** The cards of a database that would do and that are sold, the fewest and then the smallest first. */
export function cardsThatHold<Candidate extends CandidateCard>(
  asked: Asked,
  cards: readonly Candidate[],
  quantization: QuantizationName,
): readonly CardCount<Candidate>[] {
  const counts = new Map<string, number | null>();
  return cards
    .filter((card) => !isSolderedIn(card))
    .flatMap((card) => {
      const alike = `${card.vendor} ${card.memoryKind} ${memoryOf(card)}`;
      const count = counts.get(alike) ?? cardsNeeded(asked, card, quantization);
      counts.set(alike, count);
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
