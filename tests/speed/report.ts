import { backendOf, CELL_CLASSES, cellClass, type Cell } from "./cells.ts";
import { accuracyOf, insideIntervals, plainFormulaErrors, type ClassAccuracy } from "./fit/evaluate.ts";
import type { Test } from "./fit/problems.ts";
import type { Outcome } from "./fit/spreads.ts";

/** The classes of one test with their accuracy; the last lines are those of dense and mixture cells by back end. */
export function accuracies(outcomes: readonly Outcome[], test: Test): readonly ClassAccuracy[] {
  const inside = insideIntervals(outcomes, test);
  const plain = plainFormulaErrors(outcomes.map(({ cell }) => cell));
  const of = (name: string, isIn: (cell: Cell) => boolean): ClassAccuracy | null => {
    const own = outcomes.filter(({ cell }) => isIn(cell));
    return own.length === 0 ? null : accuracyOf(name, own, inside, plain);
  };
  const isShallow = (cell: Cell): boolean => ["dense", "mixture"].includes(cellClass(cell) ?? "");
  const backends = [...new Set(outcomes.flatMap(({ cell }) => backendOf(cell) ?? []))].sort();
  return [
    ...CELL_CLASSES.map((name) => of(name, (cell) => cellClass(cell) === name)),
    of("8k to 32k", isInTarget),
    of("dense and mixture", isShallow),
    ...backends.map((name) => of(`  ${name}`, (cell) => isShallow(cell) && backendOf(cell) === name)),
  ].filter((accuracy) => accuracy !== null);
}

/** The depths that people fill a context to, and that the targets speak of. */
function isInTarget(cell: Cell): boolean {
  const { depth } = cell.row;
  return cellClass(cell) === "deep" && depth >= 8192 && depth <= 32_768;
}

/** The table a person reads. */
export function reportLines(title: string, rows: readonly ClassAccuracy[]): readonly string[] {
  const header = ["class", "rows", "devices", "median", "90th", "in interval", "plain median", "plain 90th"];
  const body = rows.map((row) => [
    row.name,
    String(row.rowCount),
    String(row.deviceCount),
    ...[row.medianError, row.p90Error, row.coverage, row.plainMedianError, row.plainP90Error].map(percent),
  ]);
  const widths = header.map((name, column) =>
    Math.max(name.length, ...body.map((cells) => cells[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[]): string =>
    cells
      .map((text, column) =>
        column === 0 ? text.padEnd(widths[0] ?? 0) : text.padStart(widths[column] ?? 0),
      )
      .join("  ");
  return ["", title, line(header), ...body.map(line)];
}

function percent(share: number): string {
  return Number.isNaN(share) ? "-" : `${(share * 100).toFixed(1)} %`;
}
