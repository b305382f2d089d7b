import { at, realAt, wholeAt } from "./arrays.ts";
import type { Problem } from "./problem.ts";
import type { Random } from "./random.ts";
import { abilityBehind, effectOn, scorePrecision, type State } from "./state.ts";

/** A benchmark that told nothing apart would have slope 0; none is taken to run backwards. */
const LOWEST_SLOPE = 0.05;
/** How firmly an item's noise is held to that of the others, in scores. */
export const NOISE_FREEDOM = 6;
/** The least variance an item's noise can have, logits squared: what a few hundred questions leave to chance alone. */
const LEAST_NOISE_VARIANCE = 0.02;
/** Degrees of freedom of the Student-t noise: outliers are expected. */
export const TAIL_FREEDOM = 4;

/** Draws each item's slope and intercept, held to those of its benchmark, and its noise. */
export function drawItems(problem: Problem, state: State, random: Random): void {
  for (let item = 0; item < problem.items.keys.length; item++) {
    drawLine(problem, state, item, random);
    drawNoise(problem, state, item, random);
  }
}

function drawLine(problem: Problem, state: State, item: number, random: Random): void {
  const benchmark = wholeAt(problem.itemBenchmark, item);
  const { slopeVariance, interceptVariance } = state.spread;
  let [tt, t1, one] = [1 / slopeVariance, 0, 1 / interceptVariance];
  let ty = realAt(state.benchmarkSlope, benchmark) / slopeVariance;
  let y1 = realAt(state.benchmarkIntercept, benchmark) / interceptVariance;
  for (const score of at(problem.scoresOfItem, item)) {
    const q = scorePrecision(problem, state, score);
    const t = abilityBehind(problem, state, score);
    const y = realAt(problem.logits, score) - effectOn(problem, state, score);
    tt += q * t * t;
    t1 += q * t;
    one += q;
    ty += q * t * y;
    y1 += q * y;
  }
  const alone = tt - (t1 * t1) / one; // precision of the slope with the intercept averaged out
  const mean = (ty - (t1 * y1) / one) / alone;
  const slope = drawAbove(LOWEST_SLOPE, () => mean + random.normal() / Math.sqrt(alone));
  state.slope[item] = slope;
  state.intercept[item] = (y1 - t1 * slope) / one + random.normal() / Math.sqrt(one);
}

function drawAbove(lowest: number, draw: () => number): number {
  for (let attempt = 0; attempt < 20; attempt++) {
    const value = draw();
    if (value > lowest) return value;
  }
  return lowest;
}

function drawNoise(problem: Problem, state: State, item: number, random: Random): void {
  const scores = at(problem.scoresOfItem, item);
  let squares = NOISE_FREEDOM * state.spread.typicalNoiseVariance;
  for (const score of scores)
    squares +=
      realAt(problem.weights, score) * realAt(state.calm, score) * restOf(problem, state, score) ** 2;
  const drawn = squares / 2 / random.gamma((NOISE_FREEDOM + scores.length) / 2);
  const variance = Math.max(LEAST_NOISE_VARIANCE, drawn);
  state.noiseVariance[item] = variance;
  for (const score of scores) {
    const surprise = (realAt(problem.weights, score) * restOf(problem, state, score) ** 2) / variance;
    state.calm[score] = random.gamma((TAIL_FREEDOM + 1) / 2) / ((TAIL_FREEDOM + surprise) / 2);
  }
}

/** What the state does not explain of a score. */
function restOf(problem: Problem, state: State, score: number): number {
  const item = wholeAt(problem.itemOf, score);
  const line =
    realAt(state.slope, item) * abilityBehind(problem, state, score) + realAt(state.intercept, item);
  return realAt(problem.logits, score) - line - effectOn(problem, state, score);
}

/** Draws what the items of one benchmark have in common. */
export function drawBenchmarks(problem: Problem, state: State, random: Random): void {
  const { slopeVariance, interceptVariance } = state.spread;
  const [slopes, intercepts] = [startSums(problem, 1, 0.12), startSums(problem, 0, 4)];
  problem.itemBenchmark.forEach((benchmark, item) => {
    add(at(slopes, benchmark), realAt(state.slope, item), slopeVariance);
    add(at(intercepts, benchmark), realAt(state.intercept, item), interceptVariance);
  });
  for (let benchmark = 0; benchmark < problem.benchmarks.keys.length; benchmark++) {
    state.benchmarkSlope[benchmark] = draw(at(slopes, benchmark), random);
    state.benchmarkIntercept[benchmark] = draw(at(intercepts, benchmark), random);
  }
}

interface Sums {
  precision: number;
  linear: number;
}

function startSums(problem: Problem, mean: number, variance: number): readonly Sums[] {
  return problem.benchmarks.keys.map(() => ({ precision: 1 / variance, linear: mean / variance }));
}

function add(sums: Sums, value: number, variance: number): void {
  sums.precision += 1 / variance;
  sums.linear += value / variance;
}

function draw({ precision, linear }: Sums, random: Random): number {
  return linear / precision + random.normal() / Math.sqrt(precision);
}
