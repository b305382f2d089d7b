import type { Change } from "./cheapest-change.ts";
import { estimateFit } from "./estimate.ts";
import type { Fit } from "./fit.ts";
import { pullLever } from "./lever.ts";
import type { MachineReport } from "./machine.ts";
import type { QuantizationName } from "./quantization.ts";
import type { Asked } from "./search.ts";

/** A model as it runs after a change, and on what. */
export interface ChangedFit {
  readonly fit: Fit;
  readonly machine: MachineReport;
}

/** What a change makes of a packing that was asked for. */
export function changedFit(asked: Asked, quantization: QuantizationName, { levers }: Change): ChangedFit {
  const after = levers.reduce(pullLever, { asked, quantization });
  const { model, machine, scenario } = after.asked;
  return { fit: estimateFit(model, machine, scenario, after.quantization), machine };
}
