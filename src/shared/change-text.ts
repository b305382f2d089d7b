import type { Change, Lever } from "#engine/cheapest-change.ts";
import { formatContext, formatMemory } from "./format.ts";

/** What to change, in words: "KV cache at q8_0 and micro-batches of 256". */
export function changeText({ levers }: Change): string {
  return levers.map(leverText).join(" and ");
}

/** What it brings and what it costs: "gains 5.6 GiB; costs little quality". */
export function changeEffect({ levers, gainedBytes }: Change): string {
  const losses = [...new Set(levers.map(({ loss }) => LOSS_TEXTS[loss]))].filter(
    (text) => text !== "nothing",
  );
  const cost = losses.length === 0 ? "costs nothing" : `costs ${losses.join(" and ")}`;
  // What goes to RAM is moved, not gained.
  const isMoved = levers.some(({ kind }) => kind === "offload");
  return gainedBytes > 0 && !isMoved ? `gains ${formatMemory(gainedBytes)}; ${cost}` : cost;
}

const LOSS_TEXTS: Record<Lever["loss"], string> = {
  none: "nothing",
  "prompt-speed": "some speed of prompts",
  "little-quality": "hardly any quality",
  quality: "quality",
  context: "context",
  speed: "speed",
  money: "money",
};

function leverText(lever: Lever): string {
  switch (lever.kind) {
    case "free-memory":
      return "close what else holds memory";
    case "micro-batch":
      return `micro-batches of ${lever.microBatchSize} tokens`;
    case "kv-cache-type":
      return `KV cache at ${lever.kvCacheType}`;
    case "context":
      return `context of ${formatContext(lever.contextLength)}`;
    case "quantization":
      return lever.quantization;
    case "offload":
      return "part of it in RAM";
    case "one-more-card":
      return `one more ${lever.cardName}`;
  }
}
