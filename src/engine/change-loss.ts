import type { Change, Lever } from "./cheapest-change.ts";
import { kvCacheLoss, quantizationLoss, type Quality, type QualityLoss } from "./quality.ts";
import type { QuantizationName } from "./quantization.ts";

/** From what a change starts. */
export interface ChangedModel {
  readonly quantization: QuantizationName;
  /** Null where nobody states it; then what a packing costs is not known. */
  readonly parameterCount: number | null;
}

/** Index points that a change costs, with the 80 % interval; null where its levers cost none, or nothing is known. */
export function changeLoss(
  { levers }: Change,
  model: ChangedModel,
  quality: Quality,
): Pick<QualityLoss, "points" | "low" | "high"> | null {
  const losses = levers.flatMap((lever) => leverLoss(lever, model, quality) ?? []);
  const sum = (pick: (loss: Points) => number): number => losses.reduce((all, loss) => all + pick(loss), 0);
  if (losses.length === 0) return null;
  const points = sum((loss) => loss.points);
  return {
    points,
    low: points - Math.hypot(...losses.map((loss) => loss.points - loss.low)),
    high: points + Math.hypot(...losses.map((loss) => loss.high - loss.points)),
  };
}

type Points = Pick<QualityLoss, "points" | "low" | "high">;

function leverLoss(
  lever: Lever,
  { quantization, parameterCount }: ChangedModel,
  quality: Quality,
): Points | null {
  if (lever.kind === "kv-cache-type") return kvCacheLoss(quality, lever.kvCacheType);
  if (lever.kind !== "quantization" || parameterCount === null) return null;
  const after = quantizationLoss(quality, lever.quantization, parameterCount);
  if (after === null) return null;
  const before = quantizationLoss(quality, quantization, parameterCount) ?? LOSSLESS;
  return {
    points: after.points - before.points,
    low: Math.max(0, after.low - before.points),
    high: after.high - before.points,
  };
}

/** A packing without an entry is the precision that was released, or one that nobody could tell from it. */
const LOSSLESS: Points = { points: 0, low: 0, high: 0 };
