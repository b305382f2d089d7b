import type { Difference } from "#advice/difference.ts";
import { downloadBytes, hasEvidence, memoryBytes, type Option } from "#advice/option.ts";
import type { Alternative, Role } from "#advice/picks/roles.ts";
import type { RankedChange } from "#advice/reasons/change-cost.ts";
import type { PublishedQuality } from "#advice/quality/published-quality.ts";
import type { Task } from "#advice/task.ts";
import type { QualityEstimate } from "#engine/quality.ts";
import { changeEffect, changeText } from "./change-text.ts";
import { formatContext, formatFileSize, formatMemory } from "./format.ts";
import { noEvidenceText, qualityText } from "./quality-text.ts";
import { speedCellText } from "./speed-text.ts";

/** What a task is called on screen. */
export const ADVICE_TASK_LABELS: Record<Task, string> = {
  general: "general text",
  chat: "chat and instructions",
  code: "code",
  "mathematics-reasoning": "mathematics and reasoning",
  multilingual: "several languages",
  vision: "images",
  "long-documents": "long documents",
  "tool-use": "use of tools",
};

/** What an alternative is for. */
export const ROLE_LABELS: Record<Role, string> = {
  "best-quality": "best quality",
  fastest: "fastest",
  smallest: "smallest",
  "longest-context": "longest context",
  "permissive-licence": "freest licence",
  specialist: "specialist",
};

/** "58 (55 to 61)", or that nobody scored it: then no figure is shown. */
export function optionQualityText(option: Pick<Option, "quality">): string {
  return hasEvidence(option) ? qualityText(option.quality.net) : noEvidenceText();
}

/** The figures of an option in one line: "quality 65 (62 to 67), writes 27 to 41 tokens/s, takes 24.2 GiB, download 24.7 GB". */
export function optionText(option: Option): string {
  const bytes = memoryBytes(option);
  const download = downloadBytes(option);
  return [
    hasEvidence(option)
      ? `quality ${optionQualityText(option)}${modeText(option)}`
      : `${noEvidenceText()} of quality at this task`,
    ...option.quality.languages.map(languageText),
    option.speed.kind === "known" ? `writes ${speedCellText(option.speed)} tokens/s` : "speed not known",
    ...(bytes === null ? [] : [`takes ${formatMemory(bytes)}${placeText(option)}`]),
    ...(download === null ? [] : [`download ${formatFileSize(download)}`]),
  ].join(", ");
}

/** How it answered when it was scored, where it has more than one way. */
function modeText({ quality: { task } }: Option): string {
  const mode = task.evidence.kind === "scored" ? task.evidence.entry.mode : "only";
  switch (mode) {
    case "only":
      return "";
    case "thinking":
      return " when it thinks first";
    case "thinking-max":
      return " when it thinks longest";
    case "non-thinking":
      return " without thinking";
  }
}

/** "French 61 (59 to 63)", or that nobody scored it in French. */
function languageText({ evidence, estimate }: PublishedQuality): string {
  const { language } = evidence;
  const name = language === null ? "" : languageName(language);
  return evidence.kind === "scored" ? `${name} ${qualityText(estimate)}` : `${noEvidenceText()} for ${name}`;
}

/** "french" as it is written. */
export function languageName(language: string): string {
  return `${language.charAt(0).toUpperCase()}${language.slice(1)}`;
}

function placeText({ fit: { placement } }: Option): string {
  switch (placement.kind) {
    case "expert-offload":
      return " with experts in RAM";
    case "layer-offload":
      return " with layers in RAM";
    case "cpu":
      return " in RAM";
    case "layer-split":
    case "tensor-parallel":
      return ` on ${placement.devices.filter(({ memoryKind }) => memoryKind !== "system").length} cards`;
    case "single":
    case "none":
      return "";
  }
}

/** "6.4 points lower (4.1 to 8.7)", or that they cannot be told apart. */
export function qualityGapText({ index, low, high }: QualityEstimate): string {
  if (low <= 0 && high >= 0) return "as good within the uncertainty";
  const [least, most] = [Math.abs(low), Math.abs(high)].sort((one, other) => one - other);
  const span = `${(least ?? 0).toFixed(1)} to ${(most ?? 0).toFixed(1)}`;
  return `${Math.abs(index).toFixed(1)} points ${index > 0 ? "better" : "lower"} (${span})`;
}

/** What one costs and gains against another, in one line; where either has no scores, nothing is said of quality. */
export function differenceText(difference: Difference, isQualityKnown: boolean): string {
  const { quality, speedFactor, isSpeedTie, memoryBytes: memory, downloadBytes: download } = difference;
  return [
    isQualityKnown ? qualityGapText(quality) : "no scores to compare",
    ...(speedFactor === null ? [] : [speedFactorText(speedFactor, isSpeedTie)]),
    ...(memory === null ? [] : [moreOrLess(memory, formatMemory, "memory")]),
    ...(download === null ? [] : [moreOrLess(download, formatFileSize, "to download")]),
  ].join(", ");
}

function speedFactorText(factor: number, isTie: boolean): string {
  return isTie
    ? "about as fast"
    : `${factor.toLocaleString("en-US", { maximumSignificantDigits: 2 })} × as fast`;
}

function moreOrLess(bytes: number, format: (bytes: number) => string, of: string): string {
  if (bytes === 0) return `as much ${of}`;
  return `${format(Math.abs(bytes))} ${bytes > 0 ? "more" : "less"} ${of}`;
}

/** One sentence of an alternative: its roles, and what it costs and gains against the best. */
export function alternativeText(
  { roles, option, versusBest, longestContext }: Alternative,
  best: Option,
): string {
  const labels = roles.map((role) => ROLE_LABELS[role]).join(", ");
  const context = longestContext === null ? "" : `; holds ${formatContext(longestContext)}`;
  const isKnown = hasEvidence(option) && hasEvidence(best);
  return `${labels}: ${differenceText(versusBest, isKnown)}${context}`;
}

/** A change and its price: "KV cache at q8_0: gains 1.2 GiB; costs hardly any quality (0.0 points)". */
export function rankedChangeText({ change, qualityPoints }: RankedChange): string {
  const isQuality = change.levers.some(({ kind }) => kind === "quantization" || kind === "kv-cache-type");
  const points =
    qualityPoints === null ? "not measured how much" : `${Math.max(0, qualityPoints).toFixed(1)} points`;
  return `${changeText(change)}: ${changeEffect(change)}${isQuality ? ` (${points})` : ""}`;
}
