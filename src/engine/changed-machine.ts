import type { Card } from "./card.ts";
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
}

export const NO_CHANGE: HardwareChange = { leftOutIds: [], added: [], ram: null };

/** True where there is anything to put back. */
export function isChanged(change: HardwareChange): boolean {
  return change.leftOutIds.length > 0 || change.added.length > 0 || change.ram !== null;
}

/** The machine with the changes, each said in its notes; or what is wrong with what was typed. */
export function changeMachine(
  machine: MachineReport,
  change: HardwareChange,
  cards: readonly Card[],
): Overridden {
  if (!isChanged(change)) return { kind: "ok", machine };
  const kept = overrideMachine(
    withoutLeftOut(machine, change.leftOutIds),
    { gpus: null, ram: change.ram },
    cards,
  );
  if (kept.kind === "failed" || change.added.length === 0) return kept;
  const named = overrideMachine(machine, { gpus: change.added, ram: change.ram }, cards);
  if (named.kind === "failed") return named;
  const notes = [...new Set([...kept.machine.notes, ...named.machine.notes])];
  const accelerators = [...kept.machine.accelerators, ...named.machine.accelerators];
  return { kind: "ok", machine: { ...named.machine, accelerators, notes } };
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
