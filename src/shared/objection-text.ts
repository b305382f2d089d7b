import type { PickLimits } from "#advice/reasons/limits.ts";
import type { Objection } from "#advice/reasons/why-not.ts";
import type { Unsuitable } from "#advice/suitability.ts";
import type { Verdict } from "#engine/fit.ts";
import { formatContext, formatFileSize, formatMemory, formatParameterCount, formatRate } from "./format.ts";
import { verdictNote } from "./verdict-text.ts";

/** Why a model is not the pick, as a sentence. */
export function objectionText(objection: Objection): string {
  switch (objection.kind) {
    case "unknown":
      return objection.missing;
    case "unsuitable":
      return unsuitableText(objection.reason);
    case "does-not-fit":
      return notHeldText(objection.verdict);
    case "no-room-for-images":
      return "It fits, but not together with the part that sees images.";
    case "download-too-large":
      return `Every packing that is good enough is a larger download than ${formatFileSize(objection.most)}.`;
    case "too-slow": {
      const rate = objection.tokensPerSecond;
      const writes = rate === null ? "Part of it is in RAM" : `It would write about ${formatRate(rate)}`;
      return `${writes}; at least ${formatRate(objection.lowest)} are wanted.`;
    }
    case "below-quality-floor":
      return `The lower end of its quality is below ${objection.floor.toFixed(0)} points, the floor for a pick here.`;
    case "outranked":
      return `It fits and suits; the pick is ${objection.byPoints.toFixed(1)} points ahead of it by quality against waiting.`;
  }
}

function notHeldText(verdict: Verdict): string {
  const at = "quantization" in verdict ? ` even at ${verdict.quantization}` : "";
  if (verdict.kind === "too-large")
    return `It does not fit${at}: ${formatMemory(verdict.shortfallBytes)} are missing.`;
  return `It does not fit here${at}: it takes ${verdictNote(verdict).replace(/^1 × /, "one ")}.`;
}

function unsuitableText(reason: Unsuitable): string {
  switch (reason.kind) {
    case "sees-no-images":
      return "It takes no images.";
    case "calls-no-tools":
      return "The catalog does not say that it was taught to call tools.";
    case "answers-no-chat":
      return "It continues text and was not taught to answer.";
    case "context-too-short":
      return `It was trained for ${formatContext(reason.trainedContextLength)}; ${formatContext(reason.askedContextLength)} are asked for.`;
    case "licence":
      return licenceRefusal(reason);
    case "too-many-parameters": {
      const count =
        reason.parameterCount === null ? "an unknown number of" : formatParameterCount(reason.parameterCount);
      return `It has ${count} parameters; ${formatParameterCount(reason.most)} are the limit.`;
    }
  }
}

function licenceRefusal({ commercialUse, name }: Extract<Unsuitable, { kind: "licence" }>): string {
  const licence = name === null ? "Its licence" : `Its licence (${name})`;
  return commercialUse === "no"
    ? `${licence} allows no commercial use.`
    : `${licence} does not state commercial use.`;
}

/** What keeps a pick from being better, a sentence each. */
export function limitTexts(limits: PickLimits): readonly string[] {
  const {
    tightest,
    finer,
    longestContextOnCards: longest,
    trainedContextLength,
    weightsInRamFraction,
  } = limits;
  const trained =
    trainedContextLength === null ? "" : ` (trained for ${formatContext(trainedContextLength)})`;
  return [
    ...(tightest === null
      ? []
      : [`${tightest.name} has ${formatMemory(Math.max(0, tightest.freeBytes))} left beside it.`]),
    ...(weightsInRamFraction === 0
      ? []
      : [`${(weightsInRamFraction * 100).toFixed(0)} % of the weights are in RAM.`]),
    ...(finer === null ? [] : [finerText(finer)]),
    ...(longest === null
      ? []
      : [`The longest context here without offload is ${formatContext(longest)}${trained}.`]),
  ];
}

function finerText({
  quantization,
  gainedPoints,
  missingBytes,
  speedFactor,
}: NonNullable<PickLimits["finer"]>): string {
  const gain = gainedPoints === null ? "" : ` and would gain ${gainedPoints.toFixed(2)} points`;
  if (missingBytes > 0) return `${quantization}, the next finer, lacks ${formatMemory(missingBytes)}${gain}.`;
  const speed = speedFactor === null ? "" : ` at ${speedFactor.toFixed(2)} × the speed`;
  return `${quantization}, the next finer, would hold too${speed}${gain}.`;
}
