import type { Fit, Verdict } from "#engine/fit.ts";
import type { VerdictGroup } from "#engine/ranking.ts";
import { formatContext, formatMemory } from "./format.ts";

const GROUP_LABELS: Record<VerdictGroup, string> = {
  fits: "fits",
  "needs-quantization": "needs quantization",
  "multiple-gpus-here": "needs multiple GPUs, here",
  "runs-with-offload": "runs with offload",
  "multiple-gpus-elsewhere": "needs multiple GPUs, not here",
  "too-large": "too large",
  unknown: "unknown",
};

/** The words of a group of verdicts. */
export function groupLabel(group: VerdictGroup): string {
  return GROUP_LABELS[group];
}

/** A verdict in a few words; where it runs in RAM alone, it says so. */
export function verdictLabel(verdict: Verdict): string {
  switch (verdict.kind) {
    case "fits":
    case "needs-quantization":
      return verdict.memoryKind === "system"
        ? `${GROUP_LABELS[verdict.kind]}, in RAM`
        : GROUP_LABELS[verdict.kind];
    case "needs-multiple-gpus":
      return verdict.here ? GROUP_LABELS["multiple-gpus-here"] : GROUP_LABELS["multiple-gpus-elsewhere"];
    case "runs-with-offload":
    case "too-large":
    case "unknown":
      return GROUP_LABELS[verdict.kind];
  }
}

/** What decides, in a few words, for a line of a table; empty where the label says it all. */
export function verdictNote(verdict: Verdict): string {
  switch (verdict.kind) {
    case "fits":
    case "needs-quantization":
      return verdict.memoryKind === "system" ? "processor only" : `on ${verdict.deviceName}`;
    case "needs-multiple-gpus":
      return verdict.here
        ? `layers ${verdict.cards.map((card) => card.layerCount).join(" + ")}`
        : `${verdict.cardCount} × ${verdict.cardName}`;
    case "runs-with-offload":
      return `${inRamText(verdict)} in RAM`;
    case "too-large":
      return `${formatMemory(verdict.shortfallBytes)} missing`;
    case "unknown":
      return verdict.missing;
  }
}

/** The verdict as a sentence, with its context length and what it rests on. */
export function verdictDetail(fit: Fit): string {
  return `${verdictSentence(fit.verdict)} Context: ${formatContext(fit.verdict.contextLength)}.`;
}

function verdictSentence(verdict: Verdict): string {
  switch (verdict.kind) {
    case "fits":
      return `Fits ${placeText(verdict)} at its release precision, ${verdict.quantization}.`;
    case "needs-quantization":
      return `At its release precision it does not fit; ${verdict.quantization} is the best quantization that fits ${placeText(verdict)}.`;
    case "needs-multiple-gpus":
      return multipleGpusSentence(verdict);
    case "runs-with-offload":
      return offloadSentence(verdict);
    case "too-large":
      return `Even at ${verdict.quantization}, ${formatMemory(verdict.shortfallBytes)} is missing, cards and RAM together, and up to 8 cards would not do.`;
    case "unknown":
      return verdict.missing;
  }
}

function placeText(verdict: { readonly deviceName: string; readonly memoryKind: string }): string {
  return verdict.memoryKind === "system"
    ? "in RAM, to run on the processor"
    : `on one accelerator, ${verdict.deviceName},`;
}

function multipleGpusSentence(verdict: Extract<Verdict, { kind: "needs-multiple-gpus" }>): string {
  const { quantization } = verdict;
  if (verdict.here) {
    const cards = verdict.cards.map(({ name, layerCount }) => `${name} (${layersText(layerCount)})`);
    return `No single card holds it; split over this machine's cards it fits at ${quantization}: ${cards.join(", ")}.`;
  }
  const { cardCount, cardName, cardMemoryBytes } = verdict;
  const card = `${cardName} (${formatMemory(cardMemoryBytes)})`;
  return `Not on this machine: at ${quantization} it would take ${cardCount} × ${card}.`;
}

function offloadSentence(verdict: Extract<Verdict, { kind: "runs-with-offload" }>): string {
  const { quantization, bytesInRam } = verdict;
  const where = verdict.inRam === "everything" ? "the cards hold none of it" : "the rest is on the cards";
  return `The cards alone do not hold it. At ${quantization}, ${inRamText(verdict)} (${formatMemory(bytesInRam)}) stay in RAM, which is slower; ${where}.`;
}

function inRamText(verdict: Extract<Verdict, { kind: "runs-with-offload" }>): string {
  switch (verdict.inRam) {
    case "experts":
      return `experts of ${layersText(verdict.layerCountInRam)}`;
    case "layers":
      return layersText(verdict.layerCountInRam);
    case "everything":
      return `all ${layersText(verdict.layerCountInRam)}`;
  }
}

function layersText(count: number): string {
  return `${count} ${count === 1 ? "layer" : "layers"}`;
}
