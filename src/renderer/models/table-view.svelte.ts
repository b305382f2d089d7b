import type { KeptOrder } from "./kept-order.ts";
import type { VerdictGroup } from "#engine/ranking.ts";

/** What the list can show of a model beside its name, in the order of the columns. */
export const COLUMNS = [
  "verdict",
  "quantization",
  "memory",
  "speed",
  "quality",
  "parameters",
  "active",
  "context",
  "fitting",
  "licence",
  "released",
  "developer",
] as const;

export type Column = (typeof COLUMNS)[number];

/** Columns of what the catalog says, whatever the machine. */
export type FactColumn = Exclude<
  Column,
  "verdict" | "quantization" | "memory" | "speed" | "quality" | "fitting"
>;

/** What a list can be sorted by. */
export type SortKey = Column | "model";

export const SORT_KEYS: readonly SortKey[] = ["model", ...COLUMNS];

export interface Sort {
  readonly key: SortKey;
  readonly isDescending: boolean;
}

const SHOWN_AT_FIRST: readonly Column[] = [
  "verdict",
  "quantization",
  "memory",
  "speed",
  "quality",
  "parameters",
  "licence",
];

/** Of these more is better, or at least more interesting. */
const DESCENDING_AT_FIRST: readonly SortKey[] = [
  "speed",
  "quality",
  "parameters",
  "active",
  "context",
  "fitting",
  "released",
];

/** How the list is shown, and what of it: a person's choice, which has nothing to do with the models in it. */
export class TableView {
  /** Only models whose names hold these words. */
  filterText = $state("");
  /** Only these verdicts; none: all. */
  groups = $state.raw<readonly VerdictGroup[]>([]);
  /** Null: best first. */
  sort = $state.raw<Sort | null>(null);
  columns = $state.raw<readonly Column[]>(SHOWN_AT_FIRST);
  isGrouped = $state(false);
  /** What the list has on the screen; it gives up columns where there is no room. */
  widthRem = $state(Infinity);
  /** How the list stood at the last start; null: it is not kept. */
  keptOrder: KeptOrder | null = null;
  /** Groups that are folded. */
  folded = $state.raw<readonly VerdictGroup[]>([]);

  /** As it was kept or sent. */
  take(kept: Pick<TableView, "filterText" | "groups" | "sort" | "columns" | "isGrouped">): void {
    this.filterText = kept.filterText;
    this.groups = kept.groups;
    this.sort = kept.sort;
    this.columns = kept.columns;
    this.isGrouped = kept.isGrouped;
  }

  /** The first time the way that people mean, the second the other, the third best first again. */
  sortBy(key: SortKey): void {
    const descendsFirst = DESCENDING_AT_FIRST.includes(key);
    if (this.sort?.key !== key) this.sort = { key, isDescending: descendsFirst };
    else if (this.sort.isDescending === descendsFirst) this.sort = { key, isDescending: !descendsFirst };
    else this.sort = null;
  }

  /** In their own order, whatever the order they are chosen in. */
  toggleColumn(column: Column): void {
    const isShown = this.columns.includes(column);
    this.columns = COLUMNS.filter((each) => (each === column ? !isShown : this.columns.includes(each)));
  }

  toggleFolded(group: VerdictGroup): void {
    this.folded = this.folded.includes(group)
      ? this.folded.filter((each) => each !== group)
      : [...this.folded, group];
  }

  toggleGroup(group: VerdictGroup): void {
    this.groups = this.groups.includes(group)
      ? this.groups.filter((chosen) => chosen !== group)
      : [...this.groups, group];
  }

  showEverything(): void {
    this.groups = [];
    this.filterText = "";
  }
}
