import type { QualityBenchmark } from "#engine/quality.ts";
import { licenceName } from "../scores/licence.ts";
import type { Observation } from "../scores/observations.ts";
import type { ScoreRow } from "../scores/score-row.ts";

/** What the catalog says of one item, from every score that rests on it. */
export function toBenchmark(id: string, observations: readonly Observation[]): QualityBenchmark {
  const [first] = observations;
  const rows = observations.flatMap((observation) => observation.rows);
  const [row] = rows;
  if (first === undefined || row === undefined) throw new Error(`no score on ${id}`);
  const [name = "", ...protocol] = first.item.split(" | ");
  const dates = rows
    .map(({ date }) => date)
    .filter((date) => date !== "")
    .sort();
  return {
    id,
    name,
    protocol: protocol.filter((part) => part !== first.operator).join(", "),
    unit: row.unit,
    language: first.language,
    operator: first.operator,
    source: sourceOf(rows),
    firstDate: dates[0] ?? null,
    lastDate: dates.at(-1) ?? null,
    licence: licenceName(row.licence),
    kind: first.kind === "independent" ? "independent" : "vendor-or-paper",
  };
}

/** The publications of the rows; of many, the repositories and pages they stand in. */
function sourceOf(rows: readonly ScoreRow[]): string {
  const sources = new Set(rows.map(({ source }) => plainSource(source)));
  if (sources.size <= 3) return [...sources].join("; ");
  return [...new Set([...sources].map((source) => source.replace(/:.*$/, "")))].join("; ");
}

/** `owner/name:path@commit` or plain words, without remarks of the collection. */
function plainSource(source: string): string {
  return source
    .replace(/ \(.*$/, "")
    .replace(/ https?:.*$/, "")
    .replace(/#.*@/, "@");
}

/** Lower-case letters, digits and hyphens, points between digits; `taken` keeps two from being the same. */
export function benchmarkId(item: string, taken: Set<string>): string {
  const plain = item
    .toLowerCase()
    .replaceAll("+", "-plus")
    .replace(/(?<!\d)\.|\.(?!\d)/g, "-")
    .replace(/[^a-z0-9.]+/g, "-");
  const short = plain.slice(0, 60).replace(/^[-.]+|[-.]+$/g, "");
  let id = short;
  for (let number = 2; taken.has(id); number++) id = `${short}-${number}`;
  taken.add(id);
  return id;
}
