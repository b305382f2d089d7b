/** One column of a table for the terminal. */
export interface Column {
  readonly heading: string;
  readonly align: "start" | "end";
}

const GAP = "  ";
const ELLIPSIS = "…";

/**
 * Rows as aligned lines, the headings first. Only the last column gives way where the terminal is narrower than
 * the table; `width` is null where nobody looks at it on a terminal, and nothing is cut then.
 */
export function tableLines(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  width: number | null,
): readonly string[] {
  const all = [columns.map((column) => column.heading), ...rows];
  const widths = columns.map((_, index) => Math.max(...all.map((row) => (row[index] ?? "").length)));
  return all.map((row) => cutTo(lineOf(row, columns, widths), width));
}

/** A line that is no wider than the terminal. */
export function cutTo(line: string, width: number | null): string {
  return width === null || line.length <= width ? line : `${line.slice(0, width - 1).trimEnd()}${ELLIPSIS}`;
}

function lineOf(row: readonly string[], columns: readonly Column[], widths: readonly number[]): string {
  const cells = columns.map((column, index) => {
    const text = row[index] ?? "";
    const width = widths[index] ?? 0;
    return column.align === "end" ? text.padStart(width) : text.padEnd(width);
  });
  return cells.join(GAP).trimEnd();
}
