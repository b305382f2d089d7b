import { isKnown } from "#engine/fact.ts";
import type { SpeedQuestion } from "./question.ts";
import type { Resolved, ResolvedAccelerator, ResolvedRam } from "./resolved.ts";
import type { SpeedConstants } from "./speed-constants.ts";

/** What the figures rest on, in sentences: whose rows, and what is assumed. */
export function basisSentences(
  question: SpeedQuestion,
  resolved: Resolved,
  constants: SpeedConstants,
): readonly string[] {
  const cards = resolved.devices.filter((device) => device.kind === "accelerator");
  const classes = [...new Set(cards.map(classSentence))];
  return [
    ...classes,
    ...(cards.length === 0 ? [PROCESSOR_SENTENCE] : []),
    ...runtimeSentences(resolved),
    ...resolved.devices.flatMap((device) => (device.kind === "ram" ? ramSentences(device, constants) : [])),
    ...linkSentences(resolved, cards),
    ...splitSentences(question, constants),
    ...(question.sequenceCount > 1 ? [SEQUENCES_SENTENCE] : []),
  ];
}

const PROCESSOR_SENTENCE = "From measured rates of processors with the peak bandwidth of their RAM.";
const SEQUENCES_SENTENCE = "Several sequences at once are arithmetic: no rate of them was measured.";

function classSentence({ constants, facts, backend, isGenerationKnown }: ResolvedAccelerator): string {
  const { rowCount, deviceCount } = constants;
  const rates = rowCount === 1 ? "rate" : "rates";
  const rows = `${rowCount} measured ${rates} of ${deviceCount} ${deviceCount === 1 ? "device" : "devices"}`;
  if (isGenerationKnown) return `From ${rows} of its generation (${facts.generation ?? ""}, ${backend}).`;
  const of = constants.vendor === null ? "other makers' devices" : "other generations of its maker";
  return rowCount === 0
    ? `No rate of its maker under ${backend} was measured; taken as others are.`
    : `No rate of its generation under ${backend} was measured: from ${rows} of ${of}.`;
}

/**
 * The middle adds up what each card does alone and what handing over costs; rates measured on several cards, in
 * machines that the constants do not know, lay mostly below it (`decode-layer-split` in catalog/runtimes/speed.json).
 */
function splitSentences({ placement }: SpeedQuestion, { spreads }: SpeedConstants): readonly string[] {
  const spread = spreads.find(({ part }) => part === "decode-layer-split");
  if (placement.kind !== "layer-split" || spread === undefined || !isLopsided(spread)) return [];
  const rows = `${spread.rowCount} measured rates of ${spread.deviceCount} devices`;
  return [
    `The most likely figure adds up the cards one after the other; split over cards, ${rows} lay mostly below it, so the range reaches much further down than up.`,
  ];
}

/** How many times further to one side, as factors. Our choice. */
const LOPSIDED = 4;

function isLopsided({ fast, slow }: { readonly fast: number; readonly slow: number }): boolean {
  return Math.log(slow) > LOPSIDED * -Math.log(fast);
}

function runtimeSentences({ runtime }: Resolved): readonly string[] {
  if (runtime.kind === "llama.cpp") return [];
  const { runtime: name, rowCount, deviceCount } = runtime.constants;
  return [`${name}: ${rowCount} measured rates of ${deviceCount} kind of card, against llama.cpp's.`];
}

function ramSentences(
  { isAssumed, isCopied }: ResolvedRam,
  { processor }: SpeedConstants,
): readonly string[] {
  if (!isAssumed) return [];
  if (isCopied) return ["How fast the RAM is follows from how fast it was copied here."];
  const gigabytes = Math.round(processor.assumedRamBytesPerSecond / 1e9);
  return [`The speed of the RAM is not known: two channels of a PC are taken, about ${gigabytes} GB/s.`];
}

/** Only weights that stay in RAM are sent over the link. */
function linkSentences({ devices }: Resolved, cards: readonly ResolvedAccelerator[]): readonly string[] {
  const [first] = cards;
  if (first === undefined || cards.length === devices.length || isKnown(first.facts.linkBytesPerSecond))
    return [];
  return ["The link to the card is not known: PCIe 4.0 with 8 lanes is taken."];
}
