import type { Licence } from "#engine/model.ts";
import type { AnswerMode, QualityEstimate } from "#engine/quality.ts";
import type { Range } from "#engine/speed/interval.ts";
import type { Loss } from "#advice/quality/losses.ts";

/** One cell; what is not known says why. */
export type Cell =
  | QualityCell
  | { readonly kind: "no-evidence" }
  | { readonly kind: "range"; readonly range: Range }
  | { readonly kind: "number"; readonly value: number }
  | { readonly kind: "words"; readonly words: readonly string[] }
  | { readonly kind: "licence"; readonly licence: Licence }
  | { readonly kind: "missing"; readonly reason: string };

/** Quality at a task as packed, and whose tests it rests on. */
export interface QualityCell {
  readonly kind: "quality";
  readonly modelId: string;
  readonly estimate: QualityEstimate;
  readonly loss: Loss;
  readonly mode: AnswerMode;
  readonly evidence: "measured" | "thin";
  readonly scoreCount: number;
  /** Each name once. */
  readonly benchmarkNames: readonly string[];
}

/** What the numbers of a row are. */
export type RowUnit =
  "points" | "tokens-per-second" | "seconds" | "bytes" | "download-bytes" | "parameters" | "tokens" | "text";

/** The row of a language that is asked for begins its id with this: "quality-in-french". */
export const IN_LANGUAGE = "quality-in-";

/** One row over all subjects. */
export interface Row {
  readonly id: string;
  readonly group: "quality" | "speed" | "memory" | "facts";
  readonly unit: RowUnit;
  readonly better: "higher" | "lower" | null;
  /** Of what a row about prompts is said; null for every other row, and where no speed is known. */
  readonly promptLength: number | null;
  readonly cells: readonly Cell[];
  /** Index of the cell that is better than every other by more than the uncertainty; null where there is none. */
  readonly best: number | null;
}
