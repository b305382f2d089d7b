import type { TimedPart } from "#engine/speed/decode-parts.ts";
import { secondsRange, type Doubt } from "#engine/speed/interval.ts";
import type { Spread, SpreadPart } from "#engine/speed/speed-constants.ts";
import type { AcceleratorBackend } from "#engine/speed/backend.ts";
import { backendOf, cellClass, deviceOf, type Cell, type CellClass } from "../cells.ts";
import { quantile } from "./statistics.ts";

/** A cell, what a fit without its device says of it (as for a current build), and what was measured. */
export interface Outcome {
  readonly cell: Cell;
  readonly parts: readonly TimedPart[];
  readonly seconds: number;
  /** The fit saw no other device of its generation under its back end. */
  readonly isGenerationUnknown: boolean;
}

/** What the engine would be told of a cell. */
export function doubtOf({ isGenerationUnknown }: Outcome): Doubt {
  return { isGenerationUnknown, isRamAssumed: false };
}

/** With fewer devices of generations that were seen, a spread rests on the others too. */
const LEAST_SEEN_DEVICES = 5;

/** Share of rows that may be faster than an interval says, and as many slower. */
const TAIL = 0.1;

/**
 * A quantile of few devices is too narrow for the next one; conformal prediction takes it at (1 - tail)(1 + 1/n)
 * instead. Not further out than this, where it would be the one farthest device.
 */
const MOST_SHARE = 0.92;

/** A back end has a spread of its own from so many cells and devices on. */
const LEAST_CELLS = 12;
const LEAST_DEVICES = 4;

/** Where the spread of a part is read off: the classes in which it decides. In this order, since later ones use earlier ones. */
const DECODE_STEPS: readonly (readonly [
  part: SpreadPart,
  classes: readonly CellClass[],
  isSplitByBackend: boolean,
])[] = [
  ["decode-dense", ["dense"], true],
  ["decode-experts", ["mixture"], true],
  ["decode-processor", ["processor"], false],
  ["decode-cache", ["deep", "very deep"], false],
  ["decode-layer-split", ["layer split", "layer split, deep"], false],
  ["decode-experts-in-ram", ["experts in RAM"], false],
];

const PREFILL_STEPS: typeof DECODE_STEPS = [
  ["prefill-dense", ["dense"], true],
  ["prefill-experts", ["mixture"], true],
  ["prefill-processor", ["processor"], false],
  ["prefill-attention", ["deep", "very deep"], false],
  ["prefill-layer-split", ["layer split", "layer split, deep"], false],
  ["prefill-streamed", ["experts in RAM", "layers in RAM"], false],
];

/**
 * The spreads of decoding, or of prompts, from cells of devices that were left out of the fit. A part's own spread is
 * that of generations which others of were seen; how much wider it is for the rest is read off the others.
 */
export function calibrateSpreads(
  outcomes: readonly Outcome[],
  test: "decode" | "prefill",
): readonly Spread[] {
  const spreads: Spread[] = [];
  for (const [part, classes, isSplitByBackend] of test === "decode" ? DECODE_STEPS : PREFILL_STEPS) {
    const inClasses = outcomes.filter(({ cell }) => classes.some((name) => name === cellClass(cell)));
    const seen = inClasses.filter(({ isGenerationUnknown }) => !isGenerationUnknown);
    const own = devicesOf(seen).size >= LEAST_SEEN_DEVICES ? seen : inClasses;
    if (own.length === 0) continue;
    for (const backend of isSplitByBackend ? backendsWithEnough(own) : []) {
      const ofBackend = own.filter(({ cell }) => backendOf(cell) === backend);
      spreads.push(spreadOf(part, backend, ofBackend, spreads));
    }
    spreads.push(spreadOf(part, null, own, spreads));
  }
  const unknown = unknownGenerationSpread(outcomes, test, spreads);
  return unknown === null ? spreads : [...spreads, unknown];
}

