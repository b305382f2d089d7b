import { readFileSync } from "node:fs";
import { column, parseCsv } from "../scores/csv.ts";

/** One published figure for a packed model or cache, with its difference from the 16-bit one. */
export interface LossRow {
  readonly model: string;
  readonly packing: string;
  readonly metric: string;
  readonly value: number;
  /** Change against 16 bit in percent of the 16-bit figure; null where the source gives none. */
  readonly changePercent: number | null;
  readonly source: string;
  readonly date: string;
  readonly licence: string;
  readonly kind: "weights" | "kv";
  readonly note: string;
}

/** As for the scores: terms that let the figures be passed on, stated by the source itself. */
const SHIPPABLE = new Set(["MIT", "Apache-2.0", "repo licence Apache-2.0", "CC0-1.0"]);

/** The rows whose source may be passed on and whose run worked. */
export function readLossRows(file: string): readonly LossRow[] {
  return parseCsv(readFileSync(file, "utf8"))
    .map(toLossRow)
    .filter(({ licence, note }) => SHIPPABLE.has(licence) && !note.includes("failed run"));
}

function toLossRow(row: Readonly<Record<string, string>>): LossRow {
  const change = column(row, "delta_pct");
  return {
    model: column(row, "model"),
    packing: column(row, "quant"),
    metric: column(row, "metric"),
    value: Number(column(row, "value")),
    changePercent: change === "" ? null : Number(change),
    source: column(row, "source"),
    date: column(row, "date"),
    licence: column(row, "licence"),
    kind: column(row, "kind") === "kv" ? "kv" : "weights",
    note: column(row, "note"),
  };
}
