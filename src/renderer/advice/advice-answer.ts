import type { Caution } from "#advice/cautions.ts";
import { explainBest, explainModel, type ModelExplanation } from "#advice/explain.ts";
import type { PickLimits } from "#advice/reasons/limits.ts";
import type { AdviceData, AdviceQuestion } from "#advice/question.ts";
import { recommend, type Recommendation } from "#advice/recommend.ts";

/** What the window shows of a recommendation. The evaluation behind it, some megabytes, stays with the worker. */
export interface AdviceAnswer extends Omit<Recommendation, "evaluation"> {
  /** Of the best; null where there is none. */
  readonly limits: PickLimits | null;
  readonly cautions: readonly Caution[];
}

/** What is asked of the worker; the facts come once, and again only when they change. */
export type AdviceRequest =
  | { readonly kind: "facts"; readonly facts: AdviceData }
  | { readonly kind: "recommend"; readonly id: number; readonly question: AdviceQuestion }
  | {
      readonly kind: "explain";
      readonly id: number;
      readonly question: AdviceQuestion;
      readonly modelId: string;
    };

/** Null: the facts are not there, or a bug met it; the window then says so. */
export interface AdviceReply {
  readonly id: number;
  readonly recommendation?: AdviceAnswer;
  readonly explanation?: ShownExplanation;
  readonly failure?: string;
}

/** Why a model is or is not the pick. */
export type ShownExplanation = ModelExplanation;

/** The best answer with its reasons. */
export function adviceAnswer(question: AdviceQuestion, facts: AdviceData): AdviceAnswer {
  const recommendation = recommend(question, facts);
  const reasons = explainBest(recommendation);
  return {
    ...withoutEvaluation(recommendation),
    limits: reasons?.limits ?? null,
    cautions: reasons?.cautions ?? [],
  };
}

function withoutEvaluation(recommendation: Recommendation): Omit<Recommendation, "evaluation"> {
  const { best, isBelowSpeedFloor, runnerUp, ties, alternatives, secondCard, plane } = recommendation;
  const { fittingModelCount, withoutEvidenceCount } = recommendation;
  const picks = { best, isBelowSpeedFloor, runnerUp, ties, alternatives, secondCard, plane };
  return { ...picks, fittingModelCount, withoutEvidenceCount };
}

/** One model against the best answer; null where the catalog has no such model. */
export function modelAnswer(
  modelId: string,
  question: AdviceQuestion,
  facts: AdviceData,
): ShownExplanation | null {
  const model = facts.models.find(({ id }) => id === modelId);
  return model === undefined ? null : explainModel(model, recommend(question, facts));
}
