import { describe, expect, test } from "vitest";
import {
  calibrationFactors,
  narrowed,
  type CalibrationPoint,
  type CalibrationScope,
} from "#engine/speed/calibration/calibrate.ts";
import { ROUND } from "../fixtures.ts";

const SCOPE: CalibrationScope = { backend: "cuda", placementKind: "single", isMixture: false };

function point(measured: number, rest: Partial<CalibrationPoint> = {}): CalibrationPoint {
  return {
    ...SCOPE,
    test: "decode",
    measuredTokensPerSecond: measured,
    predictedTokensPerSecond: 100,
    ...rest,
  };
}

describe("this machine's factor", () => {
  test.each<[string, readonly CalibrationPoint[], number | null]>([
    ["half the predicted rate takes twice as long", [point(50)], 2],
    ["the middle of three", [point(50), point(80), point(40)], 2],
    ["the geometric middle of two", [point(50), point(200)], 1],
    ["none of another back end", [point(50, { backend: "vulkan" })], null],
    ["none of another placement", [point(50, { placementKind: "layer-split" })], null],
    ["none of prompts for decoding", [point(50, { test: "prefill" })], null],
    ["dense models' before mixtures'", [point(50), point(25, { isMixture: true })], 2],
    ["mixtures' where there are no others", [point(25, { isMixture: true })], 4],
  ])("%s", (_case, points, expected) => {
    const factors = calibrationFactors(points, SCOPE, ROUND.withinDevice);
    const decode = factors?.decode?.secondsFactor ?? null;
    if (expected === null) expect(decode).toBeNull();
    else expect(decode).toBeCloseTo(expected, 9);
  });

  test("nothing measured, nothing calibrated", () => {
    expect(calibrationFactors([], SCOPE, ROUND.withinDevice)).toBeNull();
  });
});

describe("the narrower interval", () => {
  const factor = { secondsFactor: 2, fast: 0.9, slow: 1.1, pointCount: 1 };

  test("moves with the factor and takes the closer ends", () => {
    const { low, mid, high } = narrowed({ low: 0.5, mid: 1, high: 1.05 }, factor);
    expect([low, mid, high]).toEqual([2 * 0.9, 2, 2 * 1.05]);
  });

  test("stays as it is without a factor", () => {
    const range = { low: 1, mid: 2, high: 3 };
    expect(narrowed(range, null)).toBe(range);
  });
});
