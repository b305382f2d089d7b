import { formatMemory } from "#shared/format.ts";
import type { ReportChange } from "./change.ts";
import { sentenceCase } from "./sentence-case.ts";

type VerdictChange = Extract<ReportChange, { kind: "verdict" }>;

/** All changes, a sentence each; verdicts that changed alike are one. */
export function changeSentences(changes: readonly ReportChange[]): readonly string[] {
  const alike = new Map<string, VerdictChange[]>();
  for (const change of changes) {
    if (change.kind !== "verdict") continue;
    const key = `${change.beforeText}\n${change.afterText}`;
    alike.set(key, [...(alike.get(key) ?? []), change]);
  }
  return [
    ...changes.filter(({ kind }) => kind !== "verdict").map(changeSentence),
    ...[...alike.values()].map(verdictsSentence),
  ];
}

function verdictsSentence(changes: readonly VerdictChange[]): string {
  const [first] = changes;
  if (first === undefined || changes.length === 1) return changes.map(changeSentence).join("");
  const names = namesText(changes.map(({ modelName }) => modelName));
  return `${sentenceCase(first.beforeText)}, now ${first.afterText} (${changes.length}): ${names}.`;
}

/** A change as a sentence, with both values. */
export function changeSentence(change: ReportChange): string {
  switch (change.kind) {
    case "fitment-version":
      return `Fitment ${change.before} is now ${change.after}.`;
    case "catalog-date":
      return `The catalog was of ${change.before ?? "an unknown day"} and is of ${change.after ?? "an unknown day"}.`;
    case "question":
      return `Something else was asked, so picks and verdicts differ for that, too. Then: ${change.before.join(" ")} Now: ${change.after.join(" ")}`;
    case "accelerator-added":
      return `${change.name} is new.`;
    case "accelerator-removed":
      return `${change.name} is gone.`;
    case "driver":
      return `Driver of ${change.name}: ${change.before ?? "not known"}, now ${change.after ?? "not known"}.`;
    case "memory-total":
      return `${change.name}: ${memoryText(change.beforeBytes)} of memory, now ${memoryText(change.afterBytes)}.`;
    case "memory-free":
      return `${change.name}: ${memoryText(change.beforeBytes)} free, now ${memoryText(change.afterBytes)}.`;
    case "models-added":
      return `${modelsText(change.modelNames)} new in the catalog: ${namesText(change.modelNames)}.`;
    case "models-removed":
      return `${modelsText(change.modelNames)} no longer in the catalog: ${namesText(change.modelNames)}.`;
    case "verdict":
      return `${change.modelName}: ${change.beforeText}, now ${change.afterText}.`;
    case "pick":
      return pickSentence(change);
  }
}

function pickSentence({ role, before, after }: Extract<ReportChange, { kind: "pick" }>): string {
  const name = sentenceCase(role);
  if (before === null) return `${name}: ${after ?? ""}, where nothing was before.`;
  return after === null
    ? `${name}: nothing any more; it was ${before}.`
    : `${name}: ${before}, now ${after}.`;
}

const MOST_NAMES = 20;

function namesText(names: readonly string[]): string {
  const more = names.length - MOST_NAMES;
  return `${names.slice(0, MOST_NAMES).join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}

function modelsText({ length }: readonly string[]): string {
  return length === 1 ? "1 model is" : `${length} models are`;
}

function memoryText(bytes: number | null): string {
  return bytes === null ? "not known" : formatMemory(bytes);
}
