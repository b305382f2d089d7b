import type { MachineReport } from "#engine/machine.ts";
import type { MachineRate } from "./machine-rate.ts";

/** What computes in a machine, by name: rates of the same parts are of the same machine. */
export function machineLabel({ accelerators, processor }: MachineReport): string {
  const names = accelerators.map(({ name }) => name).sort();
  return [...names, processor.name ?? "unknown processor"].join(" + ");
}

/** The rates of a report that were measured on the machine as it is: after a change of its parts none are. */
export function ratesOfMachine(machine: MachineReport): readonly MachineRate[] {
  const label = machineLabel(machine);
  return (machine.measuredRates ?? []).filter((rate) => rate.machine === label);
}
