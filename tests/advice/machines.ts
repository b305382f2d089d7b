import { overrideMachine } from "../../src/engine/machine-override.ts";
import type { Card } from "../../src/engine/card.ts";
import type { MachineReport } from "../../src/engine/machine.ts";
import { machineOf } from "../fixtures/machine.ts";

/** The machines of the brief, by what the card or the whole has of memory. */
export const BRIEF_MACHINES = {
  "8 GB card": { gpus: ["RTX 4060"], ram: "32GiB" },
  "12 GB card": { gpus: ["RTX 3060@12GiB"], ram: "32GiB" },
  "24 GB card": { gpus: ["RTX 4090"], ram: "64GiB" },
  "40 GB card": { gpus: ["A100-PCIE-40GB"], ram: "64GiB" },
  "80 GB card": { gpus: ["A100-SXM4-80GB"], ram: "128GiB" },
  "2 x 24 GB": { gpus: ["2x RTX 3090"], ram: "64GiB" },
  "8 x 80 GB": { gpus: ["8x H100 SXM"], ram: "512GiB" },
  "32 GB Mac": { gpus: ["M4@32GiB"], ram: null },
  "192 GB Mac": { gpus: ["M2 Ultra@192GiB"], ram: null },
  "CPU with 32 GB": { gpus: [], ram: "32GiB" },
} as const;

export type BriefMachine = keyof typeof BRIEF_MACHINES;

export const BRIEF_MACHINE_NAMES = Object.keys(BRIEF_MACHINES) as readonly BriefMachine[]; // keys of the literal above

/** Such a machine, with eight cores. */
export function briefMachine(name: BriefMachine, cards: readonly Card[]): MachineReport {
  const { gpus, ram } = BRIEF_MACHINES[name];
  const overridden = overrideMachine(
    machineOf([], null),
    { gpus: gpus.length === 0 ? null : [...gpus], ram },
    cards,
  );
  if (overridden.kind === "failed") throw new Error(`${name}: ${overridden.message}`);
  const { machine } = overridden;
  return { ...machine, processor: { ...machine.processor, physicalCoreCount: 8 } };
}
