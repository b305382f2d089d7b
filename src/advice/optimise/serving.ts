import { highestParallelism } from "#engine/search.ts";
import type { Scenario } from "#engine/scenario.ts";
import { mapRange } from "#engine/speed/range.ts";
import { isOnAccelerators, stateWith, type OptimiseQuestion, type State } from "./state.ts";
import { found, NOTHING_FOUND, suggestion, type Found } from "./suggestion.ts";
import { fixedText, numberText } from "#words/numbers.ts";
import { say } from "#words/say.ts";

/** Beyond that the speed model has seen no measurement. Our choice. */
const MOST_SEQUENCES = 16;

/** Several requests in one batch: weights are read once for all of them. */
export function continuousBatching(question: OptimiseQuestion, before: State): Found {
  const { scenario } = question;
  if (!isOnAccelerators(before)) return NOTHING_FOUND;
  const one = withSequences(scenario, 1);
  const most = highestParallelism({ ...question, scenario: one }, before.quantization) ?? 1;
  const sequenceCount = Math.min(most, MOST_SEQUENCES);
  if (sequenceCount <= scenario.parallelSequenceCount) return NOTHING_FOUND;
  const after = stateWith(question, {
    scenario: withSequences(one, sequenceCount),
    quantization: before.quantization,
  });
  const [total, each] = [after?.speed?.totalDecodeTokensPerSecond, after?.speed?.decodeTokensPerSecond];
  const now = before.speed?.totalDecodeTokensPerSecond;
  if (after === null || total === undefined || each === undefined || now === undefined) return NOTHING_FOUND;
  if (total.mid <= now.mid) return NOTHING_FOUND;
  return found(
    suggestion(before, after, {
      lever: { kind: "continuous-batching", sequenceCount },
      title: say("On a server: {count} requests at once", { count: sequenceCount }),
      reason: say(
        "About {total} tokens/s for all together instead of {now}, {each} for each; every one keeps the whole context.",
        { total: rate(total.mid), now: rate(now.mid), each: rate(each.mid) },
      ),
    }),
  );
}

/** Where sequences share one pool, it must be as large as all their contexts. */
function withSequences(scenario: Scenario, sequenceCount: number): Scenario {
  const isPooled = scenario.runtime === undefined || scenario.runtime.cache.sequences === "pooled";
  const { contextLength, parallelSequenceCount } = scenario;
  const each = isPooled ? Math.max(1, Math.floor(contextLength / parallelSequenceCount)) : contextLength;
  return {
    ...scenario,
    parallelSequenceCount: sequenceCount,
    contextLength: isPooled ? each * sequenceCount : each,
  };
}

/** Runtimes that keep what prompts have in common: by default, but for those who turn it off. */
const KEEPS_PREFIXES = ["llama.cpp", "ollama", "lm-studio", "vllm", "sglang", "exllama", "mlx"];

/** What a shared beginning of prompts saves, by the speed of prompts here. */
export function prefixCaching({ scenario }: OptimiseQuestion, before: State): Found {
  const id = scenario.runtime?.id ?? "llama.cpp";
  const prefill = before.speed?.prefillTokensPerSecond ?? null;
  if (prefill === null || !KEEPS_PREFIXES.includes(id)) return NOTHING_FOUND;
  const range = mapRange(prefill, (tokensPerSecond) => 1000 / tokensPerSecond);
  const secondsPerThousandTokens = { low: range.high, mid: range.mid, high: range.low };
  return found(
    suggestion(before, before, {
      lever: { kind: "prefix-caching", secondsPerThousandTokens },
      title: say("On a server: put first what prompts have in common"),
      reason: say(
        "Each 1,000 tokens of a system prompt or document that requests share save {low} to {high} s a request.",
        { low: seconds(secondsPerThousandTokens.low), high: seconds(secondsPerThousandTokens.high) },
      ),
    }),
  );
}

/** Two digits, as estimates are. */
function rate(value: number): string {
  return numberText(Number(value.toPrecision(2)));
}

function seconds(value: number): string {
  return value < 0.1 ? fixedText(value, 2) : numberText(Number(value.toPrecision(2)), { useGrouping: false });
}
