import type { Change } from "#engine/cheapest-change.ts";
import type { Lever } from "#engine/lever.ts";
import type { Fit } from "#engine/fit.ts";
import type { SpeedEstimate } from "#engine/speed/estimate-speed.ts";
import { andText, commaText } from "#words/lists.ts";
import { fixedText } from "#words/numbers.ts";
import { say } from "#words/say.ts";
import { formatContext, formatMemory } from "./format.ts";
import { speedCellText } from "./speed-text.ts";

/** What to change, in words: "KV cache at q8_0 and micro-batches of 256". */
export function changeText({ levers }: Change): string {
  return andText(levers.map(leverText));
}

/** What it brings and costs: "gains 5.6 GiB; costs 0.4 quality points (0.1 to 0.9)"; in words where no loss is known. */
export function changeEffect({ levers, gainedBytes }: Change, loss: ChangeLoss | null = null): string {
  const losses = [...new Set(levers.flatMap((lever) => lossTexts(lever, loss)))];
  const cost =
    losses.length === 0 ? say("costs nothing") : say("costs {losses}", { losses: andText(losses) });
  // What goes to RAM is moved, not gained.
  const isMoved = levers.some(({ kind }) => kind === "offload" || kind === "more-ram");
  return gainedBytes > 0 && !isMoved
    ? say("gains {memory}; {cost}", { memory: formatMemory(gainedBytes), cost })
    : cost;
}

/** What it comes to: "then 42.4 GiB, 1.2 to 2.0 tokens/s"; empty where the sizes are not known. */
export function changedFitText({ memory }: Pick<Fit, "memory">, speed: SpeedEstimate | null): string {
  if (memory === null) return "";
  const total = formatMemory(memory.totalBytes);
  if (speed?.kind === "known") {
    return say("then {memory}, {rate} tokens/s", { memory: total, rate: speedCellText(speed) });
  }
  const then = say("then {memory}", { memory: total });
  return speed === null ? then : commaText([then, say("speed unknown")]);
}

/** Index points with their interval. */
export interface ChangeLoss {
  readonly points: number;
  readonly low: number;
  readonly high: number;
}

function lossTexts({ loss: kind }: Lever, loss: ChangeLoss | null): readonly string[] {
  switch (kind) {
    case "none":
      return [];
    case "little-quality":
    case "quality":
      if (loss !== null) return [pointsText(loss)];
      return [kind === "quality" ? costText(kind) : say("hardly any quality")];
    case "prompt-speed":
      return [say("some speed of prompts")];
    case "context":
    case "speed":
    case "money":
      return [costText(kind)];
  }
}

/** What is paid with, as a language says it after "costs". */
function costText(loss: "quality" | "context" | "speed" | "money"): string {
  return say("{loss, select, quality {quality} context {context} speed {speed} other {money}}", { loss });
}

function pointsText({ points, low, high }: ChangeLoss): string {
  return say("{points} quality points ({low} to {high})", {
    points: fixedText(points, 1),
    low: fixedText(low, 1),
    high: fixedText(high, 1),
  });
}

function leverText(lever: Lever): string {
  switch (lever.kind) {
    case "free-memory":
      return say("close what else holds memory");
    case "micro-batch":
      return say("micro-batches of {count} tokens", { count: lever.microBatchSize });
    case "kv-cache-type":
      return say("KV cache at {type}", { type: lever.kvCacheType });
    case "context":
      return say("context of {context}", { context: formatContext(lever.contextLength) });
    case "quantization":
      return lever.quantization;
    case "offload":
      return say("part of it in RAM");
    case "more-ram":
      return say("{memory} of RAM", { memory: formatMemory(lever.ramBytes) });
    case "one-more-card":
      return say("one more {card}", { card: lever.cardName });
  }
}
