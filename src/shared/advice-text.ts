import type { Difference } from "#advice/difference.ts";
import {
  asPacked,
  downloadBytes,
  hasEvidence,
  isScored,
  memoryBytes,
  type Option,
  type OptionQuality,
} from "#advice/option.ts";
import type { Alternative, Role } from "#advice/picks/roles.ts";
import type { RankedChange } from "#advice/reasons/change-cost.ts";
import type { Task } from "#advice/task.ts";
import type { QualityEstimate } from "#engine/quality.ts";
import { isPlainer } from "#advice/picks/plainer.ts";
import { commaText } from "#words/lists.ts";
import { fixedText, numberText } from "#words/numbers.ts";
import { say } from "#words/say.ts";
import { changeEffect, changeText } from "./change-text.ts";
import { formatContext, formatFileSize, formatMemory } from "./format.ts";
import { languageName } from "./language-name.ts";
import { qualityText } from "./quality-text.ts";
import { speedCellText } from "./speed-text.ts";

/** What a task is called on screen. */
export function adviceTaskLabel(task: Task): string {
  switch (task) {
    case "general":
      return say("general text");
    case "chat":
      return say("chat and instructions");
    case "code":
      return say("code");
    case "mathematics-reasoning":
      return say("mathematics and reasoning");
    case "multilingual":
      return say("several languages");
    case "vision":
      return say("images");
    case "long-documents":
      return say("long documents");
    case "tool-use":
      return say("use of tools");
  }
}

/** As many names of models that tie as are read. */
export const MOST_TIES = 5;

/** What each kind of alternative is for. */
export function roleLabels(): Readonly<Record<Role, string>> {
  return {
    "best-quality": say("best quality"),
    fastest: say("fastest of the good ones"),
    smallest: say("smallest of the good ones"),
    "longest-context": say("longest context without offload"),
    "permissive-licence": say("freest licence"),
    specialist: say("specialist"),
  };
}

/** "best quality, fastest": all that an alternative is for. */
export function rolesText({ roles }: Pick<Alternative, "roles">): string {
  const labels = roleLabels();
  return commaText(roles.map((role) => labels[role]));
}

/** The figures of an option in one line: "quality 65 (62 to 67), writes 27 to 41 tokens/s, takes 24.2 GiB, download 24.7 GB". */
export function optionText(option: Option): string {
  const bytes = memoryBytes(option);
  const download = downloadBytes(option);
  return commaText([
    hasEvidence(option) ? scoredText(option) : say("no evidence of quality at this task"),
    ...languageTexts(option.quality),
    option.speed.kind === "known"
      ? say("writes {rate} tokens/s", { rate: speedCellText(option.speed) })
      : say("speed not known"),
    ...(bytes === null ? [] : [takesText(option, formatMemory(bytes))]),
    ...(download === null ? [] : [say("download {size}", { size: formatFileSize(download) })]),
  ]);
}

/** At the task alone, with how it answered when it was scored, where it has more than one way. */
function scoredText({ quality: { task, loss } }: Option): string {
  const quality = qualityText(asPacked(task.estimate, loss));
  const { evidence } = task;
  switch (evidence.kind === "scored" ? evidence.entry.mode : "only") {
    case "only":
      return say("quality {quality}", { quality });
    case "thinking":
      return say("quality {quality} when it thinks first", { quality });
    case "thinking-max":
      return say("quality {quality} when it thinks longest", { quality });
    case "non-thinking":
      return say("quality {quality} without thinking", { quality });
  }
}

/** "French 61 (59 to 63)", or that nobody scored it in French. */
function languageTexts({ languages, loss }: OptionQuality): readonly string[] {
  return languages.map(({ evidence, estimate }) => {
    const language = evidence.language === null ? "" : languageName(evidence.language);
    return evidence.kind === "scored"
      ? say("{language} {quality}", { language, quality: qualityText(asPacked(estimate, loss)) })
      : say("no evidence for {language}", { language });
  });
}

/** Which figures the one quality is the weakest of; null where it is the only one, or one is missing. */
export function weakestOfText(quality: OptionQuality): string | null {
  const { task, languages } = quality;
  if (languages.length === 0 || task.evidence.language !== null || !isScored({ quality })) return null;
  const atTask = say("at the task {quality}", {
    quality: qualityText(asPacked(task.estimate, quality.loss)),
  });
  return say("The one whose range begins lowest counts: {figures}.", {
    figures: commaText([atTask, ...languageTexts(quality)]),
  });
}

