import type { Fit } from "#engine/fit.ts";
import type { MachineReport } from "#engine/machine.ts";
import type { Model } from "#engine/model.ts";
import { searchModels } from "#engine/model-search.ts";
import {
  compareModels,
  rankModels,
  runsHere,
  VERDICT_GROUPS,
  verdictGroup,
  type VerdictGroup,
} from "#engine/ranking.ts";
import type { Scenario } from "#engine/scenario.ts";
import { exceededContextLength } from "#shared/model-facts.ts";

/** One line of the list; no fit until the machine is known. */
export interface ModelRow {
  readonly model: Model;
  readonly fit: Fit | null;
}

export type GroupCounts = Readonly<Record<VerdictGroup, number>>;

/** Every model with its verdict, by verdict and size; by size alone until the machine is known. */
export function modelRows(
  models: readonly Model[],
  machine: MachineReport | null,
  scenario: Scenario,
): readonly ModelRow[] {
  if (machine !== null) return rankModels(models, machine, scenario);
  return [...models].sort(compareModels).map((model) => ({ model, fit: null }));
}

/** Rows of the models that are meant by what is typed, in the order they have. */
export function rowsMatching(rows: readonly ModelRow[], text: string): readonly ModelRow[] {
  if (text.trim() === "") return rows;
  const models = rows.map(({ model }) => model);
  const found = new Set(searchModels(models, text));
  return rows.filter(({ model }) => found.has(model));
}

/** Rows of the chosen verdicts; none chosen means all. */
export function rowsInGroups(
  rows: readonly ModelRow[],
  groups: readonly VerdictGroup[],
): readonly ModelRow[] {
  return groups.length === 0
    ? rows
    : rows.filter(({ fit }) => fit !== null && groups.includes(verdictGroup(fit.verdict)));
}

/** How many rows have each verdict. */
export function countGroups(rows: readonly ModelRow[]): GroupCounts {
  const counts = Object.fromEntries(VERDICT_GROUPS.map((group) => [group, 0])) as Record<
    VerdictGroup,
    number
  >; // every group is a key
  for (const { fit } of rows) {
    if (fit !== null) counts[verdictGroup(fit.verdict)] += 1;
  }
  return counts;
}

/** How many of them run on this machine one way or another. */
export function runningCount(counts: GroupCounts): number {
  return VERDICT_GROUPS.filter(runsHere).reduce((sum, group) => sum + counts[group], 0);
}

/** Of those, the ones that were trained for less context than is asked for: they run, and answer worse and worse. */
export function beyondTrainedCount(rows: readonly ModelRow[], scenario: Scenario): number {
  return rows.filter(
    ({ model, fit }) =>
      fit !== null && runsHere(verdictGroup(fit.verdict)) && exceededContextLength(model, scenario) !== null,
  ).length;
}
