import type { TimedPart } from "#engine/speed/decode-parts.ts";
import { backendOf, bestBuilds, cellClass, deviceOf, type Cell } from "../cells.ts";
import { predictDecode, type BuildAge } from "./decode-model.ts";
import type { ReadParameter } from "./parameters.ts";
import { predictPrefill } from "./prefill-model.ts";
import type { FitProblem } from "./robust-fit.ts";

export type Test = "decode" | "prefill";

/** Prompts shorter than this measure launches, not the device. */
const SHORTEST_PROMPT = 128;

/** The cells a fit of decoding, or of prompts, rests on: controlled rows of llama.cpp, the best build of each. */
export function cellsToFit(cells: readonly Cell[], test: Test): readonly Cell[] {
  const own = cells.filter(({ row }) => row.test === test);
  return bestBuilds(own).filter(
    (cell) =>
      cellClass(cell) !== null &&
      (test === "decode" || (cell.promptLength >= SHORTEST_PROMPT && canPredictPrompt(cell))),
  );
}

function canPredictPrompt(cell: Cell): boolean {
  return predictPrefill(cell, (_name, { mean }) => mean, "current") !== null;
}

/** The engine's time for a cell, in parts. */
export function predictParts(cell: Cell, read: ReadParameter, age: BuildAge): readonly TimedPart[] {
  const parts = cell.row.test === "decode" ? predictDecode(cell, read, age) : predictPrefill(cell, read, age);
  if (parts === null) throw new Error(`a prompt on ${cell.row.device} cannot be predicted`);
  return parts;
}

/**
 * Prompts scatter more than decoding. Hundreds of cells of one laptop, and depths of three devices, count less each;
 * the figures the targets speak of are those of the other cells.
 */
export function fitProblem(cells: readonly Cell[], test: Test): FitProblem<Cell> {
  return {
    rows: cells,
    predictLog: (cell, read) => Math.log(totalSeconds(predictParts(cell, read, "as measured"))),
    measuredLog: (cell) => Math.log(cell.secondsMeasured),
    weight: (cell) => weightOf(cell, test),
    tolerance: test === "decode" ? 0.08 : 0.2,
  };
}

function weightOf(cell: Cell, test: Test): number {
  const name = cellClass(cell);
  if (name === "experts in RAM") return 0.1;
  const isDeep = name === "deep" || name === "very deep" || name === "layer split, deep";
  if (!isDeep) return 1;
  return test === "decode" ? 0.5 : 0.3;
}

export function totalSeconds(parts: readonly TimedPart[]): number {
  return parts.reduce((sum, { seconds }) => sum + seconds, 0);
}

/** True where no other device of the cell's generation ran under its back end. */
export function isAloneInGeneration(cell: Cell, cells: readonly Cell[]): boolean {
  return cell.accelerator !== null && !cells.some((other) => isOtherOfGeneration(other, cell));
}

function isOtherOfGeneration(other: Cell, cell: Cell): boolean {
  return (
    other.accelerator !== null &&
    other.accelerator.vendor === cell.accelerator?.vendor &&
    other.accelerator.generation === cell.accelerator.generation &&
    backendOf(other) === backendOf(cell) &&
    deviceOf(other) !== deviceOf(cell)
  );
}
