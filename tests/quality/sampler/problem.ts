import { familyOf, TASKS } from "../scores/benchmark.ts";
import type { Observation } from "../scores/observations.ts";
import { at, Numbering, wholeAt } from "./arrays.ts";

/** How far a source's scores of one model may be off together; each kind has a spread of its own. */
export const RUN_KINDS = ["independent", "other makers' table", "maker's own"] as const;

/** Weight of one score: a board that ran every model counts double a maker's table. */
const WEIGHTS = { independent: 1, "vendor-or-paper": 0.5, aggregator: 0.35 } as const;

/**
 * The scores as numbered things. A subject is a model in one mode; an item a benchmark under one protocol of one
 * operator; a run what one operator measured of one subject for one task; a cluster the scores of a run on one
 * family of benchmarks. A subject's vector holds its abilities: tasks, then its languages, then its runs.
 */
export interface Problem {
  readonly taskCount: number;
  readonly subjects: Numbering;
  readonly items: Numbering;
  readonly runs: Numbering;
  readonly clusters: Numbering;
  readonly languages: Numbering;
  readonly benchmarks: Numbering;
  /** By score. */
  readonly subjectOf: Int32Array;
  readonly itemOf: Int32Array;
  readonly clusterOf: Int32Array;
  readonly logits: Float64Array;
  readonly weights: Float64Array;
  /** Places in its subject's vector of a score's task, language (−1 without) and run. */
  readonly taskPlace: Int32Array;
  readonly languagePlace: Int32Array;
  readonly runPlace: Int32Array;
  /** By item; language −1 where it is not in one. */
  readonly itemTask: Int32Array;
  readonly itemLanguage: Int32Array;
  readonly itemBenchmark: Int32Array;
  /** By run, an index into `RUN_KINDS`. */
  readonly runKind: Int32Array;
  readonly scoresOfItem: readonly (readonly number[])[];
  readonly scoresOfCluster: readonly (readonly number[])[];
  /** By subject. */
  readonly clustersOf: readonly (readonly number[])[];
  readonly languagesOf: readonly (readonly number[])[];
  readonly runsOf: readonly (readonly number[])[];
}

export function toProblem(observations: readonly Observation[]): Problem {
  const numbers = numbered(observations);
  const { subjectOf, itemOf, runOf, clusterOf, languageOf, taskOf } = numbers;
  const subjectCount = numbers.subjects.keys.length;
  const languagesOf = distinctBy(subjectOf, languageOf, subjectCount);
  const runsOf = distinctBy(subjectOf, runOf, subjectCount);
  const place = (lists: typeof runsOf, values: Int32Array, offset: (subject: number) => number) =>
    values.map((value, score) => {
      const subject = wholeAt(subjectOf, score);
      return value < 0 ? -1 : offset(subject) + at(lists, subject).indexOf(value);
    });
  return {
    ...numbers,
    taskCount: TASKS.length,
    taskPlace: taskOf,
    languagePlace: place(languagesOf, languageOf, () => TASKS.length),
    runPlace: place(runsOf, runOf, (subject) => TASKS.length + at(languagesOf, subject).length),
    itemTask: perKey(itemOf, taskOf),
    itemLanguage: perKey(itemOf, languageOf),
    itemBenchmark: perKey(itemOf, numbers.benchmarkOf),
    runKind: perKey(runOf, numbers.kindOf),
    scoresOfItem: positionsOf(itemOf, numbers.items.keys.length),
    scoresOfCluster: positionsOf(clusterOf, numbers.clusters.keys.length),
    clustersOf: distinctBy(subjectOf, clusterOf, subjectCount),
    languagesOf,
    runsOf,
  };
}

/** Everything that a score belongs to, as numbers. */
function numbered(observations: readonly Observation[]) {
  const [subjects, items, runs, clusters] = [
    new Numbering(),
    new Numbering(),
    new Numbering(),
    new Numbering(),
  ];
  const [languages, benchmarks] = [new Numbering(), new Numbering()];
  const each = (number: (observation: Observation) => number) => Int32Array.from(observations, number);
  return {
    ...{ subjects, items, runs, clusters, languages, benchmarks },
    subjectOf: each(({ subject }) => subjects.of(subject)),
    itemOf: each(({ item }) => items.of(item)),
    runOf: each((observation) => runs.of(runKeyOf(observation))),
    clusterOf: each((observation) => clusters.of(clusterKeyOf(observation))),
    taskOf: each(({ task }) => TASKS.indexOf(task)),
    languageOf: each(({ language }) => (language === null ? -1 : languages.of(language))),
    benchmarkOf: each(({ benchmark, task }) => benchmarks.of(`${benchmark} | ${task}`)),
    kindOf: each((observation) => RUN_KINDS.indexOf(runKindOf(observation))),
    logits: Float64Array.from(observations, ({ logit }) => logit),
    weights: Float64Array.from(observations, weightOf),
  };
}

export function runKeyOf({ subject, operator, task }: Observation): string {
  return `${subject} | ${operator} | ${task}`;
}

export function clusterKeyOf(observation: Observation): string {
  return `${runKeyOf(observation)} | ${familyOf(observation.benchmark)}`;
}

export function runKindOf({ kind, isOwn }: Observation): (typeof RUN_KINDS)[number] {
  if (kind === "independent") return "independent";
  return isOwn ? "maker's own" : "other makers' table";
}

export function weightOf({ kind, copies, certainty }: Observation): number {
  return (WEIGHTS[kind] * certainty) / copies;
}

/** Positions of each value from 0 to `count - 1`. */
function positionsOf(values: Int32Array, count: number): readonly (readonly number[])[] {
  const groups: number[][] = Array.from({ length: count }, () => []);
  values.forEach((value, position) => at(groups, value).push(position));
  return groups;
}

/** For each key, the distinct values beside it that are not −1. */
function distinctBy(keys: Int32Array, values: Int32Array, count: number): readonly (readonly number[])[] {
  const found = Array.from({ length: count }, () => new Set<number>());
  keys.forEach((key, position) => {
    const value = wholeAt(values, position);
    if (value >= 0) at(found, key).add(value);
  });
  return found.map((set) => [...set]);
}

/** For each key, the value beside its first appearance. */
function perKey(keys: Int32Array, values: Int32Array): Int32Array {
  const first: number[] = [];
  keys.forEach((key, position) => (first[key] ??= wholeAt(values, position)));
  return Int32Array.from(first);
}
