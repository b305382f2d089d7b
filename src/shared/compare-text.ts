import type { Cell, Row } from "#advice/comparison/cell.ts";
import {
  formatContext,
  formatFileSize,
  formatMemory,
  formatParameterCount,
  formatRateRange,
  formatWaitRange,
} from "./format.ts";
import { noEvidenceText, qualityText } from "./quality-text.ts";

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

/** What a row is about; parts of the row above begin with two spaces. */
export function rowLabel({ id }: Pick<Row, "id">): string {
  return ROW_LABELS[id] ?? id;
}

/** A cell in a few words. */
export function cellText({ unit, id }: Row, cell: Cell): string {
  switch (cell.kind) {
    case "quality":
      return qualityText(cell.estimate);
    case "no-evidence":
      return noEvidenceText();
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

/** What a group of rows is about. */
export const ROW_GROUP_LABELS: Readonly<Record<Row["group"], string>> = {
  quality: "Quality, in points",
  speed: "Speed here",
  memory: "Memory and size",
  facts: "The model itself",
};

/** What the few words of a cell leave out: the tests behind a quality, the licence's name, the languages by name. */
export function cellDetail(cell: Cell): string | null {
  switch (cell.kind) {
    case "quality":
      return `from ${firstNames(cell.benchmarkNames)}`;
    case "licence":
      return cell.licence.note === null ? cell.licence.name : `${cell.licence.name}: ${cell.licence.note}`;
    case "words":
      return cell.words.length < 2 ? null : cell.words.join(", ");
    case "no-evidence":
    case "range":
    case "number":
    case "missing":
      return null;
  }
}

/** As many names of tests as a cell can show and a person will read. */
const MOST_TESTS = 6;

function firstNames(names: readonly string[]): string {
  const rest = names.length - MOST_TESTS;
  return `${names.slice(0, MOST_TESTS).join(", ")}${rest > 0 ? ` and ${rest} more` : ""}`;
}

/** Why a cell has no value; null where it has one. A model without active parameters of their own lacks nothing. */
export function missingReason({ id }: Pick<Row, "id">, cell: Cell): string | null {
  return cell.kind === "missing" && id !== "active-parameters" ? cell.reason : null;
}

/** Rows in which the subjects differ, and those in which all cells read the same: there is nothing to choose by. */
export function rowsByDifference(rows: readonly Row[]): {
  readonly differing: readonly Row[];
  readonly alike: readonly Row[];
} {
  const isAlike = (row: Row): boolean => new Set(row.cells.map((cell) => cellText(row, cell))).size <= 1;
  return { differing: rows.filter((row) => !isAlike(row)), alike: rows.filter(isAlike) };
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
