import { isKnown } from "#engine/fact.ts";
import type { Fit } from "#engine/fit.ts";
import type { Model } from "#engine/model.ts";
import type { QualityEstimate } from "#engine/quality.ts";
import type { QuantizationName } from "#engine/quantization.ts";
import type { Scenario } from "#engine/scenario.ts";
import type { SpeedEstimate } from "#engine/speed/estimate-speed.ts";
import { placedModel } from "./placed-model.ts";
import { addLosses, cacheLoss, lessLoss, packingLoss, type Loss } from "./quality/losses.ts";
import { publishedQuality, qualityBook, type PublishedQuality } from "./quality/published-quality.ts";
import type { AdviceData, AdviceQuestion, Limits } from "./question.ts";
import { qualityTaskOf } from "./task.ts";
import { orderingRate, utilityOf } from "./utility.ts";

/** One model in one packing as this machine would run it, with what decides for or against it. */
export interface Option {
  readonly model: Model;
  readonly quantization: QuantizationName;
  readonly fit: Fit;
  readonly quality: OptionQuality;
  readonly speed: SpeedEstimate;
  /** For the order alone: the middle of the range, or a nominal figure where no speed is known. Never shown. */
  readonly orderingTokensPerSecond: number;
  /** The criterion, in index points: comparable within one question only. */
  readonly utility: number;
}

/** Quality for the task as packed here. */
export interface OptionQuality {
  /** At the task; in the language, where the task is several languages and one was named. */
  readonly task: PublishedQuality;
  /** In the named languages, for any task; the weakest counts. */
  readonly languages: readonly PublishedQuality[];
  /** By packing and cache; null where nobody measured this packing, and then the interval is open downwards. */
  readonly loss: Loss | null;
  /** What is left: the weakest of the above, less the loss. */
  readonly net: QualityEstimate;
}

/** True where published scores stand behind the task. */
export function hasEvidence({ quality }: Pick<Option, "quality">): boolean {
  return quality.task.evidence.kind === "scored";
}

/** Languages asked for that nobody scored it in. */
export function unscoredLanguages({ languages }: OptionQuality): readonly string[] {
  return languages.flatMap(({ evidence }) =>
    evidence.kind === "none" && evidence.language !== null ? [evidence.language] : [],
  );
}

/** True where published scores stand behind all of its quality: at the task, and in each language asked for. */
export function isScored({ quality }: Pick<Option, "quality">): boolean {
  return hasEvidence({ quality }) && unscoredLanguages(quality).length === 0;
}

/** True where it writes its thoughts before the answer, by its scores or, where those do not tell, by what it is for. */
export function thinksFirst({ model, quality }: Pick<Option, "model" | "quality">): boolean {
  const { evidence } = quality.task;
  const mode = evidence.kind === "scored" ? evidence.entry.mode : "only";
  return mode === "only" ? model.tasks.includes("reasoning") : mode !== "non-thinking";
}

/** True where experts or layers wait in RAM beside a card. */
export function isOffloaded({ fit: { placement } }: Pick<Option, "fit">): boolean {
  return placement.kind === "expert-offload" || placement.kind === "layer-offload";
}

/** Tokens a second of one user, the middle of the range; null where no speed is known. */
export function rateOf({ speed }: Pick<Option, "speed">): number | null {
  return speed.kind === "known" ? speed.decodeTokensPerSecond.mid : null;
}

/** What has to be downloaded; null where sizes are not known. */
export function downloadBytes({ fit }: Pick<Option, "fit">): number | null {
  return fit.memory?.weightsBytes ?? null;
}

/** What it takes in all; null where sizes are not known. */
export function memoryBytes({ fit }: Pick<Option, "fit">): number | null {
  return fit.memory?.totalBytes ?? null;
}

/** A model in a packing on the machine of the question; null where it is placed nowhere. */
export function optionOf(
  model: Model,
  quantization: QuantizationName,
  question: AdviceQuestion,
  data: AdviceData,
): Option | null {
  const placed = placedModel(model, quantization, question, data);
  if (placed === null) return null;
  const { fit, speed } = placed;
  const { qualityWeight } = question;
  const quality = qualityOf(model, quantization, question, data);
  const orderingTokensPerSecond = orderingRate(model, fit, speed);
  const utility = utilityOf(quality.net, orderingTokensPerSecond, { qualityWeight, fit });
  return { model, quantization, fit, quality, speed, orderingTokensPerSecond, utility };
}

/** Above this weight the best way of answering counts, below it the one that does not think first. */
const THINKS_ABOVE = 0.5;

/** What of a question a quality depends on: not on the context, nor on the machine. */
export interface QualityQuestion extends Pick<AdviceQuestion, "task" | "qualityWeight"> {
  readonly limits: Pick<Limits, "languages">;
  readonly scenario: Pick<Scenario, "keyCacheType" | "valueCacheType">;
}

/** What a model is worth at the task as packed. */
export function qualityOf(
  model: Model,
  quantization: QuantizationName,
  question: QualityQuestion,
  data: Pick<AdviceData, "quality">,
): OptionQuality {
  const book = qualityBook(data.quality);
  const { task } = qualityTaskOf(question.task);
  const answering = question.qualityWeight > THINKS_ABOVE ? "best" : "quick";
  const inLanguages = question.limits.languages.map((language) =>
    publishedQuality(book, model.id, { task: "multilingual", language, answering }),
  );
  const [first, ...others] = inLanguages;
  const isAboutLanguages = task === "multilingual" && first !== undefined;
  const own = isAboutLanguages
    ? others.reduce(weaker, first)
    : publishedQuality(book, model.id, { task, language: null, answering });
  const packing = packingLoss(data.quality, model, quantization, task);
  const cache = cacheLoss(data.quality, question.scenario);
  const loss = packing === null || cache === null ? null : addLosses(packing, cache);
  const weakest = inLanguages.reduce(weaker, own).estimate;
  return {
    task: own,
    languages: inLanguages,
    loss,
    net: asPacked(weakest, loss),
  };
}

/** What is left of a published quality. */
export function asPacked(published: QualityEstimate, loss: Loss | null): QualityEstimate {
  return loss === null ? openBelow(published) : lessLoss(published, loss);
}

/** The quality as asked for; null where a score is missing, or nobody measured the packing. */
export function scoredQuality(quality: OptionQuality): QualityEstimate | null {
  return quality.loss !== null && isScored({ quality }) ? quality.net : null;
}

/**
 * What is left of a published quality as packed, in the languages asked for the weakest; null where nobody published a
 * score at the task or in one of them, or measured the packing.
 */
export function knownQuality(
  { model, fit }: { readonly model: Model; readonly fit: Fit | null },
  question: QualityQuestion,
  data: Pick<AdviceData, "quality">,
): QualityEstimate | null {
  const quantization = fit?.quantization ?? null;
  if (quantization === null) return null;
  return scoredQuality(qualityOf(model, quantization, question, data));
}

function weaker(one: PublishedQuality, other: PublishedQuality): PublishedQuality {
  return other.estimate.low < one.estimate.low ? other : one;
}

/** A packing that nobody measured may have lost as much as the worst that was: ranked last, never left out. */
const UNMEASURED_POINTS = 30;

function openBelow({ index, low, high }: QualityEstimate): QualityEstimate {
  return { index, low: low - UNMEASURED_POINTS, high };
}

/** Parameters; null where nobody says. */
export function parameterCountOf({ model }: Pick<Option, "model">): number | null {
  return isKnown(model.parameterCount) ? model.parameterCount.value : null;
}
