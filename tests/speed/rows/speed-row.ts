import { numberOf, readCsv, textOf, type CsvRow } from "../../fixtures/read-csv.ts";

/** One measured rate, as the table states it. */
export interface SpeedRow {
  readonly device: string;
  readonly deviceCount: number;
  /** Runtime and back end, in the table's words. */
  readonly backendLabel: string;
  readonly model: string;
  readonly quantizationLabel: string;
  readonly fileGiB: number | null;
  readonly test: "decode" | "prefill";
  /** Tokens generated, or of the prompt; null where it is not stated. */
  readonly tokenCount: number | null;
  /** Tokens in the cache before the test. Where the table has a word, what the word means at most. */
  readonly depth: number;
  readonly offload: string;
  readonly tokensPerSecond: number;
  readonly build: string;
  readonly source: string;
  readonly tier: "A" | "B";
  readonly notes: string;
}

/** `short` prompts and the mix of a score (LocalScore: mostly 1 to 2 thousand tokens) say no number. */
const DEPTH_OF_WORD: Readonly<Record<string, number>> = { short: 128, mixed: 1024 };

/**
 * Rows that a fit may use. Left out: rates above the roofline and what ran out of memory; unverified ones (tier C);
 * llamafile, which is another program; and a collection of Mac rates that is half of what others measure.
 */
export function readSpeedRows(folder: string): readonly SpeedRow[] {
  return readCsv(`${folder}/speed.csv`).flatMap((row) => toSpeedRow(row) ?? []);
}

function toSpeedRow(row: CsvRow): SpeedRow | null {
  const tokensPerSecond = numberOf(row, "tokens_per_s");
  const tier = textOf(row, "tier");
  const backendLabel = textOf(row, "backend");
  const source = textOf(row, "source");
  if (tokensPerSecond === null || textOf(row, "flag") !== "" || (tier !== "A" && tier !== "B")) return null;
  if (/llamafile/i.test(backendLabel) || source.includes("mac-llm-bench")) return null;
  return {
    device: textOf(row, "device"),
    deviceCount: numberOf(row, "device_count") ?? 1,
    backendLabel,
    model: textOf(row, "model"),
    quantizationLabel: textOf(row, "quant"),
    fileGiB: numberOf(row, "model_file_GiB"),
    test: textOf(row, "test") === "pp" ? "prefill" : "decode",
    tokenCount: numberOf(row, "n_tokens"),
    depth: numberOf(row, "depth_or_ctx") ?? DEPTH_OF_WORD[textOf(row, "depth_or_ctx")] ?? 0,
    offload: textOf(row, "ngl_or_offload"),
    tokensPerSecond,
    build: textOf(row, "build_date"),
    source,
    tier,
    notes: textOf(row, "notes"),
  };
}
