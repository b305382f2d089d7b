import { differenceOf, isTie, qualityGap, type Difference } from "./difference.ts";
import { evaluate, isGoodEnough, onePerModel, type Evaluation } from "./evaluate.ts";
import { hasEvidence, rateOf, type Option } from "./option.ts";
import { pickOf } from "./picks/plainer.ts";
import { planeOf, type PlanePoint } from "./picks/plane.ts";
import type { AdviceData, AdviceQuestion } from "./question.ts";
import { alternativesOf, type Alternative } from "./picks/roles.ts";
import { withSecondCard } from "./picks/second-card.ts";

/** The answer to "which model?". */
export interface Recommendation {
  /** Null where nothing that suits is held by the machine. */
  readonly best: Option | null;
  /** Nothing that suits reaches the lowest speed: the best is the best of the slow ones. */
  readonly isBelowSpeedFloor: boolean;
  /** The best of the others by the criterion, for comparison; in a tie it may be ahead of the pick, see `pickOf`. */
  readonly runnerUp: RunnerUp | null;
  /** Every model of those good enough whose quality cannot be told from the best's, best of the criterion first. */
  readonly ties: readonly Option[];
  /** Other models, each with what it is better at. */
  readonly alternatives: readonly Alternative[];
  /** What one more card would bring; null where nothing beyond the uncertainty. */
  readonly secondCard: SecondCard | null;
  /** Every model and packing that fits, with the Pareto front. */
  readonly plane: readonly PlanePoint[];
  /** Models that suit and fit; and how many of them have no published score at the task. */
  readonly fittingModelCount: number;
  readonly withoutEvidenceCount: number;
  readonly evaluation: Evaluation;
}

export interface RunnerUp {
  readonly option: Option;
  /** The best, seen from the runner-up. */
  readonly difference: Difference;
}

export interface SecondCard {
  readonly cardName: string;
  readonly option: Option;
  /** Seen from the best without it. */
  readonly versusBest: Difference;
}

/** Which model to run here for a task: one best answer, what ties with it, and what else it could be. */
export function recommend(question: AdviceQuestion, data: AdviceData): Recommendation {
  const evaluation = evaluate(question, data);
  const isBelowSpeedFloor = evaluation.options.length === 0;
  const considered = isBelowSpeedFloor ? fastEnoughOf(evaluation.slow) : evaluation.options;
  const good = considered.filter((option) => isBelowSpeedFloor || isGoodEnough(option, evaluation));
  const models = onePerModel(good);
  const best = pickOf(good);
  const second = models.find((option) => option !== best) ?? null;
  const shown = { ...evaluation, options: considered };
  return {
    best,
    isBelowSpeedFloor: isBelowSpeedFloor && best !== null,
    runnerUp:
      best === null || second === null ? null : { option: second, difference: differenceOf(best, second) },
    ties: best === null ? [] : tiesOf(best, models),
    alternatives: best === null ? [] : alternativesOf(best, shown),
    secondCard: best === null ? null : secondCardOf(best, shown),
    plane: planeOf([...evaluation.options, ...evaluation.slow]),
    fittingModelCount: onePerModel([...evaluation.options, ...evaluation.slow]).length,
    withoutEvidenceCount: onePerModel(considered).filter((option) => !hasEvidence(option)).length,
    evaluation,
  };
}

/** Where everything is slow, what is within a half of the fastest comes first: the best of those is still bearable. */
function fastEnoughOf(slow: readonly Option[]): readonly Option[] {
  const fastest = Math.max(0, ...slow.map((option) => rateOf(option) ?? 0));
  return slow.filter((option) => (rateOf(option) ?? 0) >= fastest / 2);
}

/** The rule by which a difference is worded "as good within the uncertainty", and nothing beside it. */
function tiesOf(best: Option, models: readonly Option[]): readonly Option[] {
  if (!hasEvidence(best)) return [];
  return models.filter((option) => option !== best && hasEvidence(option) && isTie(qualityGap(option, best)));
}

function secondCardOf(best: Option, evaluation: Evaluation): SecondCard | null {
  const found = withSecondCard(best, evaluation);
  if (found === null) return null;
  return { ...found, versusBest: differenceOf(found.option, best) };
}
