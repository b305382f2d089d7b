import { matchCard } from "./card-search.ts";
import type { Card } from "./card.ts";
import { isKnown } from "./fact.ts";
import type { Accelerator, MachineReport } from "./machine.ts";

/**
 * The machine with the memory bandwidth of its cards, which no tool reports: of two cards that hold a model the faster
 * one should. A card that the database does not know stays without.
 */
export function withBandwidths(machine: MachineReport, cards: readonly Card[]): MachineReport {
  if (machine.accelerators.length < 2) return machine;
  const accelerators = machine.accelerators.map((accelerator) => withBandwidth(accelerator, cards));
  return { ...machine, accelerators };
}

function withBandwidth(accelerator: Accelerator, cards: readonly Card[]): Accelerator {
  const found = matchCard(accelerator, cards);
  if (found.kind !== "found" || !isKnown(found.card.memoryBandwidthBytesPerSecond)) return accelerator;
  return { ...accelerator, memoryBandwidthBytesPerSecond: found.card.memoryBandwidthBytesPerSecond.value };
}
