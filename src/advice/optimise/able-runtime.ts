import type { Card } from "#engine/card.ts";
import type { MachineReport } from "#engine/machine.ts";
import type { PackingFamily } from "#engine/quantization.ts";
import type { Runtime } from "#engine/runtime.ts";
import { commonAbility, generationOfAccelerator, type Ability, type Feature } from "./capability.ts";

/** A runtime with what this hardware can do of it, and what it cannot, with the reason. */
export interface AbleRuntime {
  readonly runtime: Runtime;
  readonly refused: readonly { readonly packing: PackingFamily; readonly ability: Ability }[];
}

/** Packings that need kernels of their own; the others run wherever the runtime does. */
const FEATURE_OF: Partial<Record<PackingFamily, Feature>> = {
  fp8: "fp8",
  nvfp4: "nvfp4",
  int8: "int8",
  awq: "awq",
  gptq: "gptq",
  nf4: "bitsandbytes",
  exl3: "exllama",
};

/** ExLlama has GPTQ kernels of its own, and Transformers' INT8 is bitsandbytes'. */
const EXCEPTIONS: Readonly<Record<string, Partial<Record<PackingFamily, Feature | null>>>> = {
  exllama: { gptq: null },
  transformers: { int8: "bitsandbytes" },
};

/**
 * The runtime without the packings that this machine's accelerators cannot compute with, so that no answer names one.
 * What is not known is left in: it is no reason to refuse. A processor alone has none of those kernels.
 */
export function ableRuntime(runtime: Runtime, machine: MachineReport, cards: readonly Card[]): AbleRuntime {
  const driven = machine.accelerators.filter(({ vendor }) => runtime.vendors.includes(vendor));
  const generations = driven.map((accelerator) => generationOfAccelerator(accelerator, cards));
  const refused = runtime.packings.flatMap((packing) => {
    const feature = featureOf(runtime, packing);
    if (feature === null) return [];
    const ability = commonAbility(generations, feature);
    return ability.can === "no" ? [{ packing, ability }] : [];
  });
  const names = refused.map(({ packing }) => packing);
  return {
    runtime: { ...runtime, packings: runtime.packings.filter((packing) => !names.includes(packing)) },
    refused,
  };
}

function featureOf({ id }: Runtime, packing: PackingFamily): Feature | null {
  const exception = EXCEPTIONS[id]?.[packing];
  return exception === undefined ? (FEATURE_OF[packing] ?? null) : exception;
}
