import type { Fit } from "./fit.ts";
import type { MachineReport } from "./machine.ts";
import type { Model } from "./model.ts";
import type { QuantizationName } from "./quantization.ts";
import type { Scenario } from "./scenario.ts";

/** The verdict for one model on one machine, with the memory and placement behind it. */
export function estimateFit(
  model: Model,
  machine: MachineReport,
  scenario: Scenario,
  asked: QuantizationName | null = null,
): Fit {
  throw new Error("being written");
}
