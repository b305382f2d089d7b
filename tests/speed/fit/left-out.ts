import { deviceOf, type Cell } from "../cells.ts";
import type { BuildAge } from "./decode-model.ts";
import { leaveEachOut, type LeftOut } from "./leave-out.ts";
import { fitProblem, isAloneInGeneration, predictParts, type Test } from "./problems.ts";
import type { Outcome } from "./spreads.ts";

/** Each cell with the parameters of a fit that saw nothing of its group (its device, unless told otherwise). */
export function leaveDevicesOut(
  cells: readonly Cell[],
  test: Test,
  groupOf: (cell: Cell) => string = deviceOf,
): readonly LeftOut<Cell>[] {
  return leaveEachOut(fitProblem(cells, test), groupOf);
}

/** What those fits say of each cell: of its own build, or of a current one. */
export function outcomesOf(leftOut: readonly LeftOut<Cell>[], age: BuildAge): readonly Outcome[] {
  const cells = leftOut.map(({ row }) => row);
  return leftOut.map(({ row, fitted }) => ({
    cell: row,
    parts: predictParts(row, fitted.read, age),
    seconds: row.secondsMeasured,
    isGenerationUnknown: isAloneInGeneration(row, cells),
  }));
}
