import { estimateFit } from "#engine/estimate.ts";
import type { MachineReport } from "#engine/machine.ts";
import type { Model } from "#engine/model.ts";
import type { Scenario } from "#engine/scenario.ts";
import { collectLater, type Later } from "./idle-work.ts";

/** Long ones take models ways that the first list may not have: over several cards, into RAM, nowhere. */
const CONTEXT_LENGTHS = [1 << 20, 1 << 17, 1 << 10];

/**
 * Puts every model through the estimator at contexts that a slider goes to, and forgets the answers: the browser has
 * then compiled what the slider's first steps run, which would not be done within their frames.
 */
export function runIn(
  models: readonly Model[],
  machine: MachineReport,
  scenario: Scenario,
  later: Later,
): void {
  const scenarios = CONTEXT_LENGTHS.map((contextLength) => ({ ...scenario, contextLength }));
  const ids = models.map(({ id }) => id);
  const put = (index: number): null => {
    const model = models[index];
    if (model !== undefined) for (const each of scenarios) estimateFit(model, machine, each);
    return null;
  };
  collectLater(ids, put, () => undefined, later);
}