function takesText({ fit: { placement } }: Option, memory: string): string {
  switch (placement.kind) {
    case "expert-offload":
      return say("takes {memory} with experts in RAM", { memory });
    case "layer-offload":
      return say("takes {memory} with layers in RAM", { memory });
    case "cpu":
      return say("takes {memory} in RAM", { memory });
    case "layer-split":
    case "tensor-parallel":
      return say("takes {memory} on {count, plural, one {# card} other {# cards}}", {
        memory,
        count: placement.devices.filter(({ memoryKind }) => memoryKind !== "system").length,
      });
    case "single":
    case "none":
      return say("takes {memory}", { memory });
  }
}

/** "6.4 points lower (4.1 to 8.7)", or that they cannot be told apart. */
export function qualityGapText({ index, low, high }: QualityEstimate): string {
  if (low <= 0 && high >= 0) return say("as good within the uncertainty");
  const [least = 0, most = 0] = [Math.abs(low), Math.abs(high)].sort((one, other) => one - other);
  const values = {
    points: fixedText(Math.abs(index), 1),
    least: fixedText(least, 1),
    most: fixedText(most, 1),
  };
  return index > 0
    ? say("{points} points better ({least} to {most})", values)
    : say("{points} points lower ({least} to {most})", values);
}

/** What one costs and gains against another, in one line; where either has no scores, nothing is said of quality. */
export function differenceText(difference: Difference, isQualityKnown: boolean): string {
  const { quality, speedFactor, isSpeedTie, memoryBytes: memory, downloadBytes: download } = difference;
  return commaText([
    isQualityKnown ? qualityGapText(quality) : say("no scores to compare"),
    ...(speedFactor === null ? [] : [speedFactorText(speedFactor, isSpeedTie)]),
    ...(memory === null ? [] : [memoryChangeText(memory)]),
    ...(download === null ? [] : [downloadChangeText(download)]),
  ]);
}

function speedFactorText(factor: number, isTie: boolean): string {
  return isTie ? say("about as fast") : timesText(factor);
}

/** "1.8 × as fast", "4.2 × slower": never a number below one, which nobody reads at a glance. */
export function timesText(factor: number): string {
  const times = numberText(factor < 1 ? 1 / factor : factor, { maximumSignificantDigits: 2 });
  if (Number((factor < 1 ? 1 / factor : factor).toPrecision(2)) === 1) return say("about as fast");
  return factor < 1 ? say("{times} × slower", { times }) : say("{times} × as fast", { times });
}

function memoryChangeText(bytes: number): string {
  if (bytes === 0) return say("as much memory");
  const memory = formatMemory(Math.abs(bytes));
  return bytes > 0 ? say("{memory} more memory", { memory }) : say("{memory} less memory", { memory });
}

function downloadChangeText(bytes: number): string {
  if (bytes === 0) return say("as much to download");
  const size = formatFileSize(Math.abs(bytes));
  return bytes > 0 ? say("{size} more to download", { size }) : say("{size} less to download", { size });
}

/** What an alternative costs and gains against the best, and why it is not the pick with a higher figure of quality. */
export function againstBestText(alternative: Alternative, best: Option): string {
  const { option, versusBest, longestContext } = alternative;
  const difference = differenceText(versusBest, isScored(option) && isScored(best));
  const text =
    longestContext === null
      ? difference
      : say("{difference}; holds {context}", { difference, context: formatContext(longestContext) });
  const why = whyNotPicked(alternative, best);
  return why === null ? text : say("{text}; {more}", { text, more: why });
}

/** The best quality is the pick, unless a tie or its range speaks for another; null where the difference says it. */
function whyNotPicked({ roles, option, versusBest }: Alternative, best: Option): string | null {
  if (!roles.includes("best-quality") || !versusBest.isQualityTie) return null;
  if (option.quality.net.low < best.quality.net.low)
    return say("its figure is the highest, but the best answer's range begins higher");
  return isPlainer(best, option)
    ? say("its figure is the highest, but that is within the uncertainty, and the best answer takes less")
    : null;
}

/** One sentence of an alternative: its roles, and what it costs and gains against the best. */
export function alternativeText(alternative: Alternative, best: Option): string {
  return say("{name}: {text}", { name: rolesText(alternative), text: againstBestText(alternative, best) });
}

/** A change and its price: "KV cache at q8_0: gains 1.2 GiB; costs 0.1 quality points (0.0 to 0.4)". */
export function rankedChangeText({ change, loss }: RankedChange): string {
  const [name, effect] = [changeText(change), changeEffect(change, loss)];
  return loss === null
    ? say("{change}: {effect} (not measured how much)", { change: name, effect })
    : say("{name}: {text}", { name, text: effect });
}
