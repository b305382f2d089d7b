import type { Model } from "#engine/model.ts";
import { cautionsFor, type Caution } from "./cautions.ts";
import { differenceOf, type Difference } from "./difference.ts";
import type { Option } from "./option.ts";
import { limitsOf, type PickLimits } from "./reasons/limits.ts";
import { whyNot, type WhyNot } from "./reasons/why-not.ts";
import type { Recommendation } from "./recommend.ts";

/** Why a pick is one, what it costs and gains against the next, and what limits it. */
export interface Explanation {
  readonly option: Option;
  /** What the runner-up is, and the pick seen from it; null where nothing else comes into question. */
  readonly runnerUp: { readonly option: Option; readonly difference: Difference } | null;
  readonly limits: PickLimits;
  readonly cautions: readonly Caution[];
}

/** The reasons behind the best answer; null where there is none. */
export function explainBest(recommendation: Recommendation): Explanation | null {
  const { best, runnerUp, evaluation } = recommendation;
  if (best === null) return null;
  return explained(best, runnerUp?.option ?? null, evaluation);
}

/** The reasons behind any option, against the best. */
export function explainOption(option: Option, { best, runnerUp, evaluation }: Recommendation): Explanation {
  const other = best?.model.id === option.model.id ? (runnerUp?.option ?? null) : best;
  return explained(option, other, evaluation);
}

function explained(
  option: Option,
  other: Option | null,
  evaluation: Recommendation["evaluation"],
): Explanation {
  const { question, data } = evaluation;
  return {
    option,
    runnerUp: other === null ? null : { option: other, difference: differenceOf(option, other) },
    limits: limitsOf(option, question, data),
    cautions: cautionsFor(option, evaluation),
  };
}

/** A model that a person asks about: why it is not the pick, and what would make it run; and how it would run here. */
export interface ModelExplanation {
  readonly whyNot: WhyNot;
  /** Null where the machine does not run it. */
  readonly explanation: Explanation | null;
}

export function explainModel(model: Model, recommendation: Recommendation): ModelExplanation {
  const answer = whyNot(model, recommendation);
  const { option } = answer;
  return { whyNot: answer, explanation: option === null ? null : explainOption(option, recommendation) };
}
