import type { Comparison } from "#advice/compare.ts";
import type { Cell, Row } from "#advice/comparison/cell.ts";
import {
  formatContext,
  formatFileSize,
  formatMemory,
  formatParameterCount,
  formatRateRange,
  formatWaitRange,
} from "#shared/format.ts";
import { NO_EVIDENCE_TEXT, qualityText } from "#shared/quality-text.ts";
import { indented, section, type Screen } from "./recommend-lines.ts";

const ROW_LABELS: Readonly<Record<string, string>> = {
  "quality-general": "General",
  "quality-chat": "Chat",
  "quality-code": "Code",
  "quality-mathematics-reasoning": "Mathematics",
  "quality-multilingual": "Multilingual",
  decode: "Writes, tokens/s",
  prefill: "Reads, tokens/s",
  "time-to-first-token": "First token after",
  memory: "Memory",
  "memory-weights": "  weights",
  "memory-kv-cache": "  KV cache, state",
  "memory-other": "  buffers, overhead",
  "longest-context": "Longest here",
  download: "Download",
  parameters: "Parameters",
  "active-parameters": "  active",
  "trained-context": "Trained for",
  licence: "Commercial use",
  released: "Released",
  modalities: "Takes",
  "languages-with-evidence": "Languages scored",
};

const COMMERCIAL_USE = {
  yes: "allowed",
  no: "no",
  conditional: "conditions",
  unknown: "not stated",
} as const;

const LABEL_WIDTH = 20;
const GAP = 2;
const LEAST_CELL_WIDTH = 14;
const BEST_MARK = "*";

/** Rows under the subjects' names; as many subjects side by side as the terminal is wide, the rest below. */
export function compareLines(comparison: Comparison, screen: Screen): readonly string[] {
  const { subjects, rows } = comparison;
  const texts = rows.map((row) => row.cells.map((cell, index) => markedText(row, cell, index)));
  const widths = subjects.map(({ label }, index) =>
    Math.max(LEAST_CELL_WIDTH, label.length, ...texts.map((cells) => cells[index]?.length ?? 0)),
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
      ...rows.map((row, rowIndex) =>
        line(
          ROW_LABELS[row.id] ?? row.id,
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

function markedText(row: Row, cell: Cell, index: number): string {
  const text = cellText(row, cell);
  return row.best === index ? `${text} ${BEST_MARK}` : text;
}

function cellText({ unit, id }: Row, cell: Cell): string {
  switch (cell.kind) {
    case "quality":
      return qualityText(cell.estimate);
    case "no-evidence":
      return NO_EVIDENCE_TEXT;
    case "range":
      return unit === "seconds" ? formatWaitRange(cell.range) : formatRateRange(cell.range);
    case "number":
      return numberText(unit, cell.value);
    case "words":
      return id === "languages-with-evidence" ? String(cell.words.length) : cell.words.join(", ");
    case "licence":
      return COMMERCIAL_USE[cell.licence.commercialUse];
    case "missing":
      return id === "active-parameters" ? "all" : "not known";
  }
}

function numberText(unit: Row["unit"], value: number): string {
  switch (unit) {
    case "bytes":
      return formatMemory(value);
    case "download-bytes":
      return formatFileSize(value);
    case "parameters":
      return formatParameterCount(value);
    case "tokens":
      return formatContext(value);
    case "points":
    case "tokens-per-second":
    case "seconds":
    case "text":
      return String(value);
  }
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
