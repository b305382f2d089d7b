import type {
  Fit,
  FitsVerdict,
  NeedsMultipleGpusVerdict,
  NeedsQuantizationVerdict,
  RunsWithOffloadVerdict,
  Verdict,
} from "#engine/fit.ts";
import { verdictGroup, type VerdictGroup } from "#engine/ranking.ts";
import { toldText } from "./english/told-text.ts";
import { formatContext, formatMemory } from "./format.ts";
import { andText, commaText } from "#words/lists.ts";
import { say } from "#words/say.ts";

type SplitVerdict = Extract<NeedsMultipleGpusVerdict, { here: true }>;
type MoreCardsVerdict = Extract<NeedsMultipleGpusVerdict, { here: false }>;

/** The words of a group of verdicts: true of each verdict in it. */
export function groupLabel(group: VerdictGroup): string {
  switch (group) {
    case "fits":
      return say("fits");
    case "needs-quantization":
      return say("needs quantization");
    case "multiple-gpus-here":
      return say("needs multiple GPUs, here");
    case "runs-with-offload":
      return say("runs with offload");
    case "multiple-gpus-elsewhere":
      return say("needs more or larger GPUs");
    case "too-large":
      return say("too large");
    case "unknown":
      return say("unknown");
  }
}

/** Of those that other GPUs than this machine's would do for: where one would. */
export function largerCardLabel(): string {
  return say("needs a larger card");
}

/** And where it takes several. */
export function moreCardsLabel(): string {
  return say("needs multiple GPUs, not here");
}

/** What a verdict is listed under: its group's words, but one card that is not here is told from several. */
export function headingLabel(verdict: Verdict): string {
  if (verdict.kind !== "needs-multiple-gpus" || verdict.here) return groupLabel(verdictGroup(verdict));
  return verdict.cardCount === 1 ? largerCardLabel() : moreCardsLabel();
}

/** A verdict in a few words; where it runs in RAM alone, it says so. */
export function verdictLabel(verdict: Verdict): string {
  switch (verdict.kind) {
    case "fits":
      return verdict.memoryKind === "system" ? say("fits, in RAM") : groupLabel("fits");
    case "needs-quantization":
      return verdict.memoryKind === "system"
        ? say("needs quantization, in RAM")
        : groupLabel("needs-quantization");
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
      return verdict.memoryKind === "system"
        ? say("processor only")
        : say("on {device}", { device: verdict.deviceName });
    case "needs-multiple-gpus":
      return verdict.here
        ? say("layers {counts}", { counts: verdict.cards.map((card) => card.layerCount).join(" + ") })
        : moreCardsNote(verdict);
    case "runs-with-offload":
      return inRamText(verdict);
    case "too-large":
      return say("{memory} missing", { memory: formatMemory(verdict.shortfallBytes) });
    case "unknown":
      return toldText(verdict.missing);
  }
}

function moreCardsNote({ leastCardMemoryBytes: least, cardCount, cardName }: MoreCardsVerdict): string {
  return least === undefined
    ? `${cardCount} × ${toldText(cardName)}`
    : say("a card of {memory}", { memory: formatMemory(least) });
}

/** The verdict as a sentence, with its context length and what it rests on. */
export function verdictDetail(fit: Fit): string {
  const context = say("Context: {context}.", { context: formatContext(fit.verdict.contextLength) });
  return say("{one} {other}", { one: verdictSentence(fit), other: context });
}

function verdictSentence({ verdict, scenario }: Fit): string {
  switch (verdict.kind) {
    case "fits":
      return fitsSentence(verdict);
    case "needs-quantization":
      return verdict.notLoaded === undefined
        ? quantizedSentence(verdict)
        : loadableSentence(verdict, scenario.runtime?.name ?? "", verdict.notLoaded);
    case "needs-multiple-gpus":
      return verdict.here ? splitSentence(verdict) : moreCardsSentence(verdict);
    case "runs-with-offload":
      return offloadSentence(verdict);
    case "too-large":
      return say(
        "Even at {quantization} it needs {memory} more than this machine can give it, and 8 cards would not hold it either.",
        { quantization: verdict.quantization, memory: formatMemory(verdict.shortfallBytes) },
      );
    case "unknown":
      return asSentence(toldText(verdict.missing));
  }
}

function fitsSentence({ quantization, memoryKind, deviceName: device }: FitsVerdict): string {
  return memoryKind === "system"
    ? say("As published, at {quantization}, it fits in RAM and runs on the processor.", { quantization })
    : say("As published, at {quantization}, it fits on one accelerator, {device}.", { quantization, device });
}

