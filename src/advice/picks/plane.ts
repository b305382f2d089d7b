import type { QualityEstimate } from "#engine/quality.ts";
import type { QuantizationName } from "#engine/quantization.ts";
import type { Range } from "#engine/speed/interval.ts";
import { isScored, type Option } from "#advice/option.ts";

/** One packing of one model on the plane of quality and speed. */
export interface PlanePoint {
  readonly modelId: string;
  readonly quantization: QuantizationName;
  readonly quality: QualityEstimate;
  /** At the task, and in each language asked for. */
  readonly hasEvidence: boolean;
  readonly decodeTokensPerSecond: Range;
  /** Nothing that fits is both better (by the lower end) and faster (by the middle). */
  readonly isOnFront: boolean;
}

/** Everything that fits and whose speed is known, the fastest first; the front runs from the fastest to the best. */
export function planeOf(options: readonly Option[]): readonly PlanePoint[] {
  const points = options.flatMap((option) =>
    option.speed.kind === "known" ? [{ option, rate: option.speed.decodeTokensPerSecond }] : [],
  );
  const sorted = points.sort(
    (one, other) =>
      other.rate.mid - one.rate.mid || other.option.quality.net.low - one.option.quality.net.low,
  );
  let best = -Infinity;
  return sorted.map(({ option, rate }) => {
    const { low } = option.quality.net;
    const isOnFront = low > best;
    best = Math.max(best, low);
    return {
      modelId: option.model.id,
      quantization: option.quantization,
      quality: option.quality.net,
      hasEvidence: isScored(option),
      decodeTokensPerSecond: rate,
      isOnFront,
    };
  });
}
