import { CARD_DATABASE } from "./card-facts.ts";
import { matchCard } from "./card-search.ts";
import type { Card } from "./card.ts";
import { isKnown } from "./fact.ts";
import type { Accelerator, MachineReport, Witness } from "./machine.ts";

/**
 * The machine with what no tool reported taken from the card database, and said so: the name of an accelerator that
 * is known by its PCI id alone, and the memory. Only for whole cards (memory: of their own memory), and only where
 * the database knows one single card by that id or name.
 */
export function completeMachine(machine: MachineReport, cards: readonly Card[]): MachineReport {
  const completed = machine.accelerators.map((accelerator) => completeAccelerator(accelerator, cards));
  const notes = completed.flatMap((one) => one.notes);
  if (notes.length === 0) return machine;
  const accelerators = completed.map(({ accelerator }) => accelerator);
  return { ...machine, accelerators, notes: [...machine.notes, ...notes] };
}

interface Completed {
  readonly accelerator: Accelerator;
  readonly notes: readonly string[];
}

function completeAccelerator(accelerator: Accelerator, cards: readonly Card[]): Completed {
  const isNameless = NAMED_BY_ID.test(accelerator.name);
  const isSizeless = accelerator.memoryTotalBytes === null && accelerator.memoryKind === "dedicated";
  const unchanged: Completed = { accelerator, notes: [] };
  if (!(isNameless || isSizeless) || !isWhole(accelerator)) return unchanged;
  const found = matchCard(accelerator, cards);
  if (found.kind !== "found") return unchanged;
  const named = isNameless ? withName(accelerator, found.card) : unchanged;
  if (!isSizeless || !mayBeCard(accelerator)) return named;
  const sized = withMemory(named.accelerator, found.card);
  return { accelerator: sized.accelerator, notes: [...named.notes, ...sized.notes] };
}

/** How detection calls a device of which no tool has the name. */
const NAMED_BY_ID = / GPU \(PCI device [0-9a-f]{4}:[0-9a-f]{4}\)$/;

function withName(accelerator: Accelerator, card: Card): Completed {
  const id = accelerator.details?.pciDeviceId ?? accelerator.name;
  const name = witness("name", card.name, `${CARD_DATABASE}, by PCI id ${id}`);
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
