import { candidateQuantizations } from "#engine/candidates.ts";
import { isKnown } from "#engine/fact.ts";
import { finestPacking } from "#engine/prepare.ts";
import type { Model } from "#engine/model.ts";
import { imagePartOf } from "./image-part.ts";
import { downloadBytes, isOffloaded, optionOf, thinksFirst, type Option } from "./option.ts";
import type { AdviceData, AdviceQuestion } from "./question.ts";
import { unsuitabilities } from "./suitability.ts";
import { READING_TOKENS_PER_SECOND } from "./utility.ts";

/** All that comes into question on a machine, in every packing that holds. */
export interface Evaluation {
  readonly question: AdviceQuestion;
  readonly data: AdviceData;
  /** Within every limit and fast enough, the best of the criterion first. */
  readonly options: readonly Option[];
  /** Suitable and small enough, but slower than the lowest speed; the best of the criterion first. */
  readonly slow: readonly Option[];
  /** The lower end of the quality below which an option is no pick; see `qualityFloor`. */
  readonly floor: number;
}

export function evaluate(question: AdviceQuestion, data: AdviceData): Evaluation {
  const all = data.models
    .filter((model) => unsuitabilities(model, question).length === 0)
    .flatMap((model) => optionsOfModel(model, question, data))
    .sort(byUtility);
  const isSlow = (option: Option): boolean => isTooSlow(option, question);
  const options = all.filter((option) => !isSlow(option));
  return { question, data, options, slow: all.filter(isSlow), floor: qualityFloor(options, question) };
}

/** Ten points are one logit: what is further below the best is another class of model, however fast. */
const FLOOR_BELOW_BEST_POINTS = 10;

/** Index points below which "fast" and "small" are no use: as limited, else ten below the best that fits. */
function qualityFloor(options: readonly Option[], { limits }: AdviceQuestion): number {
  const best = Math.max(...options.map(({ quality }) => quality.net.low));
  return limits.lowestQualityIndex ?? best - FLOOR_BELOW_BEST_POINTS;
}

/** True where the quality is high enough for a pick. */
export function isGoodEnough({ quality }: Option, { floor }: Pick<Evaluation, "floor">): boolean {
  return quality.net.low >= floor;
}

/** A model in every packing that the machine holds, within the limit of the download; suited or not. */
export function optionsOfModel(model: Model, question: AdviceQuestion, data: AdviceData): readonly Option[] {
  const { architecture } = model;
  const finest = finestPacking(model);
  if (!isKnown(architecture) || !isKnown(finest)) return [];
  const { lowestQuantization, runtime } = question.scenario;
  const { mostDownloadBytes } = question.limits;
  return candidateQuantizations(architecture.value, finest.value, lowestQuantization, runtime)
    .flatMap((quantization) => optionOf(model, quantization, question, data) ?? [])
    .filter((option) => question.task !== "vision" || imagePartOf(option, question).isHeld)
    .filter(
      (option) => mostDownloadBytes === null || (downloadBytes(option) ?? Infinity) <= mostDownloadBytes,
    );
}

/** The packing of a model that comes nearest to being picked: a fast enough one before a better one; null: none holds. */
export function bestPacking(model: Model, question: AdviceQuestion, data: AdviceData): Option | null {
  const options = [...optionsOfModel(model, question, data)].sort(byUtility);
  return options.find((option) => !isTooSlow(option, question)) ?? options[0] ?? null;
}

/** A model that thinks first writes much that nobody reads. Our choice. */
const THINKING_FACTOR = 2;

/** What a person will bear: as limited, else the pace of reading, twice that for a model that thinks first. */
export function lowestRate(option: Option, { limits }: AdviceQuestion): number {
  const factor = thinksFirst(option) ? THINKING_FACTOR : 1;
  return limits.lowestTokensPerSecond ?? READING_TOKENS_PER_SECOND * factor;
}

/**
 * Slower than a person will bear. A speed that nobody can say is no answer to one that was asked for; else it is borne,
 * unless part of the model is in RAM.
 */
export function isTooSlow(option: Option, question: AdviceQuestion): boolean {
  const isInRam = isOffloaded(option) || option.fit.placement.kind === "cpu";
  if (option.speed.kind === "missing") {
    if (question.limits.lowestTokensPerSecond !== null) return true;
    if (!isInRam) return false;
  }
  return option.orderingTokensPerSecond < lowestRate(option, question);
}

/** The higher utility first; of equal ones what takes less memory. */
export function byUtility(one: Option, other: Option): number {
  return other.utility - one.utility || (downloadBytes(one) ?? Infinity) - (downloadBytes(other) ?? Infinity);
}

/** The first option of each model: its best packing, where options are sorted by the criterion. */
export function onePerModel(options: readonly Option[]): readonly Option[] {
  const seen = new Set<string>();
  return options.filter(({ model }) => {
    const isNew = !seen.has(model.id);
    seen.add(model.id);
    return isNew;
  });
}
