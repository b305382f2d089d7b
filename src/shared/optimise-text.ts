import type { Effect } from "#advice/optimise/effect.ts";
import type { State } from "#advice/optimise/state.ts";
import type { Refusal, Suggestion } from "#advice/optimise/suggestion.ts";
import { toldText } from "./english/told-text.ts";
import { formatContext, formatMemory, formatRate, formatRateRange, formatWaitRange } from "./format.ts";
import { commaText } from "#words/lists.ts";
import { fixedText } from "#words/numbers.ts";
import { say } from "#words/say.ts";

/** How a model runs: packing, memory, speed. */
export function stateText({ quantization, speed, usedBytes, offloadedBytes }: State): string {
  const rate =
    speed === null
      ? say("speed unknown")
      : say("{rate} tokens/s", { rate: formatRateRange(speed.decodeTokensPerSecond) });
  const memory = formatMemory(usedBytes);
  const placed =
    offloadedBytes === 0
      ? memory
      : say("{memory}, of which {part} in RAM", { memory, part: formatMemory(offloadedBytes) });
  return say("{parts}.", { parts: commaText([quantization, placed, rate]) });
}

/** What a suggestion brings and costs, a phrase each; empty where its reason says it all. */
export function suggestionEffects({ lever, effect, after }: Suggestion, before: State): readonly string[] {
  return lever.kind === "prefix-caching" ? [] : effectTexts(effect, before, after);
}

/** What cannot be here, and why. */
export function refusalText({ kind, reason }: Pick<Refusal, "kind" | "reason">): string {
  return say("{name}: {text}", { name: leverName(kind), text: toldText(reason) });
}

function leverName(kind: Refusal["kind"]): string {
  switch (kind) {
    case "better-quantization":
      return say("better quantization");
    case "eight-bit":
      return say("eight bit");
    case "smaller-quantization":
      return say("smaller quantization");
    case "kv-cache-type":
      return say("kv cache type");
    case "flash-attention":
      return say("flash attention");
    case "flash-attention-2":
      return say("flash attention 2");
    case "micro-batch":
      return say("micro batch");
    case "tensor-parallel":
      return say("tensor parallel");
    case "continuous-batching":
      return say("continuous batching");
    case "prefix-caching":
      return say("prefix caching");
    case "speculative-decoding":
      return say("speculative decoding");
    case "runtime":
      return say("runtime");
    case "fp8":
      return "fp8";
  }
}

/** Less than that is shown as nothing. */
const SHOWN_BYTES = 2 ** 20;
const SHOWN_POINTS = 0.05;
const SHOWN_SHARE = 0.05;

function effectTexts(effect: Effect, before: State, after: State): readonly string[] {
  return [
    ...speedTexts(before, after),
    ...waitTexts(before, after),
    ...memoryTexts(effect),
    ...qualityTexts(effect.qualityPoints),
  ];
}

function speedTexts({ speed: one }: State, { speed: other }: State): readonly string[] {
  if (one === null || other === null) return [say("Speed: unknown")];
  const [from, to] = [one.decodeTokensPerSecond.mid, other.decodeTokensPerSecond.mid];
  if (formatRate(from) === formatRate(to)) return [];
  return [
    say("Writes {range} tokens/s ({rate} instead of {before} most likely)", {
      range: formatRateRange(other.decodeTokensPerSecond),
      rate: formatRate(to),
      before: formatRate(from),
    }),
  ];
}

function waitTexts({ speed: one }: State, { speed: other }: State): readonly string[] {
  const [from, to] = [one?.timeToFirstTokenSeconds ?? null, other?.timeToFirstTokenSeconds ?? null];
  if (one === null || from === null || to === null || one.promptLength !== other?.promptLength) return [];
  if (Math.abs(to.mid / from.mid - 1) < SHOWN_SHARE) return [];
  return [
    say("first token of a prompt of {context} after {wait} instead of {before}", {
      context: formatContext(one.promptLength),
      wait: formatWaitRange(to),
      before: formatWaitRange(from),
    }),
  ];
}

function memoryTexts({ usedBytes, offloadedBytes }: Effect): readonly string[] {
  const [used, inRam] = [usedBytes, offloadedBytes].map((bytes) => formatMemory(Math.abs(bytes)));
  return [
    ...(used === undefined || Math.abs(usedBytes) < SHOWN_BYTES
      ? []
      : [
          usedBytes < 0
            ? say("{memory} less memory", { memory: used })
            : say("{memory} more memory", { memory: used }),
        ]),
    ...(inRam === undefined || Math.abs(offloadedBytes) < SHOWN_BYTES
      ? []
      : [
          offloadedBytes < 0
            ? say("{memory} less in RAM", { memory: inRam })
            : say("{memory} more in RAM", { memory: inRam }),
        ]),
  ];
}

function qualityTexts(points: number | null): readonly string[] {
  if (points === null) return [say("quality: unknown")];
  if (Math.abs(points) < SHOWN_POINTS) return [];
  const text = fixedText(Math.abs(points), 1);
  return [
    points > 0
      ? say("{points} points of quality gained", { points: text })
      : say("{points} points of quality lost", { points: text }),
  ];
}
