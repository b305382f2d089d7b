import { estimateFit } from "./estimate.ts";
import type { Fit, Verdict } from "./fit.ts";
import type { Asked } from "./search.ts";

/**
 * The verdict on a packing that somebody chose. That it needs quantization is said where the model as published does not
 * fit; where that fits as well, one that fits needs nothing.
 */
export function verdictOfBuild({ verdict }: Pick<Fit, "verdict">, asked: Asked): Verdict {
  if (verdict.kind !== "needs-quantization" || !fitsAsPublished(asked)) return verdict;
  const { contextLength, quantization, deviceName, memoryKind } = verdict;
  return { kind: "fits", contextLength, quantization, deviceName, memoryKind };
}

/** Whether a runtime loads what is published is not a matter of what fits. */
function fitsAsPublished({ model, machine, scenario }: Asked): boolean {
  const { verdict } = estimateFit(model, machine, scenario);
  const { runtime, ...ofAnyRuntime } = scenario;
  const isLoaded = verdict.kind !== "needs-quantization" || verdict.notLoaded === undefined;
  if (runtime === undefined || isLoaded) return verdict.kind === "fits";
  return estimateFit(model, machine, ofAnyRuntime).verdict.kind === "fits";
}
