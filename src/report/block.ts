/** A report as things to read, one after the other: what HTML and Markdown have in common. */
export interface Document {
  readonly title: string;
  /** Under the title: the day and the versions. */
  readonly subtitle: string;
  readonly sections: readonly Section[];
}

export interface Section {
  /** Unique within the document: a link leads there. */
  readonly id: string;
  readonly title: string;
  readonly blocks: readonly Block[];
  readonly sections: readonly Section[];
}

export type Block =
  | { readonly kind: "paragraph"; readonly text: string }
  | { readonly kind: "lead"; readonly text: string }
  | { readonly kind: "heading"; readonly text: string }
  | { readonly kind: "list"; readonly items: readonly string[] }
  | { readonly kind: "links"; readonly addresses: readonly string[] }
  | { readonly kind: "code"; readonly label: string; readonly language: string; readonly text: string }
  | Table
  | BarChart
  | RangeChart;

export interface Table {
  readonly kind: "table";
  readonly caption: string;
  readonly columns: readonly Column[];
  /** The first cell of a row names it. */
  readonly rows: readonly (readonly string[])[];
}

export interface Column {
  readonly heading: string;
  readonly align: "start" | "end";
}

/** Parts of a whole, a bar each; a table with the same figures stands beside it. */
export interface BarChart {
  readonly kind: "bars";
  readonly title: string;
  /** What is to be seen, for who does not see it. */
  readonly description: string;
  readonly bars: readonly Bar[];
}

export interface Bar {
  readonly label: string;
  readonly parts: readonly { readonly key: string; readonly label: string; readonly size: number }[];
}

/** Intervals on one scale. */
export interface RangeChart {
  readonly kind: "ranges";
  readonly title: string;
  readonly description: string;
  readonly unit: string;
  /** False where the scale may begin above 0. */
  readonly isFromZero: boolean;
  readonly rows: readonly {
    readonly label: string;
    readonly low: number;
    readonly mid: number;
    readonly high: number;
    readonly text: string;
  }[];
}

/** A section without sections of its own. */
export function section(id: string, title: string, blocks: readonly Block[]): Section {
  return { id, title, blocks, sections: [] };
}

/** A list, where there is anything in it. */
export function listOf(items: readonly string[]): readonly Block[] {
  return items.length === 0 ? [] : [{ kind: "list", items }];
}

/** A small heading and a list under it, where there is anything in it. */
export function titledList(title: string, items: readonly string[]): readonly Block[] {
  return items.length === 0 ? [] : [{ kind: "heading", text: title }, ...listOf(items)];
}
