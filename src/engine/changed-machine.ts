import type { Card } from "./card.ts";
import { giveFreeMemory } from "./free-memory.ts";
import {
  giveProcessor,
  isProcessorChanged,
  NO_PROCESSOR_CHANGE,
  type ProcessorChange,
} from "./hardware/given-processor.ts";
import { overrideMachine, type Overridden } from "./machine-override.ts";
import type { MachineReport } from "./machine.ts";

/** What a person changes about a detected machine, one thing at a time. */
export interface HardwareChange {
  /** Detected accelerators that are left out of account, by id. */
  readonly leftOutIds: readonly string[];
  /** Accelerators beside the detected ones, as typed: "2x RTX 3090", "RTX 4090@20GiB". */
  readonly added: readonly string[];
  /** As typed: "64GiB"; null: as detected. */
  readonly ram: string | null;
  /** What is free now of detected accelerators, by id, as typed: "20GiB". */
  readonly freeById: Readonly<Record<string, string>>;
  readonly processor: ProcessorChange;
}

export const NO_CHANGE: HardwareChange = {
  leftOutIds: [],
  added: [],
  ram: null,
  freeById: {},
  processor: NO_PROCESSOR_CHANGE,
};

/** True where there is anything to put back. */
export function isChanged(change: HardwareChange): boolean {
  const { leftOutIds, added, ram, freeById, processor } = change;
  return (
    leftOutIds.length > 0 ||
    added.length > 0 ||
    ram !== null ||
    Object.keys(freeById).length > 0 ||
    isProcessorChanged(processor)
  );
}

/** The machine with the changes, each said in its notes; or what is wrong with what was typed. */
export function changeMachine(
  machine: MachineReport,
  change: HardwareChange,
  cards: readonly Card[],
): Overridden {
  if (!isChanged(change)) return { kind: "ok", machine };
  const changed = withChangedParts(machine, change, cards);
  if (changed.kind === "failed") return changed;
  const given = giveProcessor(changed.machine, change.processor);
  return given.kind === "ok" ? given : { ...given, unknownCard: null };
}

function withChangedParts(
  machine: MachineReport,
  change: HardwareChange,
  cards: readonly Card[],
): Overridden {
  const kept = keptMachine(machine, change, cards);
  if (kept.kind === "failed" || change.added.length === 0) return kept;
  const named = overrideMachine(machine, { gpus: change.added, ram: change.ram }, cards);
  if (named.kind === "failed") return named;
  const notes = [...new Set([...kept.machine.notes, ...named.machine.notes])];
  const accelerators = [...kept.machine.accelerators, ...named.machine.accelerators];
  return { kind: "ok", machine: { ...named.machine, accelerators, notes } };
}

/** What was detected and is not left out, with the RAM and the free memory as given. */
function keptMachine(machine: MachineReport, change: HardwareChange, cards: readonly Card[]): Overridden {
  const { leftOutIds, ram, freeById } = change;
  const overridden = overrideMachine(withoutLeftOut(machine, leftOutIds), { gpus: null, ram }, cards);
  if (overridden.kind === "failed") return overridden;
  const free = overridden.machine.accelerators.flatMap(({ id }, index) => {
    const size = freeById[id];
    return size === undefined ? [] : [{ index, size }];
  });
  const freed = giveFreeMemory(overridden.machine, free);
  return freed.kind === "ok" ? freed : { ...freed, unknownCard: null };
}

function withoutLeftOut(machine: MachineReport, leftOutIds: readonly string[]): MachineReport {
  const isLeftOut = ({ id }: { readonly id: string }): boolean => leftOutIds.includes(id);
  const notes = machine.accelerators.filter(isLeftOut).map(({ name }) => `${name}: left out, as chosen.`);
  return {
    ...machine,
    accelerators: machine.accelerators.filter((accelerator) => !isLeftOut(accelerator)),
    notes: [...machine.notes, ...notes],
  };
}
