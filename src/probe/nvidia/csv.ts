/** One row of `nvidia-smi --query-gpu`, by field name as asked ("memory.total"). */
export type CsvRow = Readonly<Record<string, string>>;

/** Rows, and the lines that are none: errors come on the same stream as the rows. */
export interface CsvAnswer {
  readonly rows: readonly CsvRow[];
  readonly otherLines: readonly string[];
}

/**
 * Rows of `--format=csv`, with or without header and units. A header decides which column is which; without one the
 * columns are those asked for. A line with more or fewer values is no row, and neither is a last line that was cut.
 */
export function parseNvidiaCsv(text: string, askedFields: readonly string[]): CsvAnswer {
  const lines = text.split(/\r?\n/);
  const unfinished = lines.pop() ?? ""; // what follows the last line break
  if (WHOLE_LAST_VALUE.test(unfinished)) lines.push(unfinished);
  const filled = lines.filter((line) => line.trim() !== "");
  const header = filled.map(headerFields).find((fields) => fields !== null) ?? null;
  const fields = header ?? askedFields;
  const rows: CsvRow[] = [];
  const otherLines: string[] = [];
  for (const line of filled) {
    if (headerFields(line) !== null) continue;
    const row = csvRow(line, fields);
    if (row === null) otherLines.push(line.trim());
    else rows.push(row);
  }
  if (unfinished.trim() !== "" && !WHOLE_LAST_VALUE.test(unfinished)) otherLines.push(unfinished.trim());
  return { rows, otherLines };
}

/** A row without its line break is whole where it ends in a whole UUID, which is why that is asked for last. */
const WHOLE_LAST_VALUE = /GPU-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\s*$/i;

const HEADER_NAME = /^([a-z][a-z0-9_]*(?:\.[a-z0-9_]+)*)(?: \[[^\]]+\])?$/;

/** "index, memory.total [MiB]" -> ["index", "memory.total"]; null for a line of values. */
function headerFields(line: string): readonly string[] | null {
  const names = line.split(",").map((part) => HEADER_NAME.exec(part.trim())?.[1]);
  const known = names.filter((name) => name !== undefined);
  return known.length === names.length && known.includes("name") ? known : null;
}

function csvRow(line: string, fields: readonly string[]): CsvRow | null {
  const values = line.split(",").map((value) => value.trim());
  if (values.length !== fields.length || fields.length < 2) return null;
  return Object.fromEntries(fields.map((field, index) => [field, values[index] ?? ""]));
}
