import type { Extras, Scenario } from "#engine/scenario.ts";
import { formatContext } from "./format.ts";
import { cacheTypeText } from "./memory-use.ts";

/** What was asked, with its defaults, as a sentence. */
export function scenarioText(scenario: Scenario): string {
  const cache = cacheTypeText(scenario);
  const users =
    scenario.parallelSequenceCount === 1 ? "" : ` for ${scenario.parallelSequenceCount} sequences`;
  const flash = scenario.flashAttention ? "" : ", flash attention off";
  return `With ${formatContext(scenario.contextLength)} of context${users}, KV cache ${cache}${flash}, nothing coarser than ${scenario.lowestQuantization}${runsWith(scenario)}.`;
}

/** Empty where nobody chose a runtime, a back end or a split. */
function runsWith({ runtime, backend, split, extras }: Scenario): string {
  return [
    runtime === undefined ? "" : `, with ${runtime.name}`,
    backend === undefined ? "" : `, on ${backend}`,
    extras === undefined ? "" : `, with ${extrasText(extras)}`,
    split === undefined ? "" : `, several cards split by ${split === "layer" ? "layers" : "tensors"}`,
  ].join("");
}

function extrasText({ projector, mtp, draft, loraRank }: Extras): string {
  return [
    ...(projector ? ["its vision tower"] : []),
    ...(mtp ? ["its block for several tokens"] : []),
    ...(draft === null ? [] : [`${draft.modelId} (${draft.quantization}) as draft model`]),
    ...(loraRank === null ? [] : [`a LoRA adapter of rank ${loraRank}`]),
  ].join(" and ");
}
