import { compare, FEWEST_SUBJECTS, type Comparison } from "#advice/compare.ts";
import type { Caution } from "#advice/cautions.ts";
import { explainBest, explainModel, type ModelExplanation } from "#advice/explain.ts";
import { optimise, type Optimisation } from "#advice/optimise/optimise.ts";
import type { PickLimits } from "#advice/reasons/limits.ts";
import type { AdviceData, AdviceQuestion } from "#advice/question.ts";
import { recommend, type Recommendation } from "#advice/recommend.ts";
import type { QuantizationName } from "#engine/quantization.ts";
import type { Model } from "#engine/model.ts";
import { comparedPacking, type Pin, pinName } from "#renderer/compare/pins.ts";
import { rankModels, runsHere, verdictGroup } from "#engine/ranking.ts";
import type { MachineWorth } from "#shared/hardware-effect-text.ts";

/** What the window shows of a recommendation. The evaluation behind it, some megabytes, stays with the worker. */
export interface AdviceAnswer extends Omit<Recommendation, "evaluation"> {
  /** Of the best; null where there is none. */
  readonly limits: PickLimits | null;
  readonly cautions: readonly Caution[];
}

/** Pinned models side by side, with the pin of each. */
export interface PinnedComparison {
  readonly comparison: Comparison;
  readonly pins: readonly Pin[];
}

/** What the worker can be asked, and what comes back. */
export interface AdviceCalls {
  readonly recommend: (question: AdviceQuestion) => AdviceAnswer;
  /** How many models run on the machine of a question, and which is best. */
  readonly worth: (question: AdviceQuestion) => MachineWorth;
  /** Why a model is or is not the pick; null where the catalog has no such model. */
  readonly explain: (question: AdviceQuestion, modelId: string) => ModelExplanation | null;
  /** Two to six models side by side; those that the catalog does not have are left out. */
  readonly compare: (question: AdviceQuestion, pins: readonly Pin[]) => PinnedComparison | null;
  /** What would make a model better here, packed so (null: as its verdict says); null: the catalog does not have it. */
  readonly optimise: (
    question: AdviceQuestion,
    modelId: string,
    quantization: QuantizationName | null,
  ) => Optimisation | null;
}

/** Every call, over the facts that were learnt. */
export function adviceCalls(facts: AdviceData): AdviceCalls {
  const modelOf = (modelId: string): Model | undefined => facts.models.find(({ id }) => id === modelId);
  return {
    recommend: (question) => adviceAnswer(question, facts),
    worth: (question) => {
      const { models } = facts;
      const ranked = rankModels(models, question.machine, question.scenario);
      const runningCount = ranked.filter(({ fit }) => runsHere(verdictGroup(fit.verdict))).length;
      return { runningCount, best: recommend(question, facts).best };
    },
    explain: (question, modelId) => {
      const model = modelOf(modelId);
      return model === undefined ? null : withoutMemory(explainModel(model, recommend(question, facts)));
    },
    compare: (question, pins) => {
      const { machine, scenario } = question;
      const pinned = pins.flatMap((pin) => {
        const model = modelOf(pin.modelId);
        if (model === undefined) return [];
        const quantization = comparedPacking(pin, model, scenario);
        return [{ pin, label: pinName(model.name, { quantization }), model, quantization, machine }];
      });
      if (pinned.length < FEWEST_SUBJECTS) return null;
      return { comparison: compare(pinned, question, facts), pins: pinned.map(({ pin }) => pin) };
    },
    optimise: ({ machine, scenario, task }, modelId, quantization) => {
      const model = modelOf(modelId);
      const runtimes = facts.runtimes ?? [];
      const asked = { machine, scenario, task, runtimes, quantization, data: facts };
      return model === undefined ? null : optimise({ ...asked, model });
    },
  };
}

/** The panel says of the model as it is shown there what is not free now. */
function withoutMemory(answer: ModelExplanation): ModelExplanation {
  const { explanation } = answer;
  if (explanation === null) return answer;
  const cautions = explanation.cautions.filter(({ kind }) => kind !== "not-free-now");
  return { ...answer, explanation: { ...explanation, cautions } };
}

/** The best answer with its reasons. */
function adviceAnswer(question: AdviceQuestion, facts: AdviceData): AdviceAnswer {
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
