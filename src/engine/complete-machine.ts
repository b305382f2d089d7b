import { matchCard } from "./card-search.ts";
import type { Card } from "./card.ts";
import { isKnown } from "./fact.ts";
import type { Accelerator, MachineReport } from "./machine.ts";

/**
 * The machine with the memory that no tool reported taken from the card database, and said so. Only for whole
 * cards of their own memory, and only where the database knows one single card by that id or name.
 */
export function completeMachine(machine: MachineReport, cards: readonly Card[]): MachineReport {
  const completed = machine.accelerators.map((accelerator) => completeAccelerator(accelerator, cards));
  const notes = completed.filter((one) => one !== null).map(({ note }) => note);
  if (notes.length === 0) return machine;
  const accelerators = machine.accelerators.map(
    (accelerator, index) => completed[index]?.accelerator ?? accelerator,
  );
  return { ...machine, accelerators, notes: [...machine.notes, ...notes] };
}

interface Completed {
  readonly accelerator: Accelerator;
  readonly note: string;
}

/** Null where there is nothing to add. */
function completeAccelerator(accelerator: Accelerator, cards: readonly Card[]): Completed | null {
  if (accelerator.memoryTotalBytes !== null || !isWholeCard(accelerator)) return null;
  const found = matchCard(accelerator, cards);
  if (found.kind !== "found" || !isKnown(found.card.memoryBytes)) return null;
  const { value, source } = found.card.memoryBytes;
  return {
    accelerator: { ...accelerator, memoryTotalBytes: value, source: `card database: ${source}` },
    note: `No tool reports the memory of ${accelerator.name}; what the card database says of ${found.card.name} is taken.`,
  };
}

function isWholeCard({ memoryKind, details }: Accelerator): boolean {
  const kind = details?.deviceKind ?? null;
  return memoryKind === "dedicated" && (kind === null || kind === "discrete" || kind === "external");
}
