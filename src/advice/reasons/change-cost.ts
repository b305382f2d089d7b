import { cheapestChanges, type Change } from "#engine/cheapest-change.ts";
import type { QuantizationName } from "#engine/quantization.ts";
import type { Asked } from "#engine/search.ts";
import type { Loss } from "#advice/quality/losses.ts";
import type { AdviceData, AdviceQuestion } from "#advice/question.ts";
import { qualityTaskOf } from "#advice/task.ts";
import { changeLoss } from "./change-loss.ts";

/** A change that makes a model run on the cards, with what it costs in quality. */
export interface RankedChange {
  readonly change: Change;
  /** Index points of the task; null where nobody measured what it costs. */
  readonly qualityPoints: number | null;
  /** The same with its interval. */
  readonly loss: Loss | null;
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
  const changed = { model: asked.model, quantization, task: qualityTaskOf(task).task };
  const ranked = cheapestChanges(asked, quantization).map((change) => {
    const loss = changeLoss(change, changed, quality);
    return { change, qualityPoints: loss?.points ?? null, loss };
  });
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
