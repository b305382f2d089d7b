import { isOnAccelerators, type State } from "./state.ts";

/** A rate before and after, of the middle of its range; above 1 is faster. Null where one is not known. */
export interface Effect {
  readonly decodeFactor: number | null;
  readonly totalDecodeFactor: number | null;
  /** Time to the first token; below 1 is sooner. */
  readonly firstTokenFactor: number | null;
  /** Everywhere together; negative is less. */
  readonly usedBytes: number;
  /** In RAM beside accelerators; negative is less. */
  readonly offloadedBytes: number;
  /** Index points; positive is better. Null where nothing is known of one. */
  readonly qualityPoints: number | null;
}

/** What a change does, by the engine's answers before and after. */
export function effectOf(before: State, after: State): Effect {
  const ratio = (one: number | undefined, other: number | undefined): number | null =>
    one === undefined || other === undefined ? null : other / one;
  return {
    decodeFactor: ratio(before.speed?.decodeTokensPerSecond.mid, after.speed?.decodeTokensPerSecond.mid),
    totalDecodeFactor: ratio(
      before.speed?.totalDecodeTokensPerSecond.mid,
      after.speed?.totalDecodeTokensPerSecond.mid,
    ),
    firstTokenFactor: ratio(
      before.speed?.timeToFirstTokenSeconds?.mid,
      after.speed?.timeToFirstTokenSeconds?.mid,
    ),
    usedBytes: after.usedBytes - before.usedBytes,
    offloadedBytes: after.offloadedBytes - before.offloadedBytes,
    qualityPoints:
      before.loss === null || after.loss === null ? null : before.loss.points - after.loss.points,
  };
}

/** Less than that is within what the speed model is unsure of between two ways on one machine. Our choice. */
const FASTER_FROM = 1.05;

/** Less than that nobody could tell. Our choice. */
export const BETTER_FROM_POINTS = 0.05;

export function isFaster({ decodeFactor }: Effect): boolean {
  return decodeFactor !== null && decodeFactor >= FASTER_FROM;
}

export function isSooner({ firstTokenFactor }: Effect): boolean {
  return firstTokenFactor !== null && firstTokenFactor <= 1 / FASTER_FROM;
}

export function isBetter({ qualityPoints }: Effect): boolean {
  return qualityPoints !== null && qualityPoints >= BETTER_FROM_POINTS;
}

/** True where part of the model leaves RAM, or all of it comes to accelerators that were idle. */
export function leavesRam(before: State, after: State): boolean {
  return (
    after.offloadedBytes < before.offloadedBytes || (!isOnAccelerators(before) && isOnAccelerators(after))
  );
}

/**
 * In which order suggestions are told: doubling the speed counts as much as ten points of quality or all of the memory.
 * An order, no measure.
 */
export function worth(
  { decodeFactor, totalDecodeFactor, qualityPoints, usedBytes }: Effect,
  usedBefore: number,
): number {
  const factor = Math.max(decodeFactor ?? 1, (totalDecodeFactor ?? 1) ** 0.5); // all users' counts half of one's own
  return Math.log2(factor) + (qualityPoints ?? 0) / 10 - usedBytes / Math.max(1, usedBefore);
}
