import type { QualityEstimate } from "#engine/quality.ts";
import { at, realAt } from "../sampler/arrays.ts";
import type { Fit } from "../sampler/fit.ts";

/** The model that is 50 in every task: scored by nearly every operator, of middling quality, known to everybody. */
export const REFERENCE_MODEL = "meta-llama/Llama-3.1-8B-Instruct";
const REFERENCE_INDEX = 50;
/** Index points of one logit on a typical benchmark. */
const POINTS_PER_LOGIT = 10;
/** Standard deviations on either side of the mean that hold 80 % of a normal distribution. */
const DEVIATIONS_80 = 1.2816;

/** A subject's ability as index points; `place` is a task, or a language after the tasks. */
export function toEstimate(fit: Fit, subject: number, place: number): QualityEstimate {
  const reference = fit.problem.subjects.find(REFERENCE_MODEL);
  if (reference === null) throw new Error(`no score of ${REFERENCE_MODEL}, which the scale is measured from`);
  const task = Math.min(place, fit.problem.taskCount - 1);
  const { mean, deviation } = at(fit.abilities, subject);
  const zero = realAt(at(fit.abilities, reference).mean, task);
  const index = REFERENCE_INDEX + POINTS_PER_LOGIT * (realAt(mean, place) - zero);
  const half = POINTS_PER_LOGIT * DEVIATIONS_80 * realAt(deviation, place);
  return { index: round(index), low: round(index - half), high: round(index + half) };
}

function round(points: number): number {
  return Math.round(points * 10) / 10;
}
