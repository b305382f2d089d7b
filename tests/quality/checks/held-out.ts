import type { fitAbilities } from "../sampler/fit.ts";
import { at, groupBy, realAt, sum, wholeAt } from "../sampler/arrays.ts";
import { TAIL_FREEDOM } from "../sampler/draw-items.ts";
import { clusterKeyOf, RUN_KINDS, runKeyOf, runKindOf, weightOf, type Problem } from "../sampler/problem.ts";
import { randomFrom, type Random } from "../sampler/random.ts";
import { runBias, type State } from "../sampler/state.ts";
import type { Task } from "../scores/benchmark.ts";
import type { Observation } from "../scores/observations.ts";

/** How one hidden score compares with what the others say of it. */
export interface Prediction {
  readonly observation: Observation;
  /** Median prediction less the score, logits. */
  readonly error: number;
  readonly isInside80: boolean;
}

export interface HoldOutOptions {
  readonly fit: typeof fitAbilities;
  readonly seed: number;
  readonly warmUp: number;
  readonly draws: number;
}

/** Hides the scores that `isHidden` names, fits the rest, and predicts each hidden one with an 80 % interval. */
export function predictHidden(
  observations: readonly Observation[],
  isHidden: (observation: Observation) => boolean,
  { fit, ...options }: HoldOutOptions,
): readonly Prediction[] {
  const hidden = observations.filter(isHidden);
  const drawn: number[][] = hidden.map(() => []);
  fit(
    observations.filter((observation) => !isHidden(observation)),
    {
      ...options,
      onDraw: (problem, state, random) => {
        hidden.forEach((observation, index) => {
          const value = drawScore(problem, state, { observation, random });
          if (value !== null) at(drawn, index).push(value);
        });
      },
    },
  );
  return hidden.flatMap((observation, index) => {
    const values = [...at(drawn, index)].sort((a, b) => a - b);
    return values.length === 0 ? [] : [toPrediction(observation, values)];
  });
}

function toPrediction(observation: Observation, values: readonly number[]): Prediction {
  const quantile = (fraction: number) => at(values, Math.floor(fraction * values.length));
  const { logit } = observation;
  return {
    observation,
    error: quantile(0.5) - logit,
    isInside80: logit >= quantile(0.1) && logit <= quantile(0.9),
  };
}

interface Wanted {
  readonly observation: Observation;
  readonly random: Random;
}

/** One possible value of a hidden score under one draw; null where its model or item has no other score. */
function drawScore(problem: Problem, state: State, { observation, random }: Wanted): number | null {
  const subject = problem.subjects.find(observation.subject);
  const item = problem.items.find(observation.item);
  if (subject === null || item === null) return null;
  const variance = realAt(state.noiseVariance, item) / weightOf(observation);
  const calm = random.gamma(TAIL_FREEDOM / 2) / (TAIL_FREEDOM / 2);
  const noise = random.normal() * Math.sqrt(variance / calm);
  const ability = drawAbility(problem, state, { subject, item, random });
  const run = drawRun(problem, state, { subject, observation, random });
  const cluster = drawCluster(problem, state, { observation, random });
  return realAt(state.slope, item) * ability + realAt(state.intercept, item) + run + cluster + noise;
}

function drawAbility(
  problem: Problem,
  { abilities, spread }: State,
  { subject, item, random }: { readonly subject: number; readonly item: number; readonly random: Random },
): number {
  const vector = at(abilities, subject);
  const ability = realAt(vector, wholeAt(problem.itemTask, item));
  const language = wholeAt(problem.itemLanguage, item);
  if (language < 0) return ability;
  const index = at(problem.languagesOf, subject).indexOf(language);
  if (index < 0) return ability + random.normal() * Math.sqrt(spread.languageVariance);
  return ability + realAt(vector, problem.taskCount + index);
}

/** The effect of the score's run where that is known from its other scores, else one of its kind. */
function drawRun(
  problem: Problem,
  { abilities, spread }: State,
  { subject, observation, random }: Wanted & { readonly subject: number },
): number {
  const runs = at(problem.runsOf, subject);
  const run = problem.runs.find(runKeyOf(observation));
  if (run !== null) {
    const vector = at(abilities, subject);
    return realAt(vector, vector.length - runs.length + runs.indexOf(run));
  }
  const kind = RUN_KINDS.indexOf(runKindOf(observation));
  return runBias(spread, kind) + random.normal() * Math.sqrt(realAt(spread.runVariance, kind));
}

function drawCluster(
  problem: Problem,
  { clusterEffect, spread }: State,
  { observation, random }: Wanted,
): number {
  const cluster = problem.clusters.find(clusterKeyOf(observation));
  if (cluster !== null) return realAt(clusterEffect, cluster);
  return random.normal() * Math.sqrt(spread.clusterVariance);
}

/** Random scores, one in `1 / fraction`, of models and items that keep enough others; copies of a figure go together. */
export function randomScores(
  observations: readonly Observation[],
  { seed, fraction }: { readonly seed: number; readonly fraction: number },
): (observation: Observation) => boolean {
  const random = randomFrom(seed);
  const figure = ({ subject, benchmark, logit }: Observation) =>
    `${subject} ${benchmark} ${logit.toFixed(2)}`;
  const figures = new Set(observations.map(figure));
  const chosen = new Set([...figures].filter(() => random.uniform() < fraction));
  const [ofSubject, ofItem] = [counts(observations, "subject"), counts(observations, "item")];
  return (observation) =>
    chosen.has(figure(observation)) &&
    (ofSubject.get(observation.subject) ?? 0) > 3 &&
    (ofItem.get(observation.item) ?? 0) > 8;
}

/** Every score that one operator gave a model, for some of the models that others scored too. */
export function wholeRuns(
  observations: readonly Observation[],
  { seed, fraction }: { readonly seed: number; readonly fraction: number },
): (observation: Observation) => boolean {
  const random = randomFrom(seed);
  const chosen = new Set<string>();
  for (const [subject, scores] of groupBy(observations, (observation) => observation.subject)) {
    const operators = [...new Set(scores.map(({ operator }) => operator))];
    if (operators.length < 2 || random.uniform() >= fraction) continue;
    chosen.add(`${subject} ${at(operators, Math.floor(random.uniform() * operators.length))}`);
  }
  return ({ subject, operator }) => chosen.has(`${subject} ${operator}`);
}

function counts(observations: readonly Observation[], key: "subject" | "item"): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const observation of observations) found.set(observation[key], (found.get(observation[key]) ?? 0) + 1);
  return found;
}

export interface Coverage {
  readonly count: number;
  readonly inside80Fraction: number;
  readonly medianError: number;
}

export function coverage(predictions: readonly Prediction[], task?: Task): Coverage {
  const counted = predictions.filter(({ observation }) => task === undefined || observation.task === task);
  const errors = counted.map(({ error }) => Math.abs(error)).sort((a, b) => a - b);
  return {
    count: counted.length,
    inside80Fraction: sum(counted.map(({ isInside80 }) => (isInside80 ? 1 : 0))) / counted.length,
    medianError: errors[Math.floor(errors.length / 2)] ?? NaN,
  };
}
