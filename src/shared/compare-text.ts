import { IN_LANGUAGE, type Cell, type Row } from "#advice/comparison/cell.ts";
import { commaText } from "#words/lists.ts";
import { say } from "#words/say.ts";
import { firstNamesText } from "./card-groups.ts";
import {
  formatContext,
  formatFileSize,
  formatMemory,
  formatParameterCount,
  formatRateRange,
  formatWaitRange,
} from "./format.ts";
import { toldText } from "./english/told-text.ts";
import { isLanguageName, languageName } from "./language-name.ts";
import { qualityText } from "./quality-text.ts";

const ROW_LABELS: Readonly<Record<string, () => string>> = {
  "quality-general": () => say("General"),
  "quality-chat": () => say("Chat"),
  "quality-code": () => say("Code"),
  "quality-mathematics-reasoning": () => say("Mathematics"),
  "quality-multilingual": () => say("Multilingual"),
  decode: () => say("Writes, tokens/s"),
  prefill: () => say("Reads, tokens/s"),
  "time-to-first-token": () => say("First token"),
  memory: () => say("Memory"),
  "memory-weights": () => `  ${say("weights")}`,
  "memory-kv-cache": () => `  ${say("KV cache, state")}`,
  "memory-other": () => `  ${say("buffers, overhead")}`,
  "longest-context": () => say("Context that fits"),
  download: () => say("Download"),
  parameters: () => say("Parameters"),
  "active-parameters": () => `  ${say("active")}`,
  "trained-context": () => say("Trained for"),
  licence: () => say("Commercial use"),
  released: () => say("Released"),
  modalities: () => say("Takes"),
  "languages-with-evidence": () => say("Languages scored"),
};

/** What a row is about; parts of the row above begin with two spaces. */
export function rowLabel({ id, promptLength }: Pick<Row, "id" | "promptLength">): string {
  if (promptLength !== null) return say("First token, prompt of {count, number}", { count: promptLength });
  if (id.startsWith(IN_LANGUAGE)) return languageName(id.slice(IN_LANGUAGE.length));
  return ROW_LABELS[id]?.() ?? id;
}

/** A cell in a few words. */
export function cellText({ unit, id }: Row, cell: Cell): string {
  switch (cell.kind) {
    case "quality":
      return qualityText(cell.estimate);
    case "no-evidence":
      return say("no evidence");
    case "range":
      return unit === "seconds" ? formatWaitRange(cell.range) : formatRateRange(cell.range);
    case "number":
      return numberText(unit, cell.value);
    case "words":
      return id === "languages-with-evidence"
        ? String(cell.words.length)
        : commaText(cell.words.map(wordText));
    case "licence":
      return say("{use, select, yes {allowed} no {no} conditional {conditions} other {not stated}}", {
        use: cell.licence.commercialUse,
      });
    case "missing":
      return id === "active-parameters" ? say("all") : say("not known");
  }
}

/** What a model takes, and languages, in the language that is spoken; months stay as they are. */
function wordText(word: string): string {
  switch (word) {
    case "text":
    case "image":
    case "audio":
    case "video":
      return say("{modality, select, text {text} image {image} audio {audio} other {video}}", {
        modality: word,
      });
    default:
      return isLanguageName(word) ? languageName(word) : word;
  }
}

/** What a group of rows is about. */
export function rowGroupLabel(group: Row["group"]): string {
  switch (group) {
    case "quality":
      return say("Quality, in points");
    case "speed":
      return say("Speed here");
    case "memory":
      return say("Memory and size");
    case "facts":
      return say("The model itself");
  }
}

/** What the few words of a cell leave out: the tests behind a quality, the licence's name, the languages by name. */
export function cellDetail(cell: Cell): string | null {
  switch (cell.kind) {
    case "quality":
      return say("from {tests}", { tests: firstNamesText(cell.benchmarkNames, MOST_TESTS) });
    case "licence":
      return cell.licence.note === null
        ? cell.licence.name
        : say("{name}: {text}", { name: cell.licence.name, text: toldText(cell.licence.note) });
    case "words":
      return cell.words.length < 2 ? null : commaText(cell.words.map(wordText));
    case "no-evidence":
    case "range":
    case "number":
    case "missing":
      return null;
  }
}

/** As many names of tests as a cell can show and a person will read. */
const MOST_TESTS = 6;

/** Why a cell has no value; null where it has one. A model without active parameters of their own lacks nothing. */
export function missingReason({ id }: Pick<Row, "id">, cell: Cell): string | null {
  return cell.kind === "missing" && id !== "active-parameters" ? toldText(cell.reason) : null;
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
