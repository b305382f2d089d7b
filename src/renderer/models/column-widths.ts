import { COLUMNS, type Column, type TableView } from "./table-view.svelte.ts";

/** In rem, where there is room and where there is little. */
const WIDTHS_REM: Readonly<Record<Column, readonly [wide: number, narrow: number]>> = {
  verdict: [12.5, 11],
  quantization: [8.75, 8.75],
  memory: [15.5, 11],
  speed: [7, 7],
  quality: [8.5, 8.5],
  parameters: [7.75, 7.75],
  active: [9, 9],
  context: [8.5, 8.5],
  fitting: [8.5, 8.5],
  licence: [11, 11],
  released: [7, 7],
  developer: [10, 9],
};

/** The model's name has no less. */
const NAME_REM = [13, 12.25] as const;

/** What gives way last. */
const MOST_WANTED: readonly Column[] = [
  "verdict",
  "memory",
  "speed",
  "quantization",
  "quality",
  "parameters",
  "licence",
  "fitting",
  "context",
  "active",
  "released",
  "developer",
];

/**
 * Below this there is no room for the four most wanted, and the list has no columns: each model is a block of lines with
 * these. The style sheets ask for the same of what holds the list, with its borders.
 */
export const BLOCK_REM = 50;
const IN_BLOCKS: readonly Column[] = ["verdict", "quantization", "memory", "speed", "quality"];

/** The columns of those chosen that a list of that width holds, with the width of each, rem; the one sorted by is one. */
export function columnsThatFit({
  columns: chosen,
  widthRem,
  sort,
}: Pick<TableView, "columns" | "widthRem" | "sort">): readonly {
  readonly column: Column;
  readonly widthRem: number;
}[] {
  if (widthRem < BLOCK_REM)
    return sized(
      chosen.filter((column) => IN_BLOCKS.includes(column)),
      0,
    );
  const wanted = [...MOST_WANTED]
    .sort((one, other) => Number(other === sort?.key) - Number(one === sort?.key))
    .filter((column) => chosen.includes(column));
  if (needRem(wanted, 0) <= widthRem) return sized(wanted, 0);
  let kept = wanted;
  while (kept.length > 1 && needRem(kept, 1) > widthRem) kept = kept.slice(0, -1);
  return sized(kept, 1);
}

function needRem(columns: readonly Column[], narrowness: 0 | 1): number {
  const widths = columns.map((column) => WIDTHS_REM[column][narrowness]);
  return widths.reduce((sum, width) => sum + width, NAME_REM[narrowness]);
}

function sized(
  columns: readonly Column[],
  narrowness: 0 | 1,
): readonly { readonly column: Column; readonly widthRem: number }[] {
  return COLUMNS.filter((column) => columns.includes(column)).map((column) => ({
    column,
    widthRem: WIDTHS_REM[column][narrowness],
  }));
}
