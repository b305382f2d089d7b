import { readFileSync } from "node:fs";
import { column, parseCsv } from "./csv.ts";

/** One published score, as the collection states it. */
export interface ScoreRow {
  /** Hugging Face id; the source's own name where no repository could be matched. */
  readonly model: string;
  readonly benchmark: string;
  /** Protocol: shots, prompt, release of the board, thinking or not. */
  readonly variant: string;
  readonly score: number;
  readonly unit: string;
  readonly task: string;
  readonly source: string;
  readonly date: string;
  readonly licence: string;
  readonly kind: SourceKind;
}

/** `independent`: one operator ran every model; `vendor-or-paper`: a maker's own table; `aggregator`: copied. */
export type SourceKind = "independent" | "vendor-or-paper" | "aggregator";

const KINDS: readonly SourceKind[] = ["independent", "vendor-or-paper", "aggregator"];

export function readScoreRows(file: string): readonly ScoreRow[] {
  return parseCsv(readFileSync(file, "utf8")).map(toScoreRow);
}

function toScoreRow(row: Readonly<Record<string, string>>): ScoreRow {
  const score = Number(column(row, "score"));
  const kind = KINDS.find((known) => known === row.kind);
  if (!Number.isFinite(score) || kind === undefined) throw new Error(`not a score: ${JSON.stringify(row)}`);
  return {
    model: column(row, "hf_id") || column(row, "model"),
    benchmark: column(row, "benchmark"),
    variant: column(row, "variant"),
    score,
    unit: column(row, "unit"),
    task: column(row, "task"),
    source: column(row, "source"),
    date: column(row, "date"),
    licence: column(row, "licence"),
    kind,
  };
}
