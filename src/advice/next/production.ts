import type { Runtime } from "#engine/runtime.ts";
import { sharesOf, type PlacedCard } from "./placed-cards.ts";
import type { Served, StartQuestion } from "./question.ts";
import { step, type NextStep } from "./step.ts";
import { countText } from "./text.ts";

/** What tells a service's state, by runtime: each name with what it says. */
const METRICS: Readonly<Record<string, readonly (readonly [name: string, says: string])[]>> = {
  vllm: [
    ["vllm:num_requests_waiting", "queue: the sign to add a replica"],
    ["vllm:kv_cache_usage_perc", "share of the cache in use"],
    ["vllm:time_to_first_token_seconds", "what a person waits"],
  ],
  sglang: [
    ["sglang:num_queue_reqs", "queue: the sign to add a replica"],
    ["sglang:token_usage", "share of the cache in use"],
    ["sglang:time_to_first_token_seconds", "what a person waits"],
  ],
  "llama.cpp": [
    ["llamacpp:requests_deferred", "queue: the sign to add a replica"],
    ["llamacpp:requests_processing", "at work now"],
    ["llamacpp:predicted_tokens_seconds", "tokens a second"],
  ],
};

/** Watching a service with Prometheus; null where the runtime has no metrics. */
export function monitorStep(runtime: Runtime, { origin }: Served): NextStep | null {
  const metrics = METRICS[runtime.id];
  if (metrics === undefined) return null;
  return step("monitor", "Watch it with Prometheus", {
    notes: metrics.map(([name, says]) => `${name}: ${says}.`),
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
  return step("scale", "Plan for more users", {
    notes: [
      full === null
        ? `It serves ${countText(parallelSequenceCount)} at once; --parallel asks for more.`
        : `The cache holds ${countText(full)} sequences of ${countText(contextLength)} tokens; shorter ones are more. ` +
          "Raise --max-num-seqs or its kin up to what your prompts need.",
      "Prefixes that requests share (a system prompt, a document) are computed once: put what is alike first.",
      replicas > 1
        ? `This machine's cards hold ${replicas} such services side by side: one on each group of cards and a load ` +
          "balancer before them give as many times the throughput."
        : "More throughput needs another machine with the same cards, and a load balancer before both.",
      "Put a reverse proxy with TLS and keys before it: the command listens to this computer alone.",
    ],
  });
}
