import { qualityDifference, type QualityEstimate } from "#engine/quality.ts";
import type { Cell, Row } from "./cell.ts";

/** Nine figures of whole memory in ten are that near to what was measured (README, "How accurate"). */
const MEMORY_UNCERTAINTY = 0.07;

/** The cell that beats every other beyond the uncertainty; none where anything is not known. */
export function bestCell({ cells, better, unit }: Pick<Row, "cells" | "better" | "unit">): number | null {
  if (better === null) return null;
  const found = cells.findIndex((cell, index) =>
    cells.every((other, otherIndex) => index === otherIndex || beats(cell, other, { better, unit })),
  );
  return found === -1 ? null : found;
}

interface Rule {
  readonly better: "higher" | "lower";
  readonly unit: Row["unit"];
}

function beats(one: Cell, other: Cell, { better, unit }: Rule): boolean {
  if (one.kind === "quality" && other.kind === "quality") {
    const isSame = one.modelId === other.modelId && one.mode === other.mode;
    return isSame
      ? one.loss.high < other.loss.low && isShownHigher(one.estimate, other.estimate)
      : qualityDifference(one.estimate, other.estimate).low > 0;
  }
  if (one.kind === "range" && other.kind === "range") {
    return better === "higher" ? one.range.low > other.range.high : one.range.high < other.range.low;
  }
  if (one.kind === "number" && other.kind === "number") {
    const share = unit === "bytes" || unit === "tokens" ? MEMORY_UNCERTAINTY : 0;
    return better === "higher"
      ? one.value > other.value * (1 + share)
      : one.value < other.value * (1 - share);
  }
  return false;
}

/** Figures are shown in whole points: "50, best" beside "50" would help nobody choose a packing. */
function isShownHigher(one: QualityEstimate, other: QualityEstimate): boolean {
  return Math.round(one.index) > Math.round(other.index);
}
