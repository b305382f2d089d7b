import type { Change, Lever } from "#engine/cheapest-change.ts";
import { formatContext, formatMemory } from "./format.ts";

/** What to change, in words: "KV cache at q8_0 and micro-batches of 256". */
export function changeText({ levers }: Change): string {
  return levers.map(leverText).join(" and ");
}

/** What it brings and costs: "gains 5.6 GiB; costs 0.4 quality points (0.1 to 0.9)"; in words where no loss is known. */
export function changeEffect({ levers, gainedBytes }: Change, loss: ChangeLoss | null = null): string {
  const words = [...new Set(levers.map((lever) => lossText(lever, loss)))].filter((text) => text !== null);
  const cost = words.length === 0 ? "costs nothing" : `costs ${words.join(" and ")}`;
  // What goes to RAM is moved, not gained.
  const isMoved = levers.some(({ kind }) => kind === "offload");
  return gainedBytes > 0 && !isMoved ? `gains ${formatMemory(gainedBytes)}; ${cost}` : cost;
}

/** Index points with their interval. */
export interface ChangeLoss {
  readonly points: number;
  readonly low: number;
  readonly high: number;
}

function lossText({ loss: kind }: Lever, loss: ChangeLoss | null): string | null {
  const isQuality = kind === "quality" || kind === "little-quality";
  if (!isQuality || loss === null) return LOSS_TEXTS[kind];
  const [points, low, high] = [loss.points, loss.low, loss.high].map((value) => value.toFixed(1));
  return `${points} quality points (${low} to ${high})`;
}

const LOSS_TEXTS: Record<Lever["loss"], string | null> = {
  none: null,
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
