/** Where text has to fit; `width` is null where nobody looks at it on a terminal, and nothing is wrapped then. */
export interface Measure {
  readonly width: number | null;
  readonly indent: number;
}

const GAP = "  ";
/** Narrower than that a column is no use; then lines are longer than the terminal rather than a word each. */
const LEAST_WIDTH = 16;

/** Text as lines that begin at the indent and end within the width. A word that is longer has a line of its own. */
export function wrapText(text: string, { width, indent }: Measure): readonly string[] {
  const room = width === null ? Infinity : Math.max(LEAST_WIDTH, width - indent);
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (longer.length > room && line !== "") {
      lines.push(line);
      line = word;
    } else {
      line = longer;
    }
  }
  return [...lines, line].map((wrapped) => `${" ".repeat(indent)}${wrapped}`);
}

/** Rows of three cells, the last of which is wrapped under itself. */
export function wrappedRows(
  rows: readonly (readonly string[])[],
  { width, indent }: Measure,
): readonly string[] {
  const widthOf = (column: number): number => Math.max(0, ...rows.map((row) => row[column]?.length ?? 0));
  const firstWidth = widthOf(0);
  const secondWidth = widthOf(1);
  const lastIndent = indent + firstWidth + secondWidth + 2 * GAP.length;
  return rows.flatMap(([first = "", second = "", last = ""]) => {
    const start = `${" ".repeat(indent)}${first.padEnd(firstWidth)}${GAP}${second.padEnd(secondWidth)}${GAP}`;
    const [line = "", ...rest] = wrapText(last, { width, indent: lastIndent });
    return [`${start}${line.trimStart()}`.trimEnd(), ...rest];
  });
}

/** Sentences wrapped where they stand; lines of a table begin with a space and stay whole. */
export function wrapSentences(lines: readonly string[], width: number | null): readonly string[] {
  return lines.flatMap((line) => (line.startsWith(" ") ? [line] : wrapText(line, { width, indent: 0 })));
}
