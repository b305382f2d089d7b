import { withBandwidths } from "#engine/card-bandwidth.ts";
import type { Card } from "#engine/card.ts";
import type { MachineReport } from "#engine/machine.ts";
import { machineRightNow } from "#engine/right-now.ts";

/** The machine as models are placed on it: as far as its memory may be used, with what the database knows of speeds. */
export function machineForModels(
  machine: MachineReport,
  cards: readonly Card[],
  isRightNow: boolean,
): MachineReport {
  return withBandwidths(isRightNow ? machineRightNow(machine) : machine, cards);
}
