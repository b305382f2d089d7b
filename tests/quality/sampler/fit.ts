import type { Observation } from "../scores/observations.ts";
import { addTo, at, range, realAt, sum, wholeAt } from "./arrays.ts";
import { drawAbilities } from "./draw-abilities.ts";
import { drawBenchmarks, drawItems } from "./draw-items.ts";
import { drawSpreads } from "./draw-spreads.ts";
import { RUN_KINDS, toProblem, type Problem } from "./problem.ts";
import { randomFrom, type Random } from "./random.ts";
import { startState, type Spreads, type State } from "./state.ts";

export interface FitOptions {
  readonly seed: number;
  /** Steps before the first that counts. */
  readonly warmUp: number;
  readonly draws: number;
  /** Called at every step that counts; the checks predict held-out scores here. */
  readonly onDraw?: (problem: Problem, state: State, random: Random) => void;
}

/** What the scores say of every subject: mean and standard deviation of each ability, in logits of a typical item. */
export interface Fit {
  readonly problem: Problem;
  readonly abilities: readonly Moments[];
  /** Means of what the subjects, items and runs share, for reading. */
  readonly spread: Readonly<
    Record<"languageVariance" | "clusterVariance" | "ownBias" | "typicalNoiseVariance", number>
  > & {
    readonly runVariance: readonly number[];
  };
}

/** By place: tasks first, then the subject's languages (the task multilingual and its turn together). */
export interface Moments {
  readonly mean: Float64Array;
  readonly deviation: Float64Array;
}

/**
 * Fits abilities, items and runs together by Gibbs sampling: each part is drawn given the others, many times over;
 * the draws' spread is the uncertainty, that of the items included. Same scores and seed, same result.
 */
export function fitAbilities(observations: readonly Observation[], options: FitOptions): Fit {
  const problem = toProblem(observations);
  const state = startState(problem);
  const random = randomFrom(options.seed);
  const panels = range(problem.taskCount).map((task) => panelOf(problem, task));
  const tally = startTally(problem);
  for (let step = 0; step < options.warmUp + options.draws; step++) {
    drawAbilities(problem, state, random);
    drawItems(problem, state, random);
    drawBenchmarks(problem, state, random);
    state.spread = drawSpreads(problem, state, random);
    if (step < options.warmUp) continue;
    count(tally, problem, state, panels);
    options.onDraw?.(problem, state, random);
  }
  return finish(problem, tally);
}

/** How many subjects with the most scores mark the middle of a task's scale. */
const PANEL_SIZE = 100;

function panelOf(problem: Problem, task: number): readonly number[] {
  const counts = problem.subjects.keys.map(() => 0);
  problem.taskPlace.forEach((place, score) => {
    const subject = wholeAt(problem.subjectOf, score);
    if (place === task) counts[subject] = at(counts, subject) + 1;
  });
  const bySize = [...range(counts.length)].sort((a, b) => at(counts, b) - at(counts, a));
  return bySize.slice(0, PANEL_SIZE).filter((subject) => at(counts, subject) > 0);
}

interface Tally {
  readonly sums: readonly Float64Array[];
  readonly squares: readonly Float64Array[];
  readonly spreads: Spreads[];
}

function startTally({ taskCount, languagesOf }: Problem): Tally {
  const zeros = () => languagesOf.map((languages) => new Float64Array(taskCount + languages.length));
  return { sums: zeros(), squares: zeros(), spreads: [] };
}

/**
 * Scores fix abilities only up to a shift and a stretch that the items undo. Each draw is therefore measured from
 * the mean of the panel, and stretched so that the items' mean slope is 1: one unit is one logit on a typical item.
 */
function count(tally: Tally, problem: Problem, state: State, panels: readonly (readonly number[])[]): void {
  const centres = panels.map(
    (panel, task) => sum(panel.map((subject) => realAt(at(state.abilities, subject), task))) / panel.length,
  );
  const stretches = range(problem.taskCount).map((task) => meanSlope(problem, state, task));
  const multilingual = problem.taskCount - 1;
  tally.sums.forEach((sums, subject) => {
    const abilities = at(state.abilities, subject);
    for (let place = 0; place < sums.length; place++) {
      const task = Math.min(place, multilingual);
      const turn = place < problem.taskCount ? 0 : realAt(abilities, place);
      const measured = (realAt(abilities, task) + turn - at(centres, task)) * at(stretches, task);
      addTo(sums, place, measured);
      addTo(at(tally.squares, subject), place, measured * measured);
    }
  });
  tally.spreads.push(state.spread);
}

/** Mean over a task's items, the larger ones counting for more. */
function meanSlope(problem: Problem, state: State, task: number): number {
  let [weighted, weights] = [0, 0];
  problem.scoresOfItem.forEach((scores, item) => {
    if (wholeAt(problem.itemTask, item) !== task) return;
    const weight = Math.sqrt(scores.length);
    weighted += weight * realAt(state.slope, item);
    weights += weight;
  });
  return weighted / weights;
}

function finish(problem: Problem, { sums, squares, spreads }: Tally): Fit {
  const draws = spreads.length;
  const mean = (value: (spread: Spreads) => number) => sum(spreads.map(value)) / draws;
  return {
    problem,
    abilities: sums.map((total, subject) => toMoments(total, at(squares, subject), draws)),
    spread: {
      languageVariance: mean((spread) => spread.languageVariance),
      clusterVariance: mean((spread) => spread.clusterVariance),
      ownBias: mean((spread) => spread.ownBias),
      typicalNoiseVariance: mean((spread) => spread.typicalNoiseVariance),
      runVariance: RUN_KINDS.map((_, kind) => mean((spread) => realAt(spread.runVariance, kind))),
    },
  };
}

function toMoments(total: Float64Array, squares: Float64Array, draws: number): Moments {
  const mean = total.map((value) => value / draws);
  const deviation = squares.map((value, place) =>
    Math.sqrt(Math.max(0, value / draws - realAt(mean, place) ** 2)),
  );
  return { mean, deviation };
}
