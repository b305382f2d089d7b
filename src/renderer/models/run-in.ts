import { estimateFit } from "#engine/estimate.ts";
import type { MachineReport } from "#engine/machine.ts";
import type { Model } from "#engine/model.ts";
import type { Scenario } from "#engine/scenario.ts";
import { collectLater, type Later } from "./idle-work.ts";

/** Long ones take models ways that the first list may not have: over several cards, into RAM, nowhere. */
const CONTEXT_LENGTHS = [1 << 20, 1 << 17, 1 << 10];

/** More would only take longer: after so many the browser has seen each way often enough. */
const MOST_MODELS = 400;

/**
 * Puts models through the estimator at contexts that a slider goes to, and forgets the answers: the browser has then
 * compiled what the slider's first steps run, which would not be done within their frames.
 */
export function runIn(
  known: readonly Model[],
  machine: MachineReport,
  scenario: Scenario,
  later: Later,
): void {
  const scenarios = CONTEXT_LENGTHS.map((contextLength) => ({ ...scenario, contextLength }));
  const models = known.slice(0, MOST_MODELS);
  const ids = models.map(({ id }) => id);
  const put = (index: number): null => {
    const model = models[index];
    if (model !== undefined) for (const each of scenarios) estimateFit(model, machine, each);
    return null;
  };
  collectLater(ids, put, () => undefined, later);
}
