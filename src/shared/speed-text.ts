import type { KnownSpeed, SpeedEstimate } from "#engine/speed/estimate-speed.ts";
import { formatContext, formatRate, formatRateRange, formatWaitRange } from "./format.ts";
import { toldText } from "./english/told-text.ts";
import { speedBasisText } from "./speed-basis-text.ts";
import { say } from "#words/say.ts";

/** What a speed is for. */
export interface SpeedAsked {
  /** Tokens in the cache while the answer is written. */
  readonly depth: number;
  readonly sequenceCount: number;
}

/** In a list: "83 to 110", or that it is not known. */
export function speedCellText(speed: SpeedEstimate): string {
  return speed.kind === "missing" ? say("unknown") : formatRateRange(speed.decodeTokensPerSecond);
}

/** In full, a sentence each; without a figure, the reason. The last says what it rests on. */
export function speedSentences(speed: SpeedEstimate, asked: SpeedAsked): readonly string[] {
  if (speed.kind === "missing") return [say("No figure: {reason}.", { reason: toldText(speed.reason) })];
  return [
    decodeSentence(speed, asked),
    ...promptSentences(speed),
    say("Four measured rates in five lie within such a range. {basis}", {
      basis: speedBasisText(speed.basis),
    }),
    ...(speed.measured ? [say("Narrowed by rates measured on this machine.")] : []),
  ];
}

function decodeSentence(speed: KnownSpeed, { depth, sequenceCount }: SpeedAsked): string {
  const { decodeTokensPerSecond: each, totalDecodeTokensPerSecond: all } = speed;
  const values = { range: formatRateRange(each), rate: formatRate(each.mid), context: formatContext(depth) };
  if (sequenceCount === 1)
    return say("Writes {range} tokens/s (most likely {rate}) after {context}.", values);
  return say(
    "Writes {range} tokens/s (most likely {rate}) for each of {count} sequences after {context}, {total} in all.",
    { ...values, count: sequenceCount, total: formatRateRange(all) },
  );
}

function promptSentences(speed: KnownSpeed): readonly string[] {
  const { prefillTokensPerSecond: rate, timeToFirstTokenSeconds: wait, promptLength } = speed;
  if (rate === null || wait === null) return [];
  return [
    say("Reads a prompt of {context} at {range} tokens/s: the first token comes after {wait}.", {
      context: formatContext(promptLength),
      range: formatRateRange(rate),
      wait: formatWaitRange(wait),
    }),
  ];
}
