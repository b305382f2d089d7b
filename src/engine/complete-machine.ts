import { CARD_DATABASE } from "./card-facts.ts";
import { findCard, matchCard } from "./card-search.ts";
import type { Card } from "./card.ts";
import { isKnown } from "./fact.ts";
import type { Accelerator, MachineReport, Witness } from "./machine.ts";

/**
 * The machine with what no tool reported taken from the card database, and said so: the name of an accelerator that
 * is known by its PCI id alone, and the memory. Only for whole cards (memory: of their own memory), and only where
 * the database knows one single card by that id or name.
 */
export function completeMachine(machine: MachineReport, cards: readonly Card[]): MachineReport {
  const completed = machine.accelerators.map((accelerator) => {
    const found = cardOf(accelerator, machine, cards);
    return found === null ? { accelerator, notes: [] } : completeAccelerator(accelerator, found);
  });
  const notes = completed.flatMap((one) => one.notes);
  if (notes.length === 0) return machine;
  const accelerators = completed.map(({ accelerator }) => accelerator);
  return { ...machine, accelerators, notes: [...machine.notes, ...notes] };
}

interface Completed {
  readonly accelerator: Accelerator;
  readonly notes: readonly string[];
}

/** A card, and what of the computer it was known by. */
interface FoundCard {
  readonly card: Card;
  readonly by: string;
}

/**
 * The single card of that id or name. Of graphics inside a processor that share an id, the one whose processor this
 * is: "AMD Ryzen AI Max+ 395" is also a spelling of the Radeon 8060S.
 */
function cardOf(
  accelerator: Accelerator,
  { processor }: MachineReport,
  cards: readonly Card[],
): FoundCard | null {
  const found = matchCard(accelerator, cards);
  const id = accelerator.details?.pciDeviceId ?? accelerator.name;
  if (found.kind === "found") return { card: found.card, by: `PCI id ${id}` };
  if (found.kind === "none" || accelerator.memoryKind !== "unified" || processor.name === null) return null;
  const ofProcessor = findCard(processor.name, found.cards);
  return ofProcessor.kind === "found"
    ? { card: ofProcessor.card, by: `PCI id ${id} and the processor, ${processor.name}` }
    : null;
}

function completeAccelerator(accelerator: Accelerator, { card, by }: FoundCard): Completed {
  const isNameless = NAMELESS.test(accelerator.name);
  const isSizeless = accelerator.memoryTotalBytes === null && accelerator.memoryKind === "dedicated";
  const unchanged: Completed = { accelerator, notes: [] };
  if (!(isNameless || isSizeless) || !isWhole(accelerator)) return unchanged;
  const named = isNameless ? withName(accelerator, card, by) : unchanged;
  if (!isSizeless || !mayBeCard(accelerator)) return named;
  const sized = withMemory(named.accelerator, card);
  return { accelerator: sized.accelerator, notes: [...named.notes, ...sized.notes] };
}

/** How detection calls a device of which no tool has the name, and what AMD's tools call graphics inside any processor. */
const NAMELESS = / GPU \(PCI device [0-9a-f]{4}:[0-9a-f]{4}\)$|^(AMD )?Radeon(\(TM\))? Graphics$/;

function withName(accelerator: Accelerator, card: Card, by: string): Completed {
  const id = accelerator.details?.pciDeviceId ?? accelerator.name;
  const name = witness("name", card.name, `${CARD_DATABASE}, by ${by}`);
  return {
    accelerator: {
      ...accelerator,
      name: card.name,
      witnesses: [...(accelerator.witnesses ?? []), name],
    },
    notes: [`No tool names the device ${id}; the card database knows it as ${card.name}.`],
  };
}

function withMemory(accelerator: Accelerator, { name, memoryBytes }: Card): Completed {
  if (!isKnown(memoryBytes)) return { accelerator, notes: [] };
  const { value, source: from } = memoryBytes;
  const source = `${CARD_DATABASE}: ${from}`;
  return {
    accelerator: {
      ...accelerator,
      memoryTotalBytes: value,
      source,
      witnesses: [...(accelerator.witnesses ?? []), witness("memoryTotalBytes", value, source)],
    },
    notes: [
      `No tool reports the memory of ${accelerator.name}; what the card database says of ${name} is taken.`,
    ],
  };
}

function witness(fact: string, value: string | number, source: string): Witness {
  return { fact, value, source, command: null, isChosen: true };
}

function isWhole({ details }: Accelerator): boolean {
  return details?.deviceKind !== "slice" && details?.deviceKind !== "virtual";
}

function mayBeCard({ details }: Accelerator): boolean {
  return details?.deviceKind !== "integrated";
}
