/** Rows of a comma-separated file as objects keyed by its header; quoted fields may hold commas, quotes and line ends. */
export function parseCsv(content: string): readonly Readonly<Record<string, string>>[] {
  const [header, ...rows] = splitRecords(content);
  if (header === undefined) return [];
  return rows.map((fields, index) => {
    if (fields.length !== header.length)
      throw new Error(`row ${index + 2}: expected ${header.length} fields, found ${fields.length}`);
    return Object.fromEntries(header.map((name, column) => [name, fields[column] ?? ""]));
  });
}

/** One match is one field and what ends it: a comma, a line end, or the end of the file. */
const FIELD = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/y;

function splitRecords(content: string): string[][] {
  const records: string[][] = [];
  let fields: string[] = [];
  FIELD.lastIndex = 0;
  while (FIELD.lastIndex < content.length) {
    const start = FIELD.lastIndex;
    const match = FIELD.exec(content);
    if (match === null) throw new Error(`not a field: ${content.slice(start, start + 60)}`);
    const [, quoted, plain, end] = match;
    fields.push(quoted === undefined ? (plain ?? "") : quoted.replaceAll('""', '"'));
    if (end === ",") continue;
    records.push(fields);
    fields = [];
  }
  if (fields.length > 0) records.push([...fields, ""]); // the file ended on a comma
  return records;
}

/** The text of a column that must be there. */
export function column(row: Readonly<Record<string, string>>, name: string): string {
  const text = row[name];
  if (text === undefined) throw new Error(`expected a column "${name}"`);
  return text;
}
