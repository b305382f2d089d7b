import { isKnown } from "#engine/fact.ts";
import { QUANTIZATION_LADDER } from "#engine/quantization.ts";
import { bestFirst, VERDICT_GROUPS, type VerdictGroup, verdictGroup } from "#engine/ranking.ts";
import type { IdleFigures } from "./idle-work.ts";
import type { KeptOrder } from "./kept-order.ts";
import type { ModelRow } from "./model-rows.ts";
import type { Sort, SortKey } from "./table-view.svelte.ts";

/** What rows are sorted by that is not in them. */
export interface SortFacts {
  /** By model id, of a column whose values take long; see `slow-columns.ts`. */
  readonly slow: IdleFigures;
  /** Index points; null where nobody published a score. */
  readonly qualityOf: (row: ModelRow) => number | null;
  /** Stands in for qualities while they are read; null where they are known, or there will be none. */
  readonly keptOrder?: KeptOrder | null;
}

/**
 * The rows in the order that a person asked for, best first where none was. What is not known comes last in either
 * direction; of equals the better comes first.
 */
export function sortedRows(
  rows: readonly ModelRow[],
  sort: Sort | null,
  facts: SortFacts,
): readonly ModelRow[] {
  const best =
    facts.keptOrder == null
      ? bestFirst(rows, facts.qualityOf)
      : bestFirst(facts.keptOrder.inOrder(rows), () => null);
  if (sort === null) return best;
  const keyed = best.map((row, index) => ({ row, index, value: valueOf(row, sort.key, facts) }));
  const direction = sort.isDescending ? -1 : 1;
  keyed.sort((one, other) => {
    if (one.value === null || other.value === null)
      return Number(one.value === null) - Number(other.value === null) || one.index - other.index;
    return direction * compare(one.value, other.value) || one.index - other.index;
  });
  return keyed.map(({ row }) => row);
}

function compare(one: number | string, other: number | string): number {
  return typeof one === "number" && typeof other === "number"
    ? one - other
    : String(one).localeCompare(String(other), "en", { numeric: true });
}

function valueOf(row: ModelRow, key: SortKey, { slow, qualityOf }: SortFacts): number | string | null {
  const { model, fit } = row;
  switch (key) {
    case "model":
      return model.name;
    case "verdict":
      return fit === null ? null : VERDICT_GROUPS.indexOf(verdictGroup(fit.verdict));
    case "quantization":
      return fit?.quantization == null ? null : ladderIndex(fit.quantization);
    case "memory":
      return fit?.memory?.totalBytes ?? null;
    case "speed":
    case "fitting":
      return slow.get(model.id) ?? null;
    case "quality":
      return qualityOf(row);
    case "parameters":
      return isKnown(model.parameterCount) ? model.parameterCount.value : null;
    case "active":
      return isKnown(model.activeParameterCount) ? model.activeParameterCount.value : null;
    case "context":
      return isKnown(model.trainedContextLength) ? model.trainedContextLength.value : null;
    case "licence":
      return isKnown(model.licence) ? model.licence.value.name : null;
    case "released":
      return isKnown(model.releaseMonth) ? model.releaseMonth.value : null;
    case "developer":
      return model.developer;
  }
}

/** The finest first; one that is on no ladder, as a file of one's own may be, by its name after them. */
function ladderIndex(quantization: string): number {
  const index = QUANTIZATION_LADDER.findIndex((name) => name === quantization);
  return index < 0 ? QUANTIZATION_LADDER.length : index;
}

/** The rows of each verdict that has any, best verdict first. */
export function groupedRows(
  rows: readonly ModelRow[],
): readonly { readonly group: VerdictGroup; readonly rows: readonly ModelRow[] }[] {
  return VERDICT_GROUPS.map((group) => ({
    group,
    rows: rows.filter(({ fit }) => fit !== null && verdictGroup(fit.verdict) === group),
  })).filter((each) => each.rows.length > 0);
}
