import { at, range, realAt, sum, wholeAt } from "./arrays.ts";
import { NOISE_FREEDOM } from "./draw-items.ts";
import { addToEntry, cholesky, entry, identity, inverse, zeroMatrix, type Matrix } from "./linear-algebra.ts";
import { RUN_KINDS, type Problem } from "./problem.ts";
import type { Random } from "./random.ts";
import { runBias, type Spreads, type State } from "./state.ts";

/** Draws what the subjects, runs and items share, from how far apart they are now. */
export function drawSpreads(problem: Problem, state: State, random: Random): Spreads {
  const { slope, intercept, benchmarkSlope, benchmarkIntercept } = state;
  const fromBenchmark = (values: Float64Array, means: Float64Array) =>
    values.map((value, item) => value - realAt(means, wholeAt(problem.itemBenchmark, item)));
  const variance = (deviations: ArrayLike<number>, typical: number, firmness: number) =>
    drawVariance(deviations, { typical, firmness }, random);
  const effects = runEffects(problem, state);
  return {
    abilityPrecision: drawAbilityPrecision(problem, state, random),
    languageVariance: variance(languageTurns(problem, state), 0.02, 10),
    runVariance: Float64Array.from(effects, (kind, index) => {
      const bias = runBias(state.spread, index);
      return variance(
        kind.map((effect) => effect - bias),
        0.03,
        10,
      );
    }),
    clusterVariance: variance(state.clusterEffect, 0.04, 10),
    ownBias: drawOwnBias(state, at(effects, OWN), random),
    slopeVariance: variance(fromBenchmark(slope, benchmarkSlope), 0.06, 20),
    interceptVariance: variance(fromBenchmark(intercept, benchmarkIntercept), 0.5, 20),
    typicalNoiseVariance: drawTypicalNoise(state, random),
  };
}

const OWN = RUN_KINDS.indexOf("maker's own");

function languageTurns({ taskCount, languagesOf }: Problem, { abilities }: State): number[] {
  return abilities.flatMap((vector, subject) => [
    ...vector.subarray(taskCount, taskCount + at(languagesOf, subject).length),
  ]);
}

/** The runs' effects, by `RUN_KINDS`. */
function runEffects(problem: Problem, state: State): readonly (readonly number[])[] {
  const byKind: number[][] = RUN_KINDS.map(() => []);
  problem.runsOf.forEach((runs, subject) => {
    const vector = at(state.abilities, subject);
    runs.forEach((run, index) => {
      const effect = realAt(vector, vector.length - runs.length + index);
      at(byKind, wholeAt(problem.runKind, run)).push(effect);
    });
  });
  return byKind;
}

/** A variance from deviations, held to a typical value as firmly as that many more of them. */
function drawVariance(
  deviations: ArrayLike<number>,
  { typical, firmness }: { readonly typical: number; readonly firmness: number },
  random: Random,
): number {
  let squares = firmness * typical;
  for (let index = 0; index < deviations.length; index++) squares += at(deviations, index) ** 2;
  return squares / 2 / random.gamma((firmness + deviations.length) / 2);
}

/** The bias is small unless the data say otherwise: standard deviation 0.2 logits before any score. */
function drawOwnBias({ spread }: State, effects: readonly number[], random: Random): number {
  const variance = realAt(spread.runVariance, OWN);
  const precision = 1 / 0.2 ** 2 + effects.length / variance;
  return sum(effects) / variance / precision + random.normal() / Math.sqrt(precision);
}

/** `NOISE_FREEDOM` degrees of freedom an item make this a gamma variable. */
function drawTypicalNoise(state: State, random: Random): number {
  const inverses = sum(state.noiseVariance.map((variance) => 1 / variance));
  const half = NOISE_FREEDOM / 2;
  return random.gamma(2 + half * state.noiseVariance.length) / (20 + half * inverses);
}

/** Inverse covariance of abilities: Wishart, held to variances of 1 and correlations of 0.6 by ten made-up subjects. */
function drawAbilityPrecision(problem: Problem, state: State, random: Random): Matrix {
  const { taskCount } = problem;
  const made = 10;
  const scatter = identity(taskCount, 0.4 * made);
  for (const row of range(taskCount))
    for (const column of range(taskCount)) addToEntry(scatter, row, column, 0.6 * made);
  state.abilities.forEach((abilities, subject) => {
    const weight = realAt(state.ordinariness, subject);
    for (const row of range(taskCount))
      for (const column of range(taskCount))
        addToEntry(scatter, row, column, weight * realAt(abilities, row) * realAt(abilities, column));
  });
  return drawWishart(inverse(scatter), made + state.abilities.length, random);
}

/** Bartlett's decomposition: L·A·Aᵀ·Lᵀ, A lower triangular with chi variables on its diagonal. */
function drawWishart(scale: Matrix, freedom: number, random: Random): Matrix {
  const { size } = scale;
  const lower = cholesky(scale);
  const factor = zeroMatrix(size);
  for (const row of range(size)) {
    for (const column of range(row)) factor.values[row * size + column] = random.normal();
    factor.values[row * size + row] = Math.sqrt(2 * random.gamma((freedom - row) / 2));
  }
  return timesTransposed(product(lower, factor));
}

function product(left: Matrix, right: Matrix): Matrix {
  const result = zeroMatrix(left.size);
  for (const row of range(left.size))
    for (const column of range(left.size))
      for (const k of range(left.size))
        addToEntry(result, row, column, entry(left, row, k) * entry(right, k, column));
  return result;
}

function timesTransposed(matrix: Matrix): Matrix {
  const result = zeroMatrix(matrix.size);
  for (const row of range(matrix.size))
    for (const column of range(matrix.size))
      for (const k of range(matrix.size))
        addToEntry(result, row, column, entry(matrix, row, k) * entry(matrix, column, k));
  return result;
}
