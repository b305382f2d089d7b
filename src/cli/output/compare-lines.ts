import type { Comparison } from "#advice/compare.ts";
import type { Row } from "#advice/comparison/cell.ts";
import type { Compared } from "#advice/comparison/subject.ts";
import { cellText, rowLabel } from "#shared/compare-text.ts";
import { indented, section, type Screen } from "./recommend-lines.ts";

const LABEL_WIDTH = 26;
const GAP = 2;
const LEAST_CELL_WIDTH = 14;
const BEST_MARK = "*";

/** Rows under the subjects' names; as many subjects side by side as the terminal is wide, the rest below. */
export function compareLines(comparison: Comparison, screen: Screen): readonly string[] {
  const { subjects, rows } = comparison;
  const texts = rows.map(markedTexts);
  const packings = subjects.map(packingText);
  const widths = subjects.map(({ label }, index) =>
    Math.max(
      LEAST_CELL_WIDTH,
      label.length,
      packings[index]?.length ?? 0,
      ...texts.map((cells) => cells[index]?.length ?? 0),
    ),
  );
  const blocks = blocksOf(widths, screen.width);
  return [
    ...blocks.flatMap((block, number) => [
      ...(number === 0 ? [] : [""]),
      screen.style(
        "bold",
        line(
          "",
          block.map((index) => subjects[index]?.label ?? ""),
          block.map((index) => widths[index] ?? 0),
        ),
      ),
      line(
        "Quantization",
        block.map((index) => packings[index] ?? ""),
        block.map((index) => widths[index] ?? 0),
      ),
      ...rows.map((row, rowIndex) =>
        line(
          rowLabel(row),
          block.map((index) => texts[rowIndex]?.[index] ?? ""),
          block.map((index) => widths[index] ?? 0),
        ),
      ),
    ]),
    "",
    ...indented(
      `${BEST_MARK} better than every other by more than the uncertainty. Quality in index points after what the packing loses, with the 80 % interval.`,
      0,
      screen,
    ),
    ...testLines(comparison, screen),
    ...licenceLines(comparison, screen),
  ];
}

function line(label: string, cells: readonly string[], widths: readonly number[]): string {
  const padded = cells.map((cell, index) => cell.padEnd(widths[index] ?? 0));
  return [label.padEnd(LABEL_WIDTH), ...padded].join(" ".repeat(GAP)).trimEnd();
}

/** Subjects that fit beside each other, at least one a block. */
function blocksOf(widths: readonly number[], width: number | null): readonly (readonly number[])[] {
  const blocks: number[][] = [];
  let room = 0;
  widths.forEach((cell, index) => {
    const last = blocks.at(-1);
    if (last === undefined || room < cell + GAP) {
      blocks.push([index]);
      room = (width ?? Infinity) - LABEL_WIDTH - GAP - cell;
    } else {
      last.push(index);
      room -= cell + GAP;
    }
  });
  return blocks;
}

/** The best is marked unless another cell reads the same: what differs is then too small to show. */
function markedTexts(row: Row): readonly string[] {
  const texts = row.cells.map((cell) => cellText(row, cell));
  return texts.map((text, index) => {
    const isAlone = texts.filter((other) => other === text).length === 1;
    return row.best === index && isAlone ? `${text} ${BEST_MARK}` : text;
  });
}

/** What all figures of a subject are for. */
function packingText({ quantization, option }: Compared): string {
  if (quantization === null) return "not known";
  return option === null ? `${quantization}, not held` : quantization;
}

const MOST_TESTS = 6;

/** The tests behind each subject's quality, by name. */
function testLines({ subjects, rows }: Comparison, screen: Screen): readonly string[] {
  const texts = subjects.flatMap(({ label }, index) => {
    const names = rows.flatMap(({ cells }) => {
      const cell = cells[index];
      return cell?.kind === "quality" ? cell.benchmarkNames : [];
    });
    const unique = [...new Set(names)];
    const more = unique.length > MOST_TESTS ? ` and ${unique.length - MOST_TESTS} more` : "";
    return unique.length === 0 ? [] : [`${label}: ${unique.slice(0, MOST_TESTS).join(", ")}${more}`];
  });
  return section("Quality rests on", texts, screen);
}

function licenceLines({ subjects, rows }: Comparison, screen: Screen): readonly string[] {
  const licences = rows.find(({ id }) => id === "licence")?.cells ?? [];
  const texts = subjects.flatMap(({ label }, index) => {
    const cell = licences[index];
    if (cell?.kind !== "licence") return [];
    const { name, note } = cell.licence;
    return [`${label}: ${name}${note === null ? "" : ` (${note})`}`];
  });
  return section("Licences", texts, screen);
}
