import type { KvCacheType } from "#engine/kv-cache-type.ts";
import { isLikeLlama } from "#engine/runtime.ts";
import type { Scenario } from "#engine/scenario.ts";

const QUANTISED: readonly KvCacheType[] = ["q8_0", "q5_1", "q5_0", "q4_1", "q4_0"];

/**
 * Why llama.cpp and what is built on it stop at a quantised cache of values without flash attention, as a sentence;
 * null where they start. Without it, values are stored transposed, across the blocks of a quantised type ("quantized V
 * cache requires flash_attn to be enabled", `llama_init_from_model`, build 11146; Ollama 0.33 ends the same way). Keys
 * may be quantised.
 */
export function valueCacheRefusal({ runtime, flashAttention, valueCacheType }: Scenario): string | null {
  if (!isLikeLlama(runtime) || flashAttention || !QUANTISED.includes(valueCacheType)) return null;
  const name = runtime?.name ?? "llama.cpp";
  return `${name} does not start with values of the KV cache in ${valueCacheType} and without flash attention.`;
}
