import { robustFit, type Fitted, type FitProblem } from "./robust-fit.ts";

/** A row with the parameters of a fit that did not see its group. */
export interface LeftOut<Row> {
  readonly row: Row;
  readonly fitted: Fitted;
}

/**
 * Fits once for each group with its rows left out, so that each row is predicted by what knows nothing of its device.
 * The fit on all rows is only where each starts from.
 */
export function leaveEachOut<Row>(
  problem: FitProblem<Row>,
  groupOf: (row: Row) => string,
): readonly LeftOut<Row>[] {
  const all = robustFit(problem);
  const groups = new Map<string, Row[]>();
  for (const row of problem.rows) groups.set(groupOf(row), [...(groups.get(groupOf(row)) ?? []), row]);
  return [...groups.entries()].flatMap(([group, rows]) => {
    const others = problem.rows.filter((row) => groupOf(row) !== group);
    const fitted = robustFit({ ...problem, rows: others }, all);
    return rows.map((row) => ({ row, fitted }));
  });
}
