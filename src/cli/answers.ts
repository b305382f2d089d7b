import type { Fit } from "#engine/fit.ts";
import type { MachineReport } from "#engine/machine.ts";
import type { RankedModel } from "#engine/ranking.ts";
import type { RightNow } from "#engine/right-now.ts";
import type { Scenario } from "#engine/scenario.ts";

/** Raised when a field of an answer changes its meaning or goes; new fields do not raise it. */
const SCHEMA_VERSION = 1;

/** `estimate --json`, and one line of a batch. Memory in bytes. */
export function estimateAnswer({ modelId, scenario, ...fit }: Fit): object {
  return { schemaVersion: SCHEMA_VERSION, model: modelId, scenario: scenarioAnswer(scenario), ...fit };
}

/** What was asked, the runtime by its id. */
export function scenarioAnswer({ runtime, ...scenario }: Scenario): object {
  return runtime === undefined ? scenario : { ...scenario, runtime: runtime.id };
}

/** The answer for what is free now, beside the one for an idle machine. */
export function rightNowAnswer({ fit, toFree, unknown }: RightNow): object {
  const { verdict, quantization } = fit;
  return { verdict, quantization, toFree, unknown };
}

/** `list --json`: best first. */
export function listAnswer(
  machine: MachineReport,
  scenario: Scenario,
  ranked: readonly RankedModel[],
): object {
  const models = ranked.map(({ model, fit }) => {
    const { verdict, quantization, memory, placement } = fit;
    return { model: model.id, name: model.name, verdict, quantization, memory, placement };
  });
  return { schemaVersion: SCHEMA_VERSION, machine, scenario: scenarioAnswer(scenario), models };
}
