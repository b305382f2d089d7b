import { commonAbility, generationOfAccelerator, type Ability } from "./capability.ts";
import { longestContext } from "#engine/search.ts";
import type { KvCacheType } from "#engine/kv-cache-type.ts";
import { isLikeLlama } from "#engine/runtime.ts";
import type { Scenario } from "#engine/scenario.ts";
import { mibToBytes } from "#engine/units.ts";
import { effectOf, isFaster, isSooner, leavesRam } from "./effect.ts";
import { isOnAccelerators, stateWith, type OptimiseQuestion, type State } from "./state.ts";
import { found, NOTHING_FOUND, refused, suggestion, type Found } from "./suggestion.ts";
import { numberText } from "#words/numbers.ts";
import { say } from "#words/say.ts";

/** Less is not worth a setting. Our choice. */
const WORTHWHILE_BYTES = mibToBytes(64);

/** Keys and values in 8 bits: half the cache. */
export function smallerCache(question: OptimiseQuestion, before: State): Found {
  const { scenario } = question;
  if (![scenario.keyCacheType, scenario.valueCacheType].every((type) => WIDE.includes(type)))
    return NOTHING_FOUND;
  const kvCacheType = eightBitType(scenario);
  if (kvCacheType === null) return NOTHING_FOUND;
  const ability = kvCacheType === "fp8" ? fp8Ability(question) : null;
  if (ability?.can === "no")
    return refused(
      "kv-cache-type",
      say("{reason} A cache in FP8 is no help here.", { reason: ability.reason }),
      ability.source,
    );
  // llama.cpp and its kin keep quantised values only with flash attention.
  const change = { keyCacheType: kvCacheType, valueCacheType: kvCacheType, flashAttention: true };
  const after = stateWith(question, { scenario: change, quantization: before.quantization });
  if (after === null || before.usedBytes - after.usedBytes < WORTHWHILE_BYTES) return NOTHING_FOUND;
  if (isOnAccelerators(before) && !isOnAccelerators(after)) return NOTHING_FOUND;
  return found(
    suggestion(before, after, {
      lever: { kind: "kv-cache-type", kvCacheType, flashAttention: !scenario.flashAttention },
      title: scenario.flashAttention
        ? say("KV cache at {type}", { type: kvCacheType })
        : say("KV cache at {type}, with flash attention", { type: kvCacheType }),
      reason: contextReason(question, before, change),
    }),
  );
}

const WIDE: readonly KvCacheType[] = ["f32", "f16", "bf16"];

function eightBitType({ runtime }: Scenario): KvCacheType | null {
  const types = runtime?.cache.types ?? ["q8_0"];
  return (["q8_0", "fp8"] as const).find((type) => types.includes(type)) ?? null;
}

function fp8Ability({ machine, data }: OptimiseQuestion): Ability {
  const generations = machine.accelerators.map((each) => generationOfAccelerator(each, data.cards));
  return commonAbility(generations, "fp8");
}

/** What the memory is good for: how much longer the context may be. */
function contextReason(question: OptimiseQuestion, before: State, change: Partial<Scenario>): string {
  const where = isOnAccelerators(before) ? "cards" : "anywhere";
  const longest = (scenario: Scenario): number | null =>
    longestContext({ ...question, scenario }, before.quantization, where);
  const now = longest(question.scenario);
  const then = longest({ ...question.scenario, ...change });
  if (now === null || then === null || then <= now)
    return say("Half the cache to hold, and to read for each token.");
  return say("The longest context here grows from {now} to {then} tokens.", {
    now: numberText(now),
    then: numberText(then),
  });
}

/** Attention without a matrix of scores; llama.cpp's own kernels, which run on every back end it has. */
export function flashAttention(question: OptimiseQuestion, before: State): Found {
  const { scenario } = question;
  if (scenario.flashAttention || !isLikeLlama(scenario.runtime)) return NOTHING_FOUND;
  const after = stateWith(question, {
    scenario: { flashAttention: true },
    quantization: before.quantization,
  });
  if (after === null || after.usedBytes >= before.usedBytes) return NOTHING_FOUND;
  return found(
    suggestion(before, after, {
      lever: { kind: "flash-attention" },
      title: say("Flash attention on"),
      reason: say("No matrix of scores is kept; llama.cpp's own kernels run on this hardware, too."),
    }),
  );
}

/** Runtimes that use the package of that name, or refuse a card without it. */
const USES_FLASH_ATTENTION_2 = ["vllm", "sglang", "transformers", "exllama"];

/** FlashAttention-2 is asked for by name in guides: said where the hardware has it not. */
export function flashAttention2Refusal({ machine, scenario, data }: OptimiseQuestion): Found {
  const { runtime } = scenario;
  if (!machine.accelerators.some(({ vendor }) => vendor === "nvidia" || vendor === "amd"))
    return NOTHING_FOUND;
  if (runtime !== undefined && !USES_FLASH_ATTENTION_2.includes(runtime.id)) return NOTHING_FOUND;
  const generations = machine.accelerators.map((each) => generationOfAccelerator(each, data.cards));
  const { can, reason, source } = commonAbility(generations, "flash-attention-2");
  return can === "no" ? refused("flash-attention-2", reason, source) : NOTHING_FOUND;
}

/** Smaller buffers leave room for more of the model on the card; prompts are slower for it. */
export function smallerMicroBatch(question: OptimiseQuestion, before: State): Found {
  const { scenario } = question;
  if (scenario.runtime !== undefined && scenario.runtime.engine !== "llama.cpp") return NOTHING_FOUND;
  if (isOnAccelerators(before)) return NOTHING_FOUND;
  for (const microBatchSize of [256, 128].filter((size) => size < scenario.microBatchSize)) {
    const after = stateWith(question, { scenario: { microBatchSize }, quantization: before.quantization });
    if (after === null || !leavesRam(before, after)) continue;
    const effect = effectOf(before, after);
    if (!isFaster(effect) && !isSooner(effect)) continue;
    return found(
      suggestion(before, after, {
        lever: { kind: "micro-batch", microBatchSize },
        title: say("Micro-batches of {count} tokens", { count: microBatchSize }),
        reason: say("The smaller buffer leaves room for more of the model beside it."),
      }),
    );
  }
  return NOTHING_FOUND;
}
