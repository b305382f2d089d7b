import { qualityDifference, type QualityEstimate } from "#engine/quality.ts";
import type { Loss } from "./quality/losses.ts";
import { downloadBytes, memoryBytes, rateOf, type Option } from "./option.ts";

/** What one option costs and gains against another; null where a figure of either is not known. */
export interface Difference {
  readonly quality: QualityEstimate;
  /** The interval of the difference holds 0: which is better cannot be said. */
  readonly isQualityTie: boolean;
  /** How many times as fast. */
  readonly speedFactor: number | null;
  /** Nearer than what the estimate tells apart on one machine. */
  readonly isSpeedTie: boolean;
  /** More memory (less, where negative). */
  readonly memoryBytes: number | null;
  /** More to download. */
  readonly downloadBytes: number | null;
}

/** The first, seen from the second. */
export function differenceOf(one: Option, other: Option): Difference {
  const quality = qualityGap(one, other);
  const rate = rateOf(one);
  const otherRate = rateOf(other);
  return {
    quality,
    isQualityTie: isTie(quality),
    speedFactor: rate === null || otherRate === null ? null : rate / otherRate,
    isSpeedTie: rate === null || otherRate === null || isAboutAsFast(rate / otherRate),
    memoryBytes: minus(memoryBytes(one), memoryBytes(other)),
    downloadBytes: minus(downloadBytes(one), downloadBytes(other)),
  };
}

export function isTie({ low, high }: QualityEstimate): boolean {
  return low <= 0 && high >= 0;
}

/** Better beyond the uncertainty. */
export function isBetter(one: Option, other: Option): boolean {
  return qualityGap(one, other).low > 0;
}

/** Between two packings of one model only what they lose differs: the uncertainty of its scores is the same for both. */
export function qualityGap(one: Option, other: Option): QualityEstimate {
  const loss = one.quality.loss;
  const otherLoss = other.quality.loss;
  const isSame = one.model.id === other.model.id && loss !== null && otherLoss !== null;
  if (!isSame) return qualityDifference(one.quality.net, other.quality.net);
  return qualityDifference(gained(loss), gained(otherLoss));
}

function gained({ points, low, high }: Loss): QualityEstimate {
  return { index: -points, low: -high, high: -low };
}

/**
 * Two models on one machine are uncertain together, so their ranges say little of their order; what is left between
 * models once the machine is known is about this (`withinDevice` in catalog/runtimes/speed.json).
 */
const SAME_MACHINE_FACTOR = 1.2;

/** As fast, or faster; false where a speed is not known. */
export function isNoSlower({ speedFactor, isSpeedTie }: Difference): boolean {
  return speedFactor !== null && (isSpeedTie || speedFactor > 1);
}

function isAboutAsFast(factor: number): boolean {
  return factor < SAME_MACHINE_FACTOR && factor > 1 / SAME_MACHINE_FACTOR;
}

function minus(one: number | null, other: number | null): number | null {
  return one === null || other === null ? null : one - other;
}
