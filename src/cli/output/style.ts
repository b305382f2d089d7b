import { styleText } from "node:util";
import type { VerdictGroup } from "#engine/ranking.ts";

type SingleFormat = Extract<Parameters<typeof styleText>[0], string>;
type Format = SingleFormat | SingleFormat[];

/** Dresses text for a terminal; as it is where colour is not wanted. */
export type Style = (format: Format, text: string) => string;

/** `isColourful`: a terminal that shows colour, and NO_COLOR is not set. */
export function terminalStyle(isColourful: boolean): Style {
  return isColourful ? (format, text) => styleText(format, text) : (_format, text) => text;
}

/** A verdict's mark and colour; the word stands beside it, so neither carries meaning alone. */
export const VERDICT_MARKS: Record<VerdictGroup, { readonly mark: string; readonly format: SingleFormat }> = {
  fits: { mark: "●", format: "green" },
  "needs-quantization": { mark: "◐", format: "cyan" },
  "multiple-gpus-here": { mark: "◫", format: "blue" },
  "runs-with-offload": { mark: "◒", format: "yellow" },
  "multiple-gpus-elsewhere": { mark: "◌", format: "magenta" },
  "too-large": { mark: "○", format: "red" },
  unknown: { mark: "?", format: "gray" },
};
