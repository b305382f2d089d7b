import { at, range, realAt, sum } from "../sampler/arrays.ts";
import type { Random } from "../sampler/random.ts";
import { LOSS_TASKS, type Evidence, type LossTask } from "./evidence.ts";

/** All that is known of one model at one packing. */
export interface LossCell {
  readonly model: number;
  readonly packing: number;
  /** Index into the size classes, smallest first. */
  readonly sizeClass: number;
  readonly evidence: readonly Evidence[];
}

export interface LossProblem {
  readonly cells: readonly LossCell[];
  readonly modelCount: number;
  /** Bits per weight or value of each packing. */
  readonly bits: readonly number[];
  readonly sizeClassCount: number;
  /** Pairs of packings: the first never loses more than the second. */
  readonly order: readonly (readonly [number, number])[];
  /** How far models lie apart before any evidence: variance of the log loss. */
  readonly typicalModelVariance: number;
}

/**
 * log(loss of a model at a packing) = packing + size class + model + a rest of its own. Losses are positive, grow
 * along the given order of packings and shrink from class to class; packings without evidence lie between those
 * around them, near the line through bits per weight.
 */
export interface LossState {
  readonly packing: Float64Array;
  readonly sizeClass: Float64Array;
  readonly model: Float64Array;
  readonly cell: Float64Array;
  /** By task: log of how much more it loses than knowledge does. */
  readonly task: Record<LossTask, number>;
  modelVariance: number;
  restVariance: number;
  line: { readonly level: number; readonly perBit: number };
}

/** Deviation of a packing's log loss from the line through bits. */
const LINE_DEVIATION = 0.5;

export interface LossRun {
  readonly random: Random;
  readonly warmUp: number;
  readonly draws: number;
  readonly onDraw: (state: LossState) => void;
}

export function sampleLosses(problem: LossProblem, { random, warmUp, draws, onDraw }: LossRun): void {
  const state = startState(problem);
  for (let step = 0; step < warmUp + draws; step++) {
    problem.cells.forEach((_, index) => drawCell(problem, state, index, random));
    drawPackings(problem, state, random);
    drawSizeClasses(problem, state, random);
    drawModels(problem, state, random);
    drawTasks(problem, state, random);
    drawSpread(problem, state, random);
    if (step >= warmUp) onDraw(state);
  }
}

function startState({
  cells,
  modelCount,
  bits,
  sizeClassCount,
  typicalModelVariance,
}: LossProblem): LossState {
  const line = { level: 0, perBit: -1 };
  return {
    packing: Float64Array.from(bits, (bit) => line.level + line.perBit * (bit - MIDDLE_BITS)),
    sizeClass: new Float64Array(sizeClassCount),
    model: new Float64Array(modelCount),
    cell: Float64Array.from(cells, ({ packing }) => line.perBit * (at(bits, packing) - MIDDLE_BITS)),
    task: { knowledge: 0, "mathematics-reasoning": 0, code: 0, chat: 0 },
    modelVariance: typicalModelVariance,
    restVariance: 0.2,
    line,
  };
}

/** The line's level is the log loss here, where most of the evidence is. */
const MIDDLE_BITS = 4;

function expected(state: LossState, { packing, sizeClass, model }: LossCell): number {
  return realAt(state.packing, packing) + realAt(state.sizeClass, sizeClass) + realAt(state.model, model);
}

/** One Metropolis step: accuracy rows are normal around the loss, divergences around its logarithm. */
function drawCell({ cells }: LossProblem, state: LossState, index: number, random: Random): void {
  const cell = at(cells, index);
  const fit = (value: number) =>
    -((value - expected(state, cell)) ** 2) / (2 * state.restVariance) +
    sum(cell.evidence.map((evidence) => logLikelihood(evidence, value, state)));
  const now = realAt(state.cell, index);
  const proposed = now + random.normal() * 0.4;
  if (Math.log(random.uniform()) < fit(proposed) - fit(now)) state.cell[index] = proposed;
}

function logLikelihood(evidence: Evidence, logLoss: number, { task }: LossState): number {
  if (evidence.kind === "divergence")
    return -((evidence.logPoints - logLoss) ** 2) / (2 * evidence.deviation ** 2);
  const loss = Math.exp(logLoss + task[evidence.task]);
  const deviation = Math.hypot(evidence.deviation, 0.15 * loss); // one run of one harness is not the last word
  return -((evidence.points - loss) ** 2) / (2 * deviation ** 2) - Math.log(deviation);
}

function drawPackings({ cells, bits, order }: LossProblem, state: LossState, random: Random): void {
  for (const packing of range(bits.length)) {
    const prior = state.line.level + state.line.perBit * (at(bits, packing) - MIDDLE_BITS);
    let [precision, linear] = [1 / LINE_DEVIATION ** 2, prior / LINE_DEVIATION ** 2];
    cells.forEach((cell, index) => {
      if (cell.packing !== packing) return;
      precision += 1 / state.restVariance;
      linear +=
        (realAt(state.cell, index) - expected(state, cell) + realAt(state.packing, packing)) /
        state.restVariance;
    });
    const lowest = Math.max(
      -Infinity,
      ...order.filter(([, b]) => b === packing).map(([a]) => realAt(state.packing, a)),
    );
    const highest = Math.min(
      Infinity,
      ...order.filter(([a]) => a === packing).map(([, b]) => realAt(state.packing, b)),
    );
    const now = realAt(state.packing, packing);
    state.packing[packing] = drawBetween({ precision, linear, lowest, highest, now }, random);
  }
  state.line = drawLine(bits, state, random);
}

