import type { Caution } from "#advice/cautions.ts";
import type { Comparison } from "#advice/compare.ts";
import type { Explanation, ModelExplanation } from "#advice/explain.ts";
import { downloadBytes, memoryBytes, type Option } from "#advice/option.ts";
import type { Mend } from "#advice/picks/mend.ts";
import type { AdviceQuestion } from "#advice/question.ts";
import type { Recommendation } from "#advice/recommend.ts";
import { alternativeText } from "#shared/advice-text.ts";
import { cautionText } from "#shared/caution-text.ts";
import { objectionText } from "#shared/objection-text.ts";

/** What `fitment recommend --json` prints: figures in base units, sentences as the terminal says them. */
export function recommendAnswer(
  recommendation: Recommendation,
  explanation: Explanation | null,
  mended: Mend | null,
): object {
  const { best, ties, runnerUp, alternatives, secondCard, plane, evaluation } = recommendation;
  return {
    schemaVersion: 1,
    question: questionAnswer(evaluation.question),
    qualityFloorIndex: finite(evaluation.floor),
    best: best === null ? null : optionAnswer(best),
    isBelowSpeedFloor: recommendation.isBelowSpeedFloor,
    tiedModelIds: ties.map(({ model }) => model.id),
    runnerUp:
      runnerUp === null ? null : { ...optionAnswer(runnerUp.option), bestVersusIt: runnerUp.difference },
    alternatives: alternatives.map((alternative) => ({
      roles: alternative.roles,
      ...optionAnswer(alternative.option),
      versusBest: alternative.versusBest,
      longestContext: alternative.longestContext,
      sentence: best === null ? null : alternativeText(alternative, best),
    })),
    secondCard:
      secondCard === null
        ? null
        : {
            cardName: secondCard.cardName,
            ...optionAnswer(secondCard.option),
            versusBest: secondCard.versusBest,
          },
    explanation: explanation === null ? null : explanationAnswer(explanation),
    insteadOfPresent: mended === null ? null : mendAnswer(mended),
    fittingModelCount: recommendation.fittingModelCount,
    withoutEvidenceCount: recommendation.withoutEvidenceCount,
    plane,
  };
}

/** What `fitment explain --json` prints. */
export function explainAnswer(
  { whyNot, explanation }: ModelExplanation,
  { best, evaluation }: Recommendation,
): object {
  return {
    schemaVersion: 1,
    question: questionAnswer(evaluation.question),
    modelId: whyNot.model.id,
    bestModelId: best?.model.id ?? null,
    isBest: best?.model.id === whyNot.model.id,
    option: whyNot.option === null ? null : optionAnswer(whyNot.option),
    objections: whyNot.objections.map((objection) => ({ ...objection, sentence: objectionText(objection) })),
    versusBest: whyNot.versusBest,
    changes: whyNot.changes,
    explanation: explanation === null ? null : explanationAnswer(explanation),
  };
}

/** What `fitment compare --json` prints. */
export function compareAnswer({ subjects, rows }: Comparison): object {
  return {
    schemaVersion: 1,
    subjects: subjects.map(({ label, model, quantization, option }) => ({
      label,
      modelId: model.id,
      quantization,
      isHeld: option !== null,
    })),
    rows,
  };
}

function questionAnswer({ task, qualityWeight, limits, scenario }: AdviceQuestion): object {
  return { task, qualityWeight, limits, scenario };
}

function optionAnswer(option: Option): object {
  const { model, quantization, fit, quality, speed, utility } = option;
  const { evidence } = quality.task;
  return {
    modelId: model.id,
    name: model.name,
    quantization,
    placementKind: fit.placement.kind,
    memoryBytes: memoryBytes(option),
    downloadBytes: downloadBytes(option),
    quality: {
      evidence: evidence.kind === "scored" ? evidence.entry.evidence : "none",
      mode: evidence.kind === "scored" ? evidence.entry.mode : null,
      estimate: evidence.kind === "scored" ? quality.net : null,
      loss: quality.loss,
      languages: quality.languages.map(({ evidence: each, estimate }) => ({
        language: each.language,
        estimate: each.kind === "scored" ? estimate : null,
      })),
    },
    speed,
    utility,
  };
}

function explanationAnswer({ runnerUp, limits, cautions }: Explanation): object {
  return {
    against:
      runnerUp === null ? null : { modelId: runnerUp.option.model.id, difference: runnerUp.difference },
    limits,
    cautions: cautions.map(cautionAnswer),
  };
}

function cautionAnswer(caution: Caution): object {
  const sentence = cautionText(caution);
  if (!("other" in caution)) return { ...caution, sentence };
  const { other, ...rest } = caution;
  return { ...rest, otherModelId: other.model.id, sentence };
}

function mendAnswer({ complaint, present, step }: Mend): object {
  return {
    complaint,
    present: present === null ? null : optionAnswer(present),
    step:
      step === null
        ? null
        : {
            kind: step.kind,
            kvCacheType: step.kvCacheType,
            ...optionAnswer(step.option),
            versusPresent: step.difference,
          },
  };
}

/** JSON has no infinity: where nothing fits there is no floor. */
function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
