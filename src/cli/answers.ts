import type { Fit } from "#engine/fit.ts";
import type { NamedCount } from "#engine/hardware-for.ts";
import type { MachineReport } from "#engine/machine.ts";
import type { Plan } from "#engine/plan.ts";
import type { RightNow } from "#engine/right-now.ts";
import type { Runtime } from "#engine/runtime.ts";
import type { Scenario } from "#engine/scenario.ts";
import type { UnderRuntime } from "#engine/under-runtimes.ts";
import { type ListedModel, speedAnswer, type TimedModel } from "./speed-answer.ts";

/** Raised when a field of an answer changes its meaning or goes; new fields do not raise it. */
const SCHEMA_VERSION = 1;

/** `estimate --json`, and one line of a batch. Memory in bytes. */
export function estimateAnswer(timed: Pick<TimedModel, "fit" | "speed">): object {
  const { modelId, scenario, ...fit } = timed.fit;
  const speed = speedAnswer(timed);
  return { schemaVersion: SCHEMA_VERSION, model: modelId, scenario: scenarioAnswer(scenario), ...fit, speed };
}

/** What was asked, the runtime and a draft model by their ids. */
export function scenarioAnswer({ runtime, extras, ...scenario }: Scenario): object {
  const draft = extras?.draft ?? null;
  const named = draft === null ? null : { model: draft.modelId, quantization: draft.quantization };
  return {
    ...scenario,
    ...(runtime === undefined ? {} : { runtime: runtime.id }),
    ...(extras === undefined ? {} : { extras: { ...extras, draft: named } }),
  };
}

/** The answer for what is free now, beside the one for an idle machine. */
export function rightNowAnswer({ fit, toFree, unknown }: RightNow): object {
  const { verdict, quantization } = fit;
  return { verdict, quantization, toFree, unknown };
}

/** `plan --json`; `plan` is null where a fact is missing, which the verdict names. */
export function planAnswer(fit: Fit, plan: Plan | null, forCard: CardsAsked | null): object {
  const { modelId, scenario, verdict } = fit;
  const question = {
    schemaVersion: SCHEMA_VERSION,
    model: modelId,
    scenario: scenarioAnswer(scenario),
    verdict,
  };
  if (plan === null) return { ...question, plan: null };
  const cards = plan.cards.map(({ card, count }) => ({ id: card.id, name: card.name, count }));
  const asked = forCard === null ? {} : { forCard: { names: forCard.names, count: forCard.count } };
  return { ...question, plan: { ...plan, cards, ...asked } };
}

type CardsAsked = Extract<NamedCount, { kind: "ok" }>;

/** `runtimes --json`: the profiles as the catalog has them. */
export function runtimesAnswer(runtimes: readonly Runtime[]): object {
  return { schemaVersion: SCHEMA_VERSION, runtimes };
}

/** `runtimes MODEL --json`. */
export function underRuntimesAnswer(
  modelId: string,
  scenario: Scenario,
  rows: readonly UnderRuntime[],
): object {
  const runtimes = rows.map(({ runtime, fit, ...contexts }) => {
    const { verdict, quantization, memory, placement, caveats, cacheRoom = null } = fit;
    return { runtime: runtime.id, verdict, quantization, memory, placement, caveats, cacheRoom, ...contexts };
  });
  return { schemaVersion: SCHEMA_VERSION, model: modelId, scenario: scenarioAnswer(scenario), runtimes };
}

/** `list --json`: best first. */
export function listAnswer(
  machine: MachineReport,
  scenario: Scenario,
  timed: readonly ListedModel[],
): object {
  const models = timed.map((row) => {
    const { model, fit, quality } = row;
    const { verdict, quantization, memory, placement } = fit;
    const speed = speedAnswer(row);
    return { model: model.id, name: model.name, verdict, quantization, memory, placement, speed, quality };
  });
  return { schemaVersion: SCHEMA_VERSION, machine, scenario: scenarioAnswer(scenario), models };
}
