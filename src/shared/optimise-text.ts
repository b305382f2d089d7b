import type { Effect } from "#advice/optimise/effect.ts";
import type { State } from "#advice/optimise/state.ts";
import type { Refusal, Suggestion } from "#advice/optimise/suggestion.ts";
import { formatMemory, formatRate, formatRateRange, formatWaitRange } from "./format.ts";

/** How a model runs: packing, memory, speed. */
export function stateText({ quantization, speed, usedBytes, offloadedBytes }: State): string {
  const rate = speed === null ? "speed unknown" : `${formatRateRange(speed.decodeTokensPerSecond)} tokens/s`;
  const inRam = offloadedBytes === 0 ? "" : `, of which ${formatMemory(offloadedBytes)} in RAM`;
  return `${quantization}, ${formatMemory(usedBytes)}${inRam}, ${rate}.`;
}

/** What a suggestion brings and costs, a phrase each; empty where its reason says it all. */
export function suggestionEffects({ lever, effect, after }: Suggestion, before: State): readonly string[] {
  return lever.kind === "prefix-caching" ? [] : effectTexts(effect, before, after);
}

/** What cannot be here, and why. */
export function refusalText({ kind, reason }: Pick<Refusal, "kind" | "reason">): string {
  return `${kind.replaceAll("-", " ")}: ${reason}`;
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
  if (one === null || other === null) return ["Speed: unknown"];
  const [from, to] = [one.decodeTokensPerSecond.mid, other.decodeTokensPerSecond.mid];
  if (formatRate(from) === formatRate(to)) return [];
  return [
    `Writes ${formatRateRange(other.decodeTokensPerSecond)} tokens/s (${formatRate(to)} instead of ${formatRate(from)} most likely)`,
  ];
}

function waitTexts({ speed: one }: State, { speed: other }: State): readonly string[] {
  const [from, to] = [one?.timeToFirstTokenSeconds ?? null, other?.timeToFirstTokenSeconds ?? null];
  if (from === null || to === null || Math.abs(to.mid / from.mid - 1) < SHOWN_SHARE) return [];
  return [`first token after ${formatWaitRange(to)} instead of ${formatWaitRange(from)}`];
}

function memoryTexts({ usedBytes, offloadedBytes }: Effect): readonly string[] {
  const change = (bytes: number, where: string): readonly string[] => {
    if (Math.abs(bytes) < SHOWN_BYTES) return [];
    return [`${formatMemory(Math.abs(bytes))} ${bytes < 0 ? "less" : "more"}${where}`];
  };
  return [...change(usedBytes, " memory"), ...change(offloadedBytes, " in RAM")];
}

function qualityTexts(points: number | null): readonly string[] {
  if (points === null) return ["quality: unknown"];
  if (Math.abs(points) < SHOWN_POINTS) return [];
  return [`${Math.abs(points).toFixed(1)} points of quality ${points > 0 ? "gained" : "lost"}`];
}
