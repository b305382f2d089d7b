import type { Cell, Row } from "#advice/comparison/cell.ts";
import {
  formatContext,
  formatFileSize,
  formatMemory,
  formatParameterCount,
  formatRateRange,
  formatWaitRange,
} from "./format.ts";
import { NO_EVIDENCE_TEXT, qualityText } from "./quality-text.ts";

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
