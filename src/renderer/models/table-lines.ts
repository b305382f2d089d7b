import type { VerdictGroup } from "#engine/ranking.ts";
import type { ModelRow } from "./model-rows.ts";
import { groupedRows } from "./sorted-rows.ts";

/** One line of the list, as the eye and the keyboard go over them. The key is the line's own, whatever its place. */
export type Line =
  | {
      readonly kind: "model";
      readonly key: string;
      readonly group: VerdictGroup | null;
      readonly row: ModelRow;
    }
  | {
      readonly kind: "group";
      readonly key: string;
      readonly group: VerdictGroup;
      readonly count: number;
      readonly isFolded: boolean;
    };

/** The lines of a list without groups. */
export function plainLines(rows: readonly ModelRow[]): readonly Line[] {
  return rows.map((row) => ({ kind: "model", key: row.model.id, group: null, row }));
}

/** The lines of a list with groups: of a folded one only its heading. */
export function groupedLines(rows: readonly ModelRow[], folded: readonly VerdictGroup[]): readonly Line[] {
  return groupedRows(rows).flatMap(({ group, rows: own }): readonly Line[] => {
    const isFolded = folded.includes(group);
    const heading: Line = { kind: "group", key: `group ${group}`, group, count: own.length, isFolded };
    if (isFolded) return [heading];
    return [heading, ...own.map((row): Line => ({ kind: "model", key: row.model.id, group, row }))];
  });
}

/** A line that is in the page, and what space there is before it for those that are not. */
export interface PlacedLine {
  readonly line: Line;
  readonly index: number;
  readonly gapPx: number;
}

/** Lines of one group that are in the page; one section, of group null, where there are no groups. */
export interface Section {
  readonly group: VerdictGroup | null;
  readonly lines: readonly PlacedLine[];
}

/** Where a line lies, from the top of the first. */
export interface Place {
  readonly index: number;
  readonly start: number;
  readonly end: number;
}

/** What of the lines is in the page, by group, with the space between them. */
export function sectionsOf(lines: readonly Line[], places: readonly Place[]): readonly Section[] {
  const sections: { group: VerdictGroup | null; lines: PlacedLine[] }[] = [];
  let end = 0;
  for (const place of places) {
    const line = lines[place.index];
    if (line === undefined) continue;
    const placed = { line, index: place.index, gapPx: place.start - end };
    const last = sections.at(-1);
    if (last?.group === line.group) last.lines.push(placed);
    else sections.push({ group: line.group, lines: [placed] });
    end = place.end;
  }
  return sections;
}
