import type { Change } from "#engine/cheapest-change.ts";
import type { Lever } from "#engine/lever.ts";
import type { Model } from "#engine/model.ts";
import { kvCacheLoss, type Quality, type QualityTask } from "#engine/quality.ts";
import type { QuantizationName } from "#engine/quantization.ts";
import { addLosses, packingLoss, type Loss } from "#advice/quality/losses.ts";

/** From what a change starts, and at which task its loss counts. */
export interface Changed {
  readonly model: Model;
  readonly quantization: QuantizationName;
  readonly task: QualityTask;
}

const NOTHING: Loss = { points: 0, low: 0, high: 0 };

/**
 * Index points of the task that a change costs, with the 80 % interval; nothing where no lever touches the quality, null
 * where nobody measured one of them. Whoever names a price of a change, here or there, has it from here.
 */
export function changeLoss({ levers }: Change, changed: Changed, quality: Quality): Loss | null {
  return levers.reduce<Loss | null>((sum, lever) => {
    const loss = leverLoss(lever, changed, quality);
    return sum === null || loss === null ? null : addLosses(sum, loss);
  }, NOTHING);
}

function leverLoss(lever: Lever, { model, quantization, task }: Changed, quality: Quality): Loss | null {
  if (lever.kind === "kv-cache-type") return kvCacheLoss(quality, lever.kvCacheType);
  if (lever.kind !== "quantization") return NOTHING;
  const before = packingLoss(quality, model, quantization, task);
  const after = packingLoss(quality, model, lever.quantization, task);
  if (before === null || after === null) return null;
  return {
    points: after.points - before.points,
    low: Math.max(0, after.low - before.points),
    high: after.high - before.points,
  };
}
