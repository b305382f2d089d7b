import type { Catalog } from "#engine/catalog.ts";
import type { Fit } from "#engine/fit.ts";
import type { MachineReport } from "#engine/machine.ts";
import type { Model } from "#engine/model.ts";
import { type CalibrationCatalog, machineFactors } from "./calibration/machine-factors.ts";
import type { SpeedEstimate } from "./estimate-speed.ts";
import { sequenceContext, speedOfFit } from "./speed-of-fit.ts";

/** The prompt that the time to a first token is for, unless somebody says: llama-bench's own (`pp512`). */
export const DEFAULT_PROMPT_LENGTH = 512;

/** Where and for what prompt a fit is timed, as window and terminal ask. */
export interface SpeedWhere {
  readonly machine: MachineReport;
  readonly catalog: CalibrationCatalog & Pick<Catalog, "speed">;
  /** Null: the usual one, as far as the context holds it. */
  readonly promptLength: number | null;
}

/** How fast a fit answers on a machine, by what the catalog says and what was measured on that machine. */
export function speedHere(fit: Fit, model: Model, where: SpeedWhere): SpeedEstimate {
  const { machine, catalog } = where;
  const { cards, speed: constants } = catalog;
  if (constants === null)
    return { kind: "missing", reason: "the catalog's constants of speeds cannot be read" };
  const promptLength = promptLengthOf(fit, where);
  const calibration = machineFactors(fit, model, { machine, catalog, constants });
  return speedOfFit(fit, model, { machine, cards, constants, promptLength, calibration });
}

/** The prompt a fit is timed with: what was asked for, else the usual one; never more than a sequence's context. */
export function promptLengthOf(
  { scenario }: Fit,
  { promptLength }: Pick<SpeedWhere, "promptLength">,
): number {
  return Math.min(promptLength ?? DEFAULT_PROMPT_LENGTH, sequenceContext(scenario));
}
