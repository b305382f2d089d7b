import type { Term } from "#engine/explain.ts";
import { formatMemoryInSum } from "#shared/format.ts";
import { wrapText } from "./paragraph.ts";
import type { Style } from "./style.ts";
import { tableLines } from "./table.ts";

const COLUMNS = [
  { heading: "", align: "start" },
  { heading: "Term", align: "start" },
  { heading: "Memory", align: "end" },
] as const;

/** Every term of the memory with its formula and source; they add up to the total under them. */
export function explainLines(terms: readonly Term[], style: Style, width: number | null): readonly string[] {
  if (terms.length === 0) return [];
  const totalBytes = terms.reduce((sum, { bytes }) => sum + bytes, 0);
  const shown = withoutRepeats(terms);
  const rows = [...shown, { name: "in all", bytes: totalBytes }].map(({ name, bytes }) => [
    "",
    name,
    formatMemoryInSum(bytes),
  ]);
  const [, ...lines] = tableLines(COLUMNS, rows, width);
  return [
    "",
    style("bold", "How the memory comes about"),
    ...shown.flatMap(({ formula, source }, index) => [
      lines[index] ?? "",
      ...wrapText(`${formula} (${source})`, { width, indent: 6 }).map((line) => style("dim", line)),
    ]),
    style("bold", lines[shown.length] ?? ""),
  ];
}

/** Like cards have like terms: one line for all of them, with their number and sum. */
function withoutRepeats(terms: readonly Term[]): readonly Term[] {
  const groups = new Map<string, Term[]>();
  for (const term of terms) {
    const key = JSON.stringify([term.part, term.name, term.bytes, term.formula]);
    groups.set(key, [...(groups.get(key) ?? []), term]);
  }
  return [...groups.values()].flatMap((like) => {
    const [term] = like;
    if (term === undefined || like.length === 1) return like;
    return [{ ...term, name: `${term.name}, ${like.length} times`, bytes: term.bytes * like.length }];
  });
}
