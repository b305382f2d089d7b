import { contextThatFits } from "#engine/search.ts";
import { speedHere, type SpeedWhere } from "#engine/speed/speed-here.ts";
import type { ModelRow } from "./model-rows.ts";
import type { SortKey } from "./table-view.svelte.ts";

/** What takes as long as a verdict or longer: worked out near the screen, and between frames where it is sorted by. */
export type SlowColumn = "speed" | "fitting";

/** The column of these that a list is sorted by; null where it is sorted by another. */
export function slowColumnOf(key: SortKey | undefined): SlowColumn | null {
  return key === "speed" || key === "fitting" ? key : null;
}

/** What a line is sorted by in such a column; null where it is not known or nothing fits. */
export function slowValue(row: ModelRow, column: SlowColumn, where: SpeedWhere | null): number | null {
  if (where === null) return null;
  return column === "speed" ? rateOf(row, where) : fittingContext(row, where);
}

function rateOf({ model, fit }: ModelRow, where: SpeedWhere): number | null {
  if (fit === null || fit.placement.kind === "none") return null;
  const speed = speedHere(fit, model, where);
  return speed.kind === "known" ? speed.decodeTokensPerSecond.mid : null;
}

/** Of a model as its verdict has it; null where it fits nowhere. */
export function fittingContext(
  { model, fit }: ModelRow,
  { machine }: Pick<SpeedWhere, "machine">,
): number | null {
  return fit === null ? null : contextThatFits({ model, machine, scenario: fit.scenario }, fit);
}
