/** One column of a table for the terminal. */
export interface Column {
  readonly heading: string;
  readonly align: "start" | "end";
}

const GAP = "  ";
const ELLIPSIS = "…";

/**
 * Rows as aligned lines, the headings first. Only the last column gives way where the terminal is narrower than
 * the table; `width` is null where nobody looks at it on a terminal, and nothing is cut then. A row of fewer cells
 * ends in one that runs on over the columns left, and makes none of them wider.
 */
export function tableLines(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  width: number | null,
): readonly string[] {
  const all = [columns.map((column) => column.heading), ...rows];
  const widths = columnWidths(columns, all);
  return all.map((row) => cutTo(lineOf(row, columns, widths), width));
}

/** How wide the table is up to its last column, which alone gives way. */
export function fixedWidth(columns: readonly Column[], rows: readonly (readonly string[])[]): number {
  const widths = columnWidths(columns, [columns.map((column) => column.heading), ...rows]).slice(0, -1);
  return widths.reduce((sum, each) => sum + each + GAP.length, 0);
}

function columnWidths(columns: readonly Column[], rows: readonly (readonly string[])[]): readonly number[] {
  return columns.map((_, index) =>
    Math.max(...rows.map((row) => (runsOn(row, columns, index) ? 0 : (row[index] ?? "").length))),
  );
}

function runsOn(row: readonly string[], columns: readonly Column[], index: number): boolean {
  return row.length < columns.length && index >= row.length - 1;
}

/** A line that is no wider than the terminal, cut between words: half a number would be a wrong one. */
export function cutTo(line: string, width: number | null): string {
  if (width === null || line.length <= width) return line;
  const room = line.slice(0, width - 1);
  const end = line[width - 1] === " " ? room.length : room.lastIndexOf(" ");
  const kept = room.slice(0, end).trimEnd();
  // One long word: better cut than not there at all.
  return `${kept === "" ? room : kept}${ELLIPSIS}`;
}

function lineOf(row: readonly string[], columns: readonly Column[], widths: readonly number[]): string {
  const shown = row.length < columns.length ? columns.slice(0, row.length) : columns;
  const cells = shown.map((column, index) => {
    const text = row[index] ?? "";
    const width = widths[index] ?? 0;
    return column.align === "end" ? text.padStart(width) : text.padEnd(width);
  });
  return cells.join(GAP).trimEnd();
}