interface Bounded {
  readonly precision: number;
  readonly linear: number;
  readonly lowest: number;
  readonly highest: number;
  readonly now: number;
}

/** A normal draw inside the bounds; the present value is kept where forty tries find none. */
function drawBetween({ precision, linear, lowest, highest, now }: Bounded, random: Random): number {
  for (let attempt = 0; attempt < 40; attempt++) {
    const value = linear / precision + random.normal() / Math.sqrt(precision);
    if (value >= lowest && value <= highest) return value;
  }
  return now;
}

function drawLine(bits: readonly number[], state: LossState, random: Random): LossState["line"] {
  const precision = 1 / LINE_DEVIATION ** 2;
  const x = bits.map((bit) => bit - MIDDLE_BITS);
  const residual = (perBit: number) => sum(x.map((value, i) => realAt(state.packing, i) - perBit * value));
  const levelPrecision = precision * x.length + 0.25;
  const level =
    (precision * residual(state.line.perBit)) / levelPrecision + random.normal() / Math.sqrt(levelPrecision);
  const slopePrecision = precision * sum(x.map((value) => value * value)) + 4; // −1 ± 0.5 a bit before any evidence
  const linear = precision * sum(x.map((value, i) => value * (realAt(state.packing, i) - level))) - 4;
  return { level, perBit: linear / slopePrecision + random.normal() / Math.sqrt(slopePrecision) };
}

/** The second class is the measure of the others; a larger class never loses more. */
function drawSizeClasses({ cells, sizeClassCount }: LossProblem, state: LossState, random: Random): void {
  for (const sizeClass of range(sizeClassCount)) {
    if (sizeClass === 1) continue;
    let [precision, linear] = [1, 0];
    cells.forEach((cell, index) => {
      if (cell.sizeClass !== sizeClass) return;
      precision += 1 / state.restVariance;
      const rest = realAt(state.cell, index) - expected(state, cell) + realAt(state.sizeClass, sizeClass);
      linear += rest / state.restVariance;
    });
    const highest = sizeClass === 0 ? Infinity : realAt(state.sizeClass, sizeClass - 1);
    const lowest = sizeClass === sizeClassCount - 1 ? -Infinity : realAt(state.sizeClass, sizeClass + 1);
    const now = realAt(state.sizeClass, sizeClass);
    state.sizeClass[sizeClass] = drawBetween({ precision, linear, lowest, highest, now }, random);
  }
}

function drawModels({ cells, modelCount }: LossProblem, state: LossState, random: Random): void {
  const precision = new Float64Array(modelCount).fill(1 / state.modelVariance);
  const linear = new Float64Array(modelCount);
  cells.forEach((cell, index) => {
    const rest = realAt(state.cell, index) - expected(state, cell) + realAt(state.model, cell.model);
    precision[cell.model] = realAt(precision, cell.model) + 1 / state.restVariance;
    linear[cell.model] = realAt(linear, cell.model) + rest / state.restVariance;
  });
  for (const model of range(modelCount))
    state.model[model] =
      realAt(linear, model) / realAt(precision, model) +
      random.normal() / Math.sqrt(realAt(precision, model));
}

function drawTasks({ cells }: LossProblem, state: LossState, random: Random): void {
  for (const task of LOSS_TASKS) {
    if (task === "knowledge") continue; // what the others are measured from
    const fit = (value: number) =>
      -(value ** 2) / (2 * 0.5 ** 2) +
      sum(
        cells.map(({ evidence }, index) =>
          sum(
            evidence
              .filter((row) => row.kind === "accuracy" && row.task === task)
              .map((row) =>
                logLikelihood(row, realAt(state.cell, index), {
                  ...state,
                  task: { ...state.task, [task]: value },
                }),
              ),
          ),
        ),
      );
    const proposed = state.task[task] + random.normal() * 0.2;
    if (Math.log(random.uniform()) < fit(proposed) - fit(state.task[task])) state.task[task] = proposed;
  }
}

function drawSpread(
  { cells, modelCount, typicalModelVariance }: LossProblem,
  state: LossState,
  random: Random,
): void {
  const rests = cells.map((cell, index) => realAt(state.cell, index) - expected(state, cell));
  state.restVariance =
    (2 * 0.1 + sum(rests.map((rest) => rest ** 2)) / 2) / random.gamma(2 + cells.length / 2);
  state.modelVariance =
    (2 * typicalModelVariance + sum(state.model.map((value) => value ** 2)) / 2) /
    random.gamma(2 + modelCount / 2);
}
