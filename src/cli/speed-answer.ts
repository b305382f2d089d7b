import type { QualityEstimate } from "#engine/quality.ts";
import type { RankedModel } from "#engine/ranking.ts";
import type { SpeedEstimate } from "#engine/speed/estimate-speed.ts";
import { sequenceContext } from "#engine/speed/speed-of-fit.ts";

/** A model of the list with how fast it answers. */
export interface TimedModel extends RankedModel {
  readonly speed: SpeedEstimate;
}

/** With its quality at the task of the list; null where nobody knows it. */
export interface ListedModel extends TimedModel {
  readonly quality: QualityEstimate | null;
}

/** A speed in `--json`: rates for each sequence, and of all together; or why there is none. */
export function speedAnswer({ fit, speed }: Pick<TimedModel, "fit" | "speed">): object {
  if (speed.kind === "missing") return { missing: speed.reason };
  const { decodeTokensPerSecond, totalDecodeTokensPerSecond } = speed;
  const { prefillTokensPerSecond, timeToFirstTokenSeconds, promptLength, basis, measured } = speed;
  return {
    decodeTokensPerSecond,
    totalDecodeTokensPerSecond,
    prefillTokensPerSecond,
    timeToFirstTokenSeconds,
    depth: sequenceContext(fit.scenario),
    promptLength,
    basis,
    measured,
  };
}
