import { solve } from "./linear-system.ts";
import {
  parameterBook,
  recordingReader,
  valueReader,
  type ParameterBook,
  type ReadParameter,
} from "./parameters.ts";

/** What is fitted: a prediction for each row, as a logarithm, from named parameters. */
export interface FitProblem<Row> {
  readonly rows: readonly Row[];
  readonly predictLog: (row: Row, read: ReadParameter) => number;
  readonly measuredLog: (row: Row) => number;
  readonly weight: (row: Row) => number;
  /** Deviation expected of a row, as a share; twice as far off counts twice, not four times (Huber's loss). */
  readonly tolerance: number;
}

/** Fitted values, and how to read them. */
export interface Fitted {
  readonly book: ParameterBook;
  readonly values: Float64Array;
  readonly read: ReadParameter;
}

interface Prepared<Row> extends FitProblem<Row> {
  readonly book: ParameterBook;
  /** Which parameters each row depends on. */
  readonly dependsOn: ReadonlyMap<Row, readonly number[]>;
}

const MOST_STEPS = 30;
const STEP_LIMIT = 1;
const DIFFERENCE = 1e-4;

/**
 * The most likely parameters under Huber's loss and normal priors: damped Gauss-Newton steps (Levenberg-Marquardt).
 * Priors are what lets thin classes borrow: each class's deviation from its maker, and the maker's from all, is held
 * near 0 unless rows pull it away.
 */
export function robustFit<Row>(problem: FitProblem<Row>, start: Fitted | null = null): Fitted {
  const prepared = prepare(problem, start?.book ?? parameterBook());
  let values = startValues(prepared, start);
  let damping = 1e-3;
  let cost = costOf(prepared, values);
  for (let step = 0; step < MOST_STEPS; step += 1) {
    const { curvature, slope } = normalEquations(prepared, values);
    const better = damped(prepared, values, { curvature, slope, damping, cost });
    if (better === null) break;
    const gain = (cost - better.cost) / cost;
    values = better.values;
    cost = better.cost;
    damping = Math.max(1e-6, better.damping / 5);
    if (gain < 1e-4) break;
  }
  return { book: prepared.book, values, read: valueReader(prepared.book, values) };
}

function prepare<Row>(problem: FitProblem<Row>, known: ParameterBook): Prepared<Row> {
  const book = { priors: [...known.priors], indices: new Map(known.indices) };
  const dependsOn = new Map<Row, readonly number[]>();
  for (const row of problem.rows) {
    const asked = new Set<number>();
    problem.predictLog(row, recordingReader(book, asked));
    dependsOn.set(row, [...asked]);
  }
  return { ...problem, book, dependsOn };
}

function startValues<Row>({ book }: Prepared<Row>, start: Fitted | null): Float64Array {
  return Float64Array.from(book.priors.map(({ mean }, index) => start?.values[index] ?? mean));
}

interface Equations {
  readonly curvature: readonly Float64Array[];
  readonly slope: Float64Array;
}

function normalEquations<Row>(problem: Prepared<Row>, values: Float64Array): Equations {
  const size = values.length;
  const curvature = Array.from({ length: size }, () => new Float64Array(size));
  const slope = new Float64Array(size);
  for (const row of problem.rows) addRow(problem, row, values, { curvature, slope });
  problem.book.priors.forEach(({ mean, deviation }, index) => {
    const weight = 1 / deviation ** 2;
    add(curvature[index], index, weight);
    add(slope, index, weight * (mean - (values[index] ?? mean)));
  });
  return { curvature, slope };
}

function addRow<Row>(
  problem: Prepared<Row>,
  row: Row,
  values: Float64Array,
  { curvature, slope }: Equations,
): void {
  const read = valueReader(problem.book, values);
  const predicted = problem.predictLog(row, read);
  const error = problem.measuredLog(row) - predicted;
  const pull = Math.abs(error) <= problem.tolerance ? 1 : problem.tolerance / Math.abs(error);
  const weight = (problem.weight(row) * pull) / problem.tolerance ** 2;
  const indices = problem.dependsOn.get(row) ?? [];
  const moved = Float64Array.from(values);
  const readMoved = valueReader(problem.book, moved);
  const gradient = indices.map((index) => {
    add(moved, index, DIFFERENCE);
    const slopeAt = (problem.predictLog(row, readMoved) - predicted) / DIFFERENCE;
    moved[index] = values[index] ?? 0;
    return slopeAt;
  });
  indices.forEach((index, one) => {
    add(slope, index, weight * error * (gradient[one] ?? 0));
    indices.forEach((other, two) =>
      add(curvature[index], other, weight * (gradient[one] ?? 0) * (gradient[two] ?? 0)),
    );
  });
}

interface Attempt extends Equations {
  readonly damping: number;
  readonly cost: number;
}

/** The first step that lowers the cost, damped more and more; null where none does. */
function damped<Row>(
  problem: Prepared<Row>,
  values: Float64Array,
  attempt: Attempt,
): { readonly values: Float64Array; readonly cost: number; readonly damping: number } | null {
  let { damping } = attempt;
  for (let tries = 0; tries < 10; tries += 1) {
    const matrix = attempt.curvature.map((row, index) => {
      const copy = Float64Array.from(row);
      copy[index] = (copy[index] ?? 0) * (1 + damping) + 1e-9;
      return copy;
    });
    const step = solve(matrix, attempt.slope);
    const moved = values.map((value, index) => value + limited(step[index] ?? 0));
    const cost = costOf(problem, moved);
    if (cost < attempt.cost) return { values: moved, cost, damping };
    damping *= 5;
  }
  return null;
}

function limited(step: number): number {
  return Math.max(-STEP_LIMIT, Math.min(STEP_LIMIT, step));
}

function costOf<Row>(problem: Prepared<Row>, values: Float64Array): number {
  const read = valueReader(problem.book, values);
  let cost = 0;
  for (const row of problem.rows) {
    const error = Math.abs(problem.measuredLog(row) - problem.predictLog(row, read)) / problem.tolerance;
    cost += problem.weight(row) * (error <= 1 ? error ** 2 / 2 : error - 0.5);
  }
  problem.book.priors.forEach(({ mean, deviation }, index) => {
    cost += (((values[index] ?? mean) - mean) / deviation) ** 2 / 2;
  });
  return cost;
}

function add(array: Float64Array | undefined, index: number, amount: number): void {
  if (array !== undefined) array[index] = (array[index] ?? 0) + amount;
}
