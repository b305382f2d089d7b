import { at, range, realAt, sum, wholeAt } from "./arrays.ts";
import { identity, type Matrix } from "./linear-algebra.ts";
import { RUN_KINDS, type Problem } from "./problem.ts";

/**
 * Everything unknown, at one step of the sampler. A score is
 *   slope[item] × (ability[task] + turn[language]) + intercept[item] + effect[run] + effect[cluster] + noise,
 * the noise with variance noiseVariance[item] ÷ (weight × calm[score]).
 */
export interface State {
  /** By subject: ability in each task, what it is better or worse at in each of its languages, effects of its runs. */
  readonly abilities: Float64Array[];
  /** By subject: how ordinary its mix of abilities is; specialists get less and so may stand apart. */
  readonly ordinariness: Float64Array;
  readonly slope: Float64Array;
  readonly intercept: Float64Array;
  readonly noiseVariance: Float64Array;
  /** By score: below 1 for outliers, which so count less (Student-t noise). */
  readonly calm: Float64Array;
  readonly clusterEffect: Float64Array;
  readonly benchmarkSlope: Float64Array;
  readonly benchmarkIntercept: Float64Array;
  spread: Spreads;
}

/** What the many share: how far apart the abilities, items, runs and clusters are. */
export interface Spreads {
  /** Inverse covariance of the abilities of one subject. */
  readonly abilityPrecision: Matrix;
  readonly languageVariance: number;
  /** By `RUN_KINDS`. */
  readonly runVariance: Float64Array;
  readonly clusterVariance: number;
  /** How much makers flatter their own models, in logits. */
  readonly ownBias: number;
  readonly slopeVariance: number;
  readonly interceptVariance: number;
  readonly typicalNoiseVariance: number;
}

export function startState(problem: Problem): State {
  const { items, benchmarks, subjects, clusters, taskCount, scoresOfItem, logits } = problem;
  const mean = (scores: readonly number[]) =>
    sum(scores.map((score) => realAt(logits, score))) / scores.length;
  const ones = (count: number) => new Float64Array(count).fill(1);
  return {
    abilities: range(subjects.keys.length).map((subject) => new Float64Array(vectorSize(problem, subject))),
    ordinariness: ones(subjects.keys.length),
    slope: ones(items.keys.length),
    intercept: Float64Array.from(scoresOfItem, mean),
    noiseVariance: ones(items.keys.length).fill(0.1),
    calm: ones(logits.length),
    clusterEffect: new Float64Array(clusters.keys.length),
    benchmarkSlope: ones(benchmarks.keys.length),
    benchmarkIntercept: new Float64Array(benchmarks.keys.length),
    spread: {
      abilityPrecision: identity(taskCount),
      languageVariance: 0.02,
      runVariance: Float64Array.from(RUN_KINDS, () => 0.03),
      clusterVariance: 0.05,
      ownBias: 0,
      slopeVariance: 0.09,
      interceptVariance: 0.5,
      typicalNoiseVariance: 0.1,
    },
  };
}

export function vectorSize({ taskCount, languagesOf, runsOf }: Problem, subject: number): number {
  return taskCount + at(languagesOf, subject).length + at(runsOf, subject).length;
}

/** The ability that one score speaks of: the task's, with what the subject is better or worse at in its language. */
export function abilityBehind(problem: Problem, state: State, score: number): number {
  const abilities = at(state.abilities, wholeAt(problem.subjectOf, score));
  const ability = realAt(abilities, wholeAt(problem.taskPlace, score));
  const language = wholeAt(problem.languagePlace, score);
  return language < 0 ? ability : ability + realAt(abilities, language);
}

/** What a score's run and cluster add to it. */
export function effectOn(problem: Problem, state: State, score: number): number {
  const abilities = at(state.abilities, wholeAt(problem.subjectOf, score));
  return (
    realAt(abilities, wholeAt(problem.runPlace, score)) +
    realAt(state.clusterEffect, wholeAt(problem.clusterOf, score))
  );
}

/** One over the variance of a score's noise. */
export function scorePrecision(problem: Problem, state: State, score: number): number {
  const item = wholeAt(problem.itemOf, score);
  return (realAt(problem.weights, score) * realAt(state.calm, score)) / realAt(state.noiseVariance, item);
}

/** What makers' flattery adds to a run of that kind. */
export function runBias({ ownBias }: Spreads, kind: number): number {
  return RUN_KINDS[kind] === "maker's own" ? ownBias : 0;
}
