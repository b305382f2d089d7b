import { cheapestChanges, type Change, type Lever } from "#engine/cheapest-change.ts";
import { kvCacheLoss } from "#engine/quality.ts";
import type { QuantizationName } from "#engine/quantization.ts";
import type { Asked } from "#engine/search.ts";
import { packingLoss } from "#advice/quality/losses.ts";
import type { AdviceData, AdviceQuestion } from "#advice/question.ts";
import { qualityTaskOf } from "#advice/task.ts";

/** A change that makes a model run on the cards, with what it costs in quality. */
export interface RankedChange {
  readonly change: Change;
  /** Index points of the task; null where nobody measured what it costs. */
  readonly qualityPoints: number | null;
}

/** Below a tenth of a point changes cost the same quality, and the one that people mind less comes first. */
const SAME_POINTS = 0.1;

/** Changes that make a packing hold on the cards: what costs least quality first, one change before two. */
export function rankedChanges(
  asked: Asked,
  quantization: QuantizationName,
  { task }: Pick<AdviceQuestion, "task">,
  { quality }: Pick<AdviceData, "quality">,
): readonly RankedChange[] {
  const index = qualityTaskOf(task).task;
  const before = packingLoss(quality, asked.model, quantization, index)?.points ?? null;
  const pointsOf = (lever: Lever): number | null => {
    if (lever.kind === "kv-cache-type") return kvCacheLoss(quality, lever.kvCacheType)?.points ?? null;
    if (lever.kind !== "quantization") return 0;
    const after = packingLoss(quality, asked.model, lever.quantization, index)?.points ?? null;
    return before === null || after === null ? null : after - before;
  };
  const ranked = cheapestChanges(asked, quantization).map((change) => ({
    change,
    qualityPoints: sumOf(change.levers.map(pointsOf)),
  }));
  return ranked.sort(
    (one, other) =>
      one.change.levers.length - other.change.levers.length ||
      stepOf(one) - stepOf(other) ||
      one.change.cost - other.change.cost,
  );
}

function stepOf({ qualityPoints }: RankedChange): number {
  return qualityPoints === null ? Infinity : Math.round(qualityPoints / SAME_POINTS);
}

function sumOf(values: readonly (number | null)[]): number | null {
  return values.reduce<number | null>(
    (sum, value) => (sum === null || value === null ? null : sum + value),
    0,
  );
}
