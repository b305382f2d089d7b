import type { WithinDeviceSpread } from "#engine/speed/speed-constants.ts";
import { backendOf, cellClass, deviceOf } from "../cells.ts";
import { totalSeconds } from "./problems.ts";
import type { Outcome } from "./spreads.ts";
import { median, quantile } from "./statistics.ts";

/** A device tells how models differ on it from so many cells on. */
const LEAST_CELLS = 4;

/**
 * What is left open between models on one device: each cell against the middle of the device's others, as if one of
 * them had been measured and this one asked for.
 */
export function withinDeviceSpread(outcomes: readonly Outcome[]): WithinDeviceSpread {
  const groups = new Map<string, number[]>();
  for (const outcome of outcomes) {
    const { cell } = outcome;
    if (!["dense", "mixture"].includes(cellClass(cell) ?? "")) continue;
    const key = `${deviceOf(cell)} ${backendOf(cell) ?? ""}`;
    groups.set(key, [...(groups.get(key) ?? []), outcome.seconds / totalSeconds(outcome.parts)]);
  }
  const used = [...groups.values()].filter((ratios) => ratios.length >= LEAST_CELLS);
  const relative = used.flatMap((ratios) =>
    ratios.map((ratio, index) => ({
      value: ratio / median(ratios.filter((_other, other) => other !== index)),
      weight: 1 / Math.sqrt(ratios.length),
    })),
  );
  const values = relative.map(({ value }) => value);
  const weights = relative.map(({ weight }) => weight);
  return {
    fast: Number(Math.min(1, quantile(values, 0.1, weights)).toPrecision(3)),
    slow: Number(Math.max(1, quantile(values, 0.9, weights)).toPrecision(3)),
    rowCount: values.length,
    deviceCount: used.length,
  };
}
