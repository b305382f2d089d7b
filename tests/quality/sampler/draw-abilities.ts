import { addTo, at, realAt, wholeAt } from "./arrays.ts";
import { addToEntry, drawNormal, entry, zeroMatrix, type Matrix } from "./linear-algebra.ts";
import type { Problem } from "./problem.ts";
import type { Random } from "./random.ts";
import { abilityBehind, runBias, scorePrecision, vectorSize, type State } from "./state.ts";

/** Degrees of freedom of the abilities' distribution: specialists are rare, but far out. */
const ABILITY_FREEDOM = 6;

/** Draws every subject's vector with its cluster effects averaged out, then the cluster effects given the vector. */
export function drawAbilities(problem: Problem, state: State, random: Random): void {
  for (let subject = 0; subject < problem.subjects.keys.length; subject++) {
    const belief = priorOf(problem, state, subject);
    for (const cluster of at(problem.clustersOf, subject)) addCluster(problem, state, { cluster, belief });
    state.abilities[subject] = drawNormal(belief.precision, belief.linear, random.normal);
    for (const cluster of at(problem.clustersOf, subject)) drawClusterEffect(problem, state, cluster, random);
    drawOrdinariness(problem, state, subject, random);
  }
}

/** A normal distribution as its precision matrix and that matrix times its mean. */
interface Belief {
  readonly precision: Matrix;
  readonly linear: Float64Array;
}

function priorOf(problem: Problem, state: State, subject: number): Belief {
  const { taskCount } = problem;
  const size = vectorSize(problem, subject);
  const precision = zeroMatrix(size);
  const linear = new Float64Array(size);
  const { abilityPrecision, languageVariance, runVariance } = state.spread;
  const ordinariness = realAt(state.ordinariness, subject);
  for (let row = 0; row < taskCount; row++)
    for (let column = 0; column < taskCount; column++)
      addToEntry(precision, row, column, ordinariness * entry(abilityPrecision, row, column));
  let place = taskCount;
  for (; place < taskCount + at(problem.languagesOf, subject).length; place++)
    addToEntry(precision, place, place, 1 / languageVariance);
  for (const run of at(problem.runsOf, subject)) {
    const kind = wholeAt(problem.runKind, run);
    addToEntry(precision, place, place, 1 / realAt(runVariance, kind));
    linear[place] = runBias(state.spread, kind) / realAt(runVariance, kind);
    place += 1;
  }
  return { precision, linear };
}

/**
 * Adds what one cluster says of its subject's vector. Its scores share an unknown effect of variance τ²; averaging
 * that out takes (Σ q h)(Σ q h)ᵀ ÷ (1/τ² + Σ q) from the precision they would have alone (Sherman-Morrison).
 */
function addCluster(
  problem: Problem,
  state: State,
  { cluster, belief }: { readonly cluster: number; readonly belief: Belief },
): void {
  const { precision, linear } = belief;
  const shared = new Map<number, number>();
  let [sharedLinear, sharedPrecision] = [0, 1 / state.spread.clusterVariance];
  for (const score of at(problem.scoresOfCluster, cluster)) {
    const item = wholeAt(problem.itemOf, score);
    const q = scorePrecision(problem, state, score);
    const rest = realAt(problem.logits, score) - realAt(state.intercept, item);
    const loadings = loadingsOf(problem, realAt(state.slope, item), score);
    for (const [row, loading] of loadings) {
      for (const [column, other] of loadings) addToEntry(precision, row, column, q * loading * other);
      addTo(linear, row, q * loading * rest);
      shared.set(row, (shared.get(row) ?? 0) + q * loading);
    }
    sharedLinear += q * rest;
    sharedPrecision += q;
  }
  for (const [row, value] of shared) {
    for (const [column, other] of shared)
      addToEntry(precision, row, column, (-value * other) / sharedPrecision);
    addTo(linear, row, (-value * sharedLinear) / sharedPrecision);
  }
}

/** Places in the subject's vector that a score depends on, and how much. */
function loadingsOf(problem: Problem, slope: number, score: number): readonly (readonly [number, number])[] {
  const task: [number, number] = [wholeAt(problem.taskPlace, score), slope];
  const run: [number, number] = [wholeAt(problem.runPlace, score), 1];
  const language = wholeAt(problem.languagePlace, score);
  return language < 0 ? [task, run] : [task, [language, slope], run];
}

function drawClusterEffect(problem: Problem, state: State, cluster: number, random: Random): void {
  let [precision, linear] = [1 / state.spread.clusterVariance, 0];
  for (const score of at(problem.scoresOfCluster, cluster)) {
    const item = wholeAt(problem.itemOf, score);
    const abilities = at(state.abilities, wholeAt(problem.subjectOf, score));
    const expected =
      realAt(state.slope, item) * abilityBehind(problem, state, score) +
      realAt(state.intercept, item) +
      realAt(abilities, wholeAt(problem.runPlace, score));
    const q = scorePrecision(problem, state, score);
    precision += q;
    linear += q * (realAt(problem.logits, score) - expected);
  }
  state.clusterEffect[cluster] = linear / precision + random.normal() / Math.sqrt(precision);
}

function drawOrdinariness(problem: Problem, state: State, subject: number, random: Random): void {
  const { taskCount } = problem;
  const abilities = at(state.abilities, subject);
  let distance = 0;
  for (let row = 0; row < taskCount; row++)
    for (let column = 0; column < taskCount; column++)
      distance +=
        realAt(abilities, row) *
        realAt(abilities, column) *
        entry(state.spread.abilityPrecision, row, column);
  state.ordinariness[subject] =
    random.gamma((ABILITY_FREEDOM + taskCount) / 2) / ((ABILITY_FREEDOM + distance) / 2);
}
