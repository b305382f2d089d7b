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
  const rows = [...terms, { name: "in all", bytes: totalBytes }].map(({ name, bytes }) => [
    "",
    name,
    formatMemoryInSum(bytes),
  ]);
  const [, ...lines] = tableLines(COLUMNS, rows, width);
  return [
    "",
    style("bold", "How the memory comes about"),
    ...terms.flatMap(({ formula, source }, index) => [
      lines[index] ?? "",
      ...wrapText(`${formula} (${source})`, { width, indent: 6 }).map((line) => style("dim", line)),
    ]),
    style("bold", lines[terms.length] ?? ""),
  ];
}
