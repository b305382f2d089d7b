import { SHIPPABLE_LICENCES } from "./licence.ts";
import { toObservations, type Observation } from "./observations.ts";
import { readScoreRows } from "./score-row.ts";

/** The scores that may be passed on, as they take part in the fit. */
export function shippableObservations(file: string): readonly Observation[] {
  return toObservations(readScoreRows(file).filter(({ licence }) => SHIPPABLE_LICENCES.has(licence)));
}
