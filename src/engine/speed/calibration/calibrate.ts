import type { Backend } from "#engine/backend.ts";
import type { PlacementKind } from "#engine/fit.ts";
import type { Range } from "#engine/speed/interval.ts";
import type { WithinDeviceSpread, WithinDeviceSpreads } from "#engine/speed/speed-constants.ts";

/** A measured rate beside what was predicted for the same question without calibration. */
export interface CalibrationPoint {
  readonly test: "decode" | "prefill";
  readonly backend: Backend;
  readonly placementKind: PlacementKind;
  readonly isMixture: boolean;
  readonly measuredTokensPerSecond: number;
  readonly predictedTokensPerSecond: number;
}

/** Where a factor may be used: rates of another placement say nothing of this one. */
export type CalibrationScope = Pick<CalibrationPoint, "backend" | "placementKind" | "isMixture">;

/** How much longer than predicted this machine takes, and what is left open between one model and another. */
export interface CalibrationFactor {
  readonly secondsFactor: number;
  readonly fast: number;
  readonly slow: number;
  readonly pointCount: number;
}

export interface CalibrationFactors {
  readonly decode: CalibrationFactor | null;
  readonly prefill: CalibrationFactor | null;
}

/** The factors for a question from this machine's rates; null where none are of its back end and placement. */
export function calibrationFactors(
  points: readonly CalibrationPoint[],
  scope: CalibrationScope,
  withinDevice: WithinDeviceSpreads,
): CalibrationFactors | null {
  const alike = points.filter(
    ({ backend, placementKind }) => backend === scope.backend && placementKind === scope.placementKind,
  );
  const factor = (test: CalibrationPoint["test"]): CalibrationFactor | null => {
    const ofTest = alike.filter((point) => point.test === test);
    const ofKind = ofTest.filter(({ isMixture }) => isMixture === scope.isMixture);
    const used = ofKind.length > 0 ? ofKind : ofTest;
    return used.length === 0 ? null : { ...middleFactor(used), ...spreadOf(withinDevice[test]) };
  };
  const decode = factor("decode");
  const prefill = factor("prefill");
  return decode === null && prefill === null ? null : { decode, prefill };
}

function spreadOf({ fast, slow }: WithinDeviceSpread): Pick<CalibrationFactor, "fast" | "slow"> {
  return { fast, slow };
}

/** The middle one of several; of an even number, the geometric mean of the two in the middle. */
function middleFactor(
  points: readonly CalibrationPoint[],
): Pick<CalibrationFactor, "secondsFactor" | "pointCount"> {
  const factors = points
    .map((point) => point.predictedTokensPerSecond / point.measuredTokensPerSecond)
    .sort((one, other) => one - other);
  const upper = factors[Math.floor(factors.length / 2)] ?? 1;
  const lower = factors[Math.ceil(factors.length / 2) - 1] ?? 1;
  return { secondsFactor: Math.sqrt(lower * upper), pointCount: points.length };
}

/** The time as this machine takes it; the interval is the narrower of the two. */
export function narrowed(seconds: Range, factor: CalibrationFactor | null): Range {
  if (factor === null) return seconds;
  const { secondsFactor, fast, slow } = factor;
  const mid = seconds.mid * secondsFactor;
  return {
    low: Math.max(seconds.low * secondsFactor, mid * fast),
    mid,
    high: Math.min(seconds.high * secondsFactor, mid * slow),
  };
}
