import type { Extras, Scenario, Split } from "#engine/scenario.ts";
import { formatContext } from "./format.ts";
import { cacheTypeText } from "./memory-use.ts";
import { andText, commaText } from "#words/lists.ts";
import { say } from "#words/say.ts";

/** What was asked, with its defaults, as a sentence. */
export function scenarioText(scenario: Scenario): string {
  const { flashAttention, lowestQuantization } = scenario;
  const parts = commaText([
    contextText(scenario),
    say("KV cache {cache}", { cache: cacheTypeText(scenario) }),
    ...(flashAttention ? [] : [say("flash attention off")]),
    say("lowest quantization {quantization}", { quantization: lowestQuantization }),
    ...runsWith(scenario),
  ]);
  return say("{parts}.", { parts });
}

function contextText({ contextLength, parallelSequenceCount: count }: Scenario): string {
  const context = formatContext(contextLength);
  return count === 1
    ? say("With {context} of context", { context })
    : say("With {context} of context for {count} sequences", { context, count });
}

/** Empty where nobody chose a runtime, a back end or a split. */
function runsWith({ runtime, backend, split, extras }: Scenario): readonly string[] {
  return [
    ...(runtime === undefined ? [] : [say("with {what}", { what: runtime.name })]),
    ...(backend === undefined ? [] : [say("on {device}", { device: backend })]),
    ...(extras === undefined ? [] : [say("with {what}", { what: extrasText(extras) })]),
    ...(split === undefined ? [] : [splitText(split)]),
  ];
}

function splitText(split: Split): string {
  return split === "layer" ? say("several cards split by layers") : say("several cards split by tensors");
}

function extrasText({ projector, mtp, draft, loraRank }: Extras): string {
  return andText([
    ...(projector ? [say("its vision tower")] : []),
    ...(mtp ? [say("its block for several tokens")] : []),
    ...(draft === null
      ? []
      : [
          say("{model} ({quantization}) as draft model", {
            model: draft.modelId,
            quantization: draft.quantization,
          }),
        ]),
    ...(loraRank === null ? [] : [say("a LoRA adapter of rank {rank}", { rank: loraRank })]),
  ]);
}
