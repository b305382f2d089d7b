import type { Runtime } from "#engine/runtime.ts";
import { sharesOf, type PlacedCard } from "./placed-cards.ts";
import type { Served, StartQuestion } from "./question.ts";
import { step, type NextStep } from "./step.ts";
import { countText } from "./text.ts";
import { say } from "#words/say.ts";

/** What a number of a service tells. */
type MetricKind = "queue" | "cache" | "wait" | "work" | "speed";

/** What tells a service's state, by runtime. */
const METRICS: Readonly<Record<string, readonly (readonly [name: string, kind: MetricKind])[]>> = {
  vllm: [
    ["vllm:num_requests_waiting", "queue"],
    ["vllm:kv_cache_usage_perc", "cache"],
    ["vllm:time_to_first_token_seconds", "wait"],
  ],
  sglang: [
    ["sglang:num_queue_reqs", "queue"],
    ["sglang:token_usage", "cache"],
    ["sglang:time_to_first_token_seconds", "wait"],
  ],
  "llama.cpp": [
    ["llamacpp:requests_deferred", "queue"],
    ["llamacpp:requests_processing", "work"],
    ["llamacpp:predicted_tokens_seconds", "speed"],
  ],
};

function metricText(name: string, kind: MetricKind): string {
  switch (kind) {
    case "queue":
      return say("{name}: queue: the sign to add a replica.", { name });
    case "cache":
      return say("{name}: share of the cache in use.", { name });
    case "wait":
      return say("{name}: what a person waits.", { name });
    case "work":
      return say("{name}: at work now.", { name });
    case "speed":
      return say("{name}: tokens a second.", { name });
  }
}

/** Watching a service with Prometheus; null where the runtime has no metrics. */
export function monitorStep(runtime: Runtime, { origin }: Served): NextStep | null {
  const metrics = METRICS[runtime.id];
  if (metrics === undefined) return null;
  return step("monitor", say("Watch it with Prometheus"), {
    notes: metrics.map(([name, kind]) => metricText(name, kind)),
    files: [{ name: "prometheus.yml", content: scrapeConfig(origin) }],
    commands: [
      { program: "curl", words: [`${origin}/metrics`], environment: {} },
      { program: "prometheus", words: ["--config.file=prometheus.yml"], environment: {} },
    ],
  });
}

function scrapeConfig(origin: string): string {
  return [
    "scrape_configs:",
    "  - job_name: model",
    "    scrape_interval: 5s",
    "    static_configs:",
    `      - targets: ["${origin.replace(/^https?:\/\//, "")}"]`,
    "",
  ].join("\n");
}

/** How far one service goes, and what to add when that is not enough: all from the placement. */
export function scaleStep(question: StartQuestion, cards: readonly PlacedCard[]): NextStep {
  const { fit, machine } = question;
  const { contextLength, parallelSequenceCount } = fit.scenario;
  const tokenCount = fit.cacheRoom?.tokenCount ?? null;
  const full = tokenCount === null ? null : Math.floor(tokenCount / contextLength);
  const replicas = sharesOf(cards, machine);
  return step("scale", say("Plan for more users"), {
    notes: [
      full === null
        ? say("It serves {count} at once; --parallel asks for more.", {
            count: countText(parallelSequenceCount),
          })
        : say(
            "The cache holds {count} sequences of {context} tokens; shorter ones are more. Raise --max-num-seqs or its kin up to what your prompts need.",
            { count: countText(full), context: countText(contextLength) },
          ),
      say(
        "Prefixes that requests share (a system prompt, a document) are computed once: put what is alike first.",
      ),
      replicas > 1
        ? say(
            "This machine's cards hold {count} such services side by side: one on each group of cards and a load balancer before them give as many times the throughput.",
            { count: replicas },
          )
        : say("More throughput needs another machine with the same cards, and a load balancer before both."),
      say("Put a reverse proxy with TLS and keys before it: the command listens to this computer alone."),
    ],
  });
}
