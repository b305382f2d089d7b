import { secondsRange } from "#engine/speed/interval.ts";
import type { Spread } from "#engine/speed/speed-constants.ts";
import { isKnown } from "#engine/fact.ts";
import { backendOf, cellClass, deviceOf, type Cell, type CellClass } from "../cells.ts";
import { calibrateSpreads, doubtOf, type Outcome } from "./spreads.ts";
import { median, quantile } from "./statistics.ts";

/** How well one class is predicted by fits that did not see the device. */
export interface ClassAccuracy {
  readonly name: string;
  readonly rowCount: number;
  readonly deviceCount: number;
  /** Share off, of the rate. */
  readonly medianError: number;
  readonly p90Error: number;
  /** Share of rows inside the 80 % interval, its width taken from other devices too where there are enough. */
  readonly coverage: number;
  /** The plain formula: bandwidth ÷ size × a constant fitted for it, the active share of the size for mixtures. */
  readonly plainMedianError: number;
  readonly plainP90Error: number;
}

/** Share by which the middle rate is off the measured one. */
export function rateError({ parts, seconds }: Outcome): number {
  const predicted = parts.reduce((sum, timed) => sum + timed.seconds, 0);
  return Math.abs(seconds / predicted - 1);
}

/** The accuracy of the cells that belong together under a name. */
export function accuracyOf(
  name: string,
  outcomes: readonly Outcome[],
  isInside: ReadonlyMap<Outcome, boolean>,
  plainErrors: ReadonlyMap<Cell, number>,
): ClassAccuracy {
  const errors = outcomes.map(rateError);
  const plain = outcomes.flatMap(({ cell }) => plainErrors.get(cell) ?? []);
  return {
    name,
    rowCount: outcomes.length,
    deviceCount: new Set(outcomes.map(({ cell }) => deviceOf(cell))).size,
    medianError: median(errors),
    p90Error: quantile(errors, 0.9),
    coverage: outcomes.filter((outcome) => isInside.get(outcome) === true).length / outcomes.length,
    plainMedianError: median(plain),
    plainP90Error: quantile(plain, 0.9),
  };
}

/** A class needs so many devices for its spread to be taken from the others alone. */
const LEAST_DEVICES = 6;

/**
 * Whether each cell lies in its interval. The width comes from the other devices' left-out cells; where a class has
 * few devices, from all, since one device is then most of what is known.
 */
export function insideIntervals(
  outcomes: readonly Outcome[],
  test: "decode" | "prefill",
): ReadonlyMap<Outcome, boolean> {
  const all = calibrateSpreads(outcomes, test);
  const devices = new Map<string, Outcome[]>();
  for (const outcome of outcomes) {
    const device = deviceOf(outcome.cell);
    devices.set(device, [...(devices.get(device) ?? []), outcome]);
  }
  const inside = new Map<Outcome, boolean>();
  for (const [device, own] of devices) {
    const others = calibrateSpreads(
      outcomes.filter(({ cell }) => deviceOf(cell) !== device),
      test,
    );
    for (const outcome of own) {
      const isThin = deviceCount(outcomes, cellClass(outcome.cell)) < LEAST_DEVICES;
      inside.set(outcome, isInside(outcome, isThin ? all : others));
    }
  }
  return inside;
}

function deviceCount(outcomes: readonly Outcome[], name: CellClass | null): number {
  return new Set(outcomes.filter(({ cell }) => cellClass(cell) === name).map(({ cell }) => deviceOf(cell)))
    .size;
}

function isInside(outcome: Outcome, spreads: readonly Spread[]): boolean {
  const { parts, seconds } = outcome;
  const range = secondsRange(parts, spreads, doubtOf(outcome));
  return range.low <= seconds && seconds <= range.high;
}

/**
 * Errors of the plain formula on decode cells, left out by device like the rest: seconds = size × active share ÷
 * (bandwidth × constant), with one constant for each back end, the median over the other devices.
 */
export function plainFormulaErrors(cells: readonly Cell[]): ReadonlyMap<Cell, number> {
  const plain = cells.flatMap((cell) => {
    const bandwidth = plainBandwidth(cell);
    return bandwidth === null
      ? []
      : [{ cell, ratio: (cell.fileBytes * cell.activeFraction) / bandwidth / cell.secondsMeasured }];
  });
  return new Map(
    plain.map(({ cell, ratio }) => {
      const others = plain.filter(
        (other) => deviceOf(other.cell) !== deviceOf(cell) && backendOf(other.cell) === backendOf(cell),
      );
      const constant = median((others.length > 0 ? others : plain).map((other) => other.ratio));
      return [cell, Math.abs(constant / ratio - 1)];
    }),
  );
}

/** The formula knows one bandwidth: the card's, or RAM's where anything is in RAM. */
function plainBandwidth(cell: Cell): number | null {
  const isInRam = cell.placement.devices.some(({ memoryKind }) => memoryKind === "system");
  if (isInRam) return cell.processor?.ramBytesPerSecond ?? null;
  const fact = cell.accelerator?.bandwidthBytesPerSecond;
  return fact !== undefined && isKnown(fact) ? fact.value : null;
}
