import { ableRuntime } from "./able-runtime.ts";
import {
  flashAttention,
  flashAttention2Refusal,
  smallerCache,
  smallerMicroBatch,
} from "./cache-and-batch.ts";
import { worth } from "./effect.ts";
import { otherPackings } from "./packings.ts";
import { otherRuntimes, type WorthTrying } from "./runtimes.ts";
import { continuousBatching, prefixCaching } from "./serving.ts";
import { tensorParallel } from "./several-cards.ts";
import { speculativeDecoding } from "./speculative.ts";
import { stateWith, type OptimiseQuestion, type State } from "./state.ts";
import type { Refusal, Suggestion } from "./suggestion.ts";

/** What would help a model on a machine, each computed by the engine with the change made. */
export interface Optimisation {
  /** As it is; null where the machine does not hold it, and then nothing is suggested (a plan says what would help). */
  readonly before: State | null;
  /** Most worthwhile first. */
  readonly suggestions: readonly Suggestion[];
  /** What guides recommend and this hardware or model cannot do. */
  readonly refusals: readonly Refusal[];
  readonly worthTrying: readonly WorthTrying[];
}

/** Each family of changes in turn, on top of what is there now. */
export function optimise(asked: OptimiseQuestion): Optimisation {
  const question = forHardware(asked);
  const before = stateWith(question, {});
  if (before === null) return { before, suggestions: [], refusals: [], worthTrying: [] };
  const runtimes = otherRuntimes(question, before);
  const all = [
    otherPackings(question, before),
    smallerCache(question, before),
    flashAttention(question, before),
    flashAttention2Refusal(question),
    smallerMicroBatch(question, before),
    tensorParallel(question, before),
    continuousBatching(question, before),
    prefixCaching(question, before),
    speculativeDecoding(question, before),
    runtimes,
  ];
  const suggestions = all.flatMap((each) => each.suggestions);
  return {
    before,
    suggestions: [...suggestions].sort(
      (one, other) =>
        Number(isForServers(one)) - Number(isForServers(other)) ||
        worth(other.effect, before.usedBytes) - worth(one.effect, before.usedBytes),
    ),
    refusals: all.flatMap(({ refusals }) => refusals),
    worthTrying: runtimes.worthTrying,
  };
}

/** The runtime that was asked for offers only what this hardware computes with. */
function forHardware(question: OptimiseQuestion): OptimiseQuestion {
  const { scenario, machine, data } = question;
  if (scenario.runtime === undefined) return question;
  const { runtime } = ableRuntime(scenario.runtime, machine, data.cards);
  return { ...question, scenario: { ...scenario, runtime } };
}

/** Of no use to one person alone, and told last. */
function isForServers({ lever }: Suggestion): boolean {
  return lever.kind === "continuous-batching" || lever.kind === "prefix-caching";
}
