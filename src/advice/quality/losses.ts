import { isKnown } from "#engine/fact.ts";
import { finestPacking } from "#engine/prepare.ts";
import type { Model } from "#engine/model.ts";
import {
  kvCacheLoss,
  quantizationLoss,
  type Quality,
  type QualityEstimate,
  type QualityTask,
} from "#engine/quality.ts";
import type { QuantizationName } from "#engine/quantization.ts";
import type { Scenario } from "#engine/scenario.ts";

/** Index points lost, with the 80 % interval. */
export interface Loss {
  readonly points: number;
  readonly low: number;
  readonly high: number;
}

const NOTHING: Loss = { points: 0, low: 0, high: 0 };

/**
 * What a packing costs a model at a task; null where nothing is known of it. The release precision costs nothing: the
 * scores were made with it.
 */
export function packingLoss(
  quality: Quality,
  model: Model,
  quantization: QuantizationName,
  task: QualityTask,
): Loss | null {
  const finest = finestPacking(model);
  const { parameterCount } = model;
  if (
    isReleasedIn(model, quantization) ||
    (isKnown(finest) && finest.value === quantization && model.origin === "shipped")
  )
    return NOTHING;
  const isSame16 = SIXTEEN_BIT.includes(quantization);
  if (isSame16) return NOTHING;
  if (!isKnown(parameterCount)) return null;
  const isAsFile = isReleasedIn(model, "MXFP4") && quantization === "MXFP4_MOE"; // experts as published, the rest in Q8_0
  const loss = quantizationLoss(quality, isAsFile ? "Q8_0" : quantization, parameterCount.value);
  return loss === null ? null : forTask(quality, loss, task);
}

function isReleasedIn({ releasePrecision }: Model, quantization: QuantizationName): boolean {
  return isKnown(releasePrecision) && releasePrecision.value === quantization;
}

const SIXTEEN_BIT: readonly QuantizationName[] = ["F32", "BF16", "F16"];

/** What the cache types cost; of two that differ the dearer counts. Null where nothing is known of one. */
export function cacheLoss(
  quality: Quality,
  { keyCacheType, valueCacheType }: Pick<Scenario, "keyCacheType" | "valueCacheType">,
): Loss | null {
  const key = kvCacheLoss(quality, keyCacheType);
  const value = kvCacheLoss(quality, valueCacheType);
  if (key === null || value === null) return null;
  return key.points >= value.points ? key : value;
}

/** Points are from tests of knowledge; other tasks lose more or less. The two intervals are widths of ratios. */
function forTask(quality: Quality, { points, low, high }: Loss, task: QualityTask): Loss {
  const factor = quality.taskLossFactors.find((each) => each.task === task);
  if (factor === undefined || points <= 0) return { points, low, high };
  const least = Math.max(low, points / 1000);
  const down = Math.hypot(Math.log(points / least), Math.log(factor.factor / factor.low));
  const up = Math.hypot(Math.log(high / points), Math.log(factor.high / factor.factor));
  const most = points * factor.factor;
  return { points: most, low: most * Math.exp(-down), high: most * Math.exp(up) };
}

/** Both together. */
export function addLosses(one: Loss, other: Loss): Loss {
  const points = one.points + other.points;
  return {
    points,
    low: points - Math.hypot(one.points - one.low, other.points - other.low),
    high: points + Math.hypot(one.high - one.points, other.high - other.points),
  };
}

/** What is left of a published quality. */
export function lessLoss(published: QualityEstimate, loss: Loss): QualityEstimate {
  const index = published.index - loss.points;
  return {
    index,
    low: index - Math.hypot(published.index - published.low, loss.high - loss.points),
    high: index + Math.hypot(published.high - published.index, loss.points - loss.low),
  };
}