/** Factors on top of the parts' own spreads that cover cells of generations the fit knew nothing of. */
function unknownGenerationSpread(
  outcomes: readonly Outcome[],
  test: "decode" | "prefill",
  known: readonly Spread[],
): Spread | null {
  const own = outcomes.filter(
    ({ cell, isGenerationUnknown }) =>
      isGenerationUnknown && UNKNOWN_CLASSES.some((name) => name === cellClass(cell)),
  );
  if (own.length === 0) return null;
  const ends = own.map((outcome) => {
    const range = secondsRange(outcome.parts, known, { isGenerationUnknown: false, isRamAssumed: false });
    return { fast: outcome.seconds / range.low, slow: outcome.seconds / range.high };
  });
  return spreadFrom({ part: `${test}-unknown-generation`, backend: null, outcomes: own, factors: ends });
}

const UNKNOWN_CLASSES: readonly CellClass[] = ["dense", "mixture"];

function backendsWithEnough(outcomes: readonly Outcome[]): readonly AcceleratorBackend[] {
  const backends = [...new Set(outcomes.flatMap(({ cell }) => backendOf(cell) ?? []))];
  return backends.filter((backend) => {
    const own = outcomes.filter(({ cell }) => backendOf(cell) === backend);
    return own.length >= LEAST_CELLS && devicesOf(own).size >= LEAST_DEVICES;
  });
}

/**
 * The factors on one part that leave a tenth of the cells below and a tenth above, the other parts' spreads given.
 * An interval is promised for rows, but for devices too: one with many cells counts for more than one with a single
 * cell, and for far less than so many.
 */
function spreadOf(
  part: SpreadPart,
  backend: AcceleratorBackend | null,
  outcomes: readonly Outcome[],
  known: readonly Spread[],
): Spread {
  const others = known.filter((spread) => spread.part !== part);
  const factors = outcomes.map((outcome) => neededFactors(outcome, part, others));
  return spreadFrom({ part, backend, outcomes, factors });
}

function spreadFrom(of: {
  readonly part: SpreadPart;
  readonly backend: AcceleratorBackend | null;
  readonly outcomes: readonly Outcome[];
  /** Factors at which each cell would lie on the interval's ends. */
  readonly factors: readonly { readonly fast: number; readonly slow: number }[];
}): Spread {
  const { part, backend, outcomes, factors } = of;
  const weights = deviceWeights(outcomes);
  const share = Math.min(MOST_SHARE, (1 - TAIL) * (1 + 0.5 / devicesOf(outcomes).size));
  const slow = quantile(
    factors.map((factor) => factor.slow),
    share,
    weights,
  );
  const fast = quantile(
    factors.map((factor) => factor.fast),
    1 - share,
    weights,
  );
  return {
    part,
    backend,
    fast: rounded(Math.max(LEAST_FACTOR, Math.min(1, fast))),
    slow: rounded(Math.max(1, slow)),
    rowCount: outcomes.length,
    deviceCount: devicesOf(outcomes).size,
  };
}

/** A time never comes out as nothing. */
const LEAST_FACTOR = 0.05;

/** By what the part would have to be multiplied for the interval's end to lie on the measured time. */
function neededFactors(
  outcome: Outcome,
  part: SpreadPart,
  others: readonly Spread[],
): { readonly fast: number; readonly slow: number } {
  const { parts, seconds } = outcome;
  const own = parts.filter((timed) => timed.part === part).reduce((sum, timed) => sum + timed.seconds, 0);
  const rest = secondsRange(
    parts.filter((timed) => timed.part !== part),
    others,
    doubtOf(outcome),
  );
  return { fast: (seconds - rest.low) / own, slow: (seconds - rest.high) / own };
}

/** 0: each cell counts alike; 1: each device. */
const DEVICE_POWER = 0.25;

function deviceWeights(outcomes: readonly Outcome[]): readonly number[] {
  const counts = new Map<string, number>();
  for (const { cell } of outcomes) counts.set(deviceOf(cell), (counts.get(deviceOf(cell)) ?? 0) + 1);
  return outcomes.map(({ cell }) => (counts.get(deviceOf(cell)) ?? 1) ** -DEVICE_POWER);
}

function devicesOf(outcomes: readonly Outcome[]): ReadonlySet<string> {
  return new Set(outcomes.map(({ cell }) => deviceOf(cell)));
}

function rounded(value: number): number {
  return Number(value.toPrecision(3));
}