function quantizedSentence({
  quantization,
  memoryKind,
  deviceName: device,
}: NeedsQuantizationVerdict): string {
  return memoryKind === "system"
    ? say(
        "As published it does not fit; {quantization} is the best quantization that fits in RAM and runs on the processor.",
        { quantization },
      )
    : say(
        "As published it does not fit; {quantization} is the best quantization that fits on one accelerator, {device}.",
        { quantization, device },
      );
}

function loadableSentence(
  { quantization, memoryKind, deviceName: device }: NeedsQuantizationVerdict,
  runtime: string,
  published: string,
): string {
  return memoryKind === "system"
    ? say(
        "{runtime} does not load it as published, at {published}; {quantization} is the best quantization that fits in RAM and runs on the processor.",
        { runtime, published, quantization },
      )
    : say(
        "{runtime} does not load it as published, at {published}; {quantization} is the best quantization that fits on one accelerator, {device}.",
        { runtime, published, quantization, device },
      );
}

function splitSentence({ quantization, cards }: SplitVerdict): string {
  const names = [...new Set(cards.map(({ name }) => name))];
  const groups = names.map((name) => cardsText(cards.filter((card) => card.name === name)));
  return say("No single card holds it; split over this machine's cards it fits at {quantization}: {cards}.", {
    quantization,
    cards: commaText(groups),
  });
}

/** "RTX 4090 (40 layers)", "2 × RTX 3090 (40 layers each)", "2 × RTX 3090 (40 and 39 layers)". */
function cardsText(cards: SplitVerdict["cards"]): string {
  const name = cards[0]?.name ?? "";
  const counts = cards.map(({ layerCount }) => layerCount);
  if (new Set(counts).size > 1) {
    const layers = andText([commaText(counts.slice(0, -1).map(String)), layersText(counts.at(-1) ?? 0)]);
    return `${cards.length} × ${name} (${layers})`;
  }
  const layers = layersText(counts[0] ?? 0);
  return cards.length === 1
    ? `${name} (${layers})`
    : `${cards.length} × ${name} (${say("{layers} each", { layers })})`;
}

function moreCardsSentence(verdict: MoreCardsVerdict): string {
  const { quantization, cardCount, cardName, cardMemoryBytes, leastCardMemoryBytes: least } = verdict;
  const values = { quantization, card: toldText(cardName), memory: formatMemory(cardMemoryBytes) };
  return least !== undefined
    ? say("Not on this machine: at {quantization} it would take one card of {memory} or more.", {
        quantization,
        memory: formatMemory(least),
      })
    : say("Not on this machine: at {quantization} it would take {count} × {card} ({memory} each).", {
        ...values,
        count: cardCount,
      });
}

function offloadSentence(verdict: RunsWithOffloadVerdict): string {
  const { quantization, bytesInRam, layerCountInRam, inRam } = verdict;
  const values = { quantization, count: layerCountInRam, memory: formatMemory(bytesInRam) };
  switch (inRam) {
    case "experts":
      return say(
        "GPU memory alone does not hold it. At {quantization}, experts of {count, plural, one {# layer} other {# layers}} ({memory}) stay in RAM, which is slower; the rest is in GPU memory.",
        values,
      );
    case "layers":
      return say(
        "GPU memory alone does not hold it. At {quantization}, {count, plural, one {# layer ({memory}) stays} other {# layers ({memory}) stay}} in RAM, which is slower; the rest is in GPU memory.",
        values,
      );
    case "everything":
      return say(
        "Not even one layer fits on a card. At {quantization}, {count, plural, one {its only layer ({memory}) stays} other {all # layers ({memory}) stay}} in RAM, which is slower.",
        values,
      );
  }
}

function inRamText({ inRam, layerCountInRam: count }: RunsWithOffloadVerdict): string {
  switch (inRam) {
    case "experts":
      return say("experts of {count, plural, one {# layer} other {# layers}} in RAM", { count });
    case "layers":
      return say("{count, plural, one {# layer} other {# layers}} in RAM", { count });
    case "everything":
      return say("{count, plural, one {its only layer} other {all # layers}} in RAM", { count });
  }
}

/** A reason from the catalog may be no whole sentence. */
function asSentence(text: string): string {
  return /[.!?。！？]$/.test(text) ? text : say("{parts}.", { parts: text });
}

function layersText(count: number): string {
  return say("{count, plural, one {# layer} other {# layers}}", { count });
}
