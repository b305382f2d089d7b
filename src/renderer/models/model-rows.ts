import { estimateFit } from "#engine/estimate.ts";
import { isKnown } from "#engine/fact.ts";
import type { Fit } from "#engine/fit.ts";
import type { MachineReport } from "#engine/machine.ts";
import type { Model } from "#engine/model.ts";
import type { Scenario } from "#engine/scenario.ts";
import { verdictRank } from "#shared/verdict-text.ts";
import { runsHere, VERDICT_GROUPS, verdictGroup, type VerdictGroup } from "./verdict-group.ts";

/** One line of the list; no fit until the machine is known. */
export interface ModelRow {
  readonly model: Model;
  readonly fit: Fit | null;
}

export type GroupCounts = Readonly<Record<VerdictGroup, number>>;

/** Every model with its verdict, best first; inside a verdict the largest first, as the terminal sorts. */
export function modelRows(
  models: readonly Model[],
  machine: MachineReport | null,
  scenario: Scenario,
): readonly ModelRow[] {
  return models
    .map((model) => ({ model, fit: machine === null ? null : estimateFit(model, machine, scenario) }))
    .sort(compareRows);
}

/** Rows whose name, id, family or developer holds every word typed. */
export function rowsMatching(rows: readonly ModelRow[], text: string): readonly ModelRow[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return words.length === 0 ? rows : rows.filter((row) => words.every((word) => searchText(row).includes(word)));
}

/** Rows of the chosen verdicts; none chosen means all. */
export function rowsInGroups(
  rows: readonly ModelRow[],
  groups: ReadonlySet<VerdictGroup>,
): readonly ModelRow[] {
  return groups.size === 0
    ? rows
    : rows.filter(({ fit }) => fit !== null && groups.has(verdictGroup(fit.verdict)));
}

/** How many rows have each verdict. */
export function countGroups(rows: readonly ModelRow[]): GroupCounts {
  const counts = Object.fromEntries(VERDICT_GROUPS.map((group) => [group, 0])) as Record<VerdictGroup, number>; // every group is a key
  for (const { fit } of rows) {
    if (fit !== null) counts[verdictGroup(fit.verdict)] += 1;
  }
  return counts;
}

/** How many of them run on this machine one way or another. */
export function runningCount(counts: GroupCounts): number {
  return VERDICT_GROUPS.filter(runsHere).reduce((sum, group) => sum + counts[group], 0);
}

function searchText({ model }: ModelRow): string {
  return [model.name, model.id, model.family, model.developer].join(" ").toLowerCase();
}

function compareRows(one: ModelRow, other: ModelRow): number {
  return rank(one) - rank(other) || sizeOrder(other) - sizeOrder(one) || one.model.name.localeCompare(other.model.name, "en");
}

function rank({ fit }: ModelRow): number {
  return fit === null ? 0 : verdictRank(fit.verdict);
}

/** Models of unknown size come last in their verdict. */
function sizeOrder({ model }: ModelRow): number {
  return isKnown(model.parameterCount) ? model.parameterCount.value : -1;
}
