import type {
  Fit,
  FitsVerdict,
  NeedsMultipleGpusVerdict,
  NeedsQuantizationVerdict,
  RunsWithOffloadVerdict,
  Verdict,
} from "#engine/fit.ts";
import { verdictGroup, type VerdictGroup } from "#engine/ranking.ts";
import { formatContext, formatMemory } from "./format.ts";

type SplitVerdict = Extract<NeedsMultipleGpusVerdict, { here: true }>;
type MoreCardsVerdict = Extract<NeedsMultipleGpusVerdict, { here: false }>;

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

/** The heading that no group has of its own. */
export const LARGER_CARD_LABEL = "needs a larger card";

/** What a verdict is listed under: its group's words, but one card that is not here is not several. */
export function headingLabel(verdict: Verdict): string {
  return needsLargerCard(verdict) ? LARGER_CARD_LABEL : groupLabel(verdictGroup(verdict));
}

function needsLargerCard(verdict: Verdict): boolean {
  return verdict.kind === "needs-multiple-gpus" && !verdict.here && verdict.cardCount === 1;
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
    case "runs-with-offload":
    case "too-large":
    case "unknown":
      return headingLabel(verdict);
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
      return `As published, at ${verdict.quantization}, it fits ${placeText(verdict)}.`;
    case "needs-quantization":
      return `As published it does not fit; ${verdict.quantization} is the best quantization that fits ${placeText(verdict)}.`;
    case "needs-multiple-gpus":
      return verdict.here ? splitSentence(verdict) : moreCardsSentence(verdict);
    case "runs-with-offload":
      return offloadSentence(verdict);
    case "too-large":
      return `Even at ${verdict.quantization} it needs ${formatMemory(verdict.shortfallBytes)} more than this machine can give it, and 8 cards would not hold it either.`;
    case "unknown":
      return asSentence(verdict.missing);
  }
}

function placeText(verdict: FitsVerdict | NeedsQuantizationVerdict): string {
  return verdict.memoryKind === "system"
    ? "in RAM and runs on the processor"
    : `on one accelerator, ${verdict.deviceName}`;
}

function splitSentence({ quantization, cards }: SplitVerdict): string {
  const names = [...new Set(cards.map(({ name }) => name))];
  const groups = names.map((name) => cardsText(cards.filter((card) => card.name === name)));
  return `No single card holds it; split over this machine's cards it fits at ${quantization}: ${groups.join(", ")}.`;
}

/** "RTX 4090 (40 layers)", "2 × RTX 3090 (40 layers each)", "2 × RTX 3090 (40 and 39 layers)". */
function cardsText(cards: SplitVerdict["cards"]): string {
  const name = cards[0]?.name ?? "";
  const counts = cards.map(({ layerCount }) => layerCount);
  if (new Set(counts).size > 1) {
    return `${cards.length} × ${name} (${counts.slice(0, -1).join(", ")} and ${layersText(counts.at(-1) ?? 0)})`;
  }
  const layers = layersText(counts[0] ?? 0);
  return cards.length === 1 ? `${name} (${layers})` : `${cards.length} × ${name} (${layers} each)`;
}

function moreCardsSentence({ quantization, cardCount, cardName, cardMemoryBytes }: MoreCardsVerdict): string {
  const cards =
    cardCount === 1
      ? `one ${cardName} (${formatMemory(cardMemoryBytes)})`
      : `${cardCount} × ${cardName} (${formatMemory(cardMemoryBytes)} each)`;
  return `Not on this machine: at ${quantization} it would take ${cards}.`;
}

function offloadSentence(verdict: RunsWithOffloadVerdict): string {
  const { quantization, bytesInRam, layerCountInRam, inRam } = verdict;
  const verb = inRam !== "experts" && layerCountInRam === 1 ? "stays" : "stay";
  const stay = `${inRamText(verdict)} (${formatMemory(bytesInRam)}) ${verb} in RAM, which is slower`;
  return inRam === "everything"
    ? `Not even one layer fits on a card. At ${quantization}, ${stay}.`
    : `GPU memory alone does not hold it. At ${quantization}, ${stay}; the rest is in GPU memory.`;
}

function inRamText({ inRam, layerCountInRam }: RunsWithOffloadVerdict): string {
  switch (inRam) {
    case "experts":
      return `experts of ${layersText(layerCountInRam)}`;
    case "layers":
      return layersText(layerCountInRam);
    case "everything":
      return layerCountInRam === 1 ? "its only layer" : `all ${layersText(layerCountInRam)}`;
  }
}

/** A reason from the catalog may be no whole sentence. */
function asSentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

function layersText(count: number): string {
  return `${count} ${count === 1 ? "layer" : "layers"}`;
}
