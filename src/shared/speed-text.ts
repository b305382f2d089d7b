import type { KnownSpeed, SpeedEstimate } from "#engine/speed/estimate-speed.ts";
import { formatContext, formatRate, formatRateRange, formatWaitRange } from "./format.ts";

/** What a speed is for. */
export interface SpeedAsked {
  /** Tokens in the cache while the answer is written. */
  readonly depth: number;
  readonly promptLength: number;
  readonly sequenceCount: number;
}

/** In a list: "83 to 110", or that it is not known. */
export function speedCellText(speed: SpeedEstimate): string {
  return speed.kind === "missing" ? "unknown" : formatRateRange(speed.decodeTokensPerSecond);
}

/** In full, a sentence each; without a figure, the reason. The last says what it rests on. */
export function speedSentences(speed: SpeedEstimate, asked: SpeedAsked): readonly string[] {
  if (speed.kind === "missing") return [`No figure: ${speed.reason}.`];
  return [
    decodeSentence(speed, asked),
    ...promptSentences(speed, asked),
    `Four measured rates in five lie within such a range. ${speed.basis}`,
    ...(speed.measured ? ["Narrowed by rates measured on this machine."] : []),
  ];
}

function decodeSentence(speed: KnownSpeed, { depth, sequenceCount }: SpeedAsked): string {
  const { decodeTokensPerSecond: each, totalDecodeTokensPerSecond: all } = speed;
  const rate = `${formatRateRange(each)} tokens/s (most likely ${formatRate(each.mid)})`;
  const at = `after ${formatContext(depth)}`;
  if (sequenceCount === 1) return `Writes ${rate} ${at}.`;
  return `Writes ${rate} for each of ${sequenceCount} sequences ${at}, ${formatRateRange(all)} in all.`;
}

function promptSentences(speed: KnownSpeed, { promptLength }: SpeedAsked): readonly string[] {
  const { prefillTokensPerSecond: rate, timeToFirstTokenSeconds: wait } = speed;
  if (rate === null || wait === null) return [];
  return [
    `Reads a prompt of ${formatContext(promptLength)} at ${formatRateRange(rate)} tokens/s: the first token comes after ${formatWaitRange(wait)}.`,
  ];
}
