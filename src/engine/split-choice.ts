import type { KvCacheType } from "./kv-cache-type.ts";
import type { Architecture } from "./model.ts";
import { isLikeLlama, type Runtime } from "./runtime.ts";
import type { Scenario, Split } from "./scenario.ts";

/** How a model would be spread over several cards, or why it cannot be in the way that was asked for. */
export type SplitChoice =
  { readonly kind: "layer" | "tensor" } | { readonly kind: "none"; readonly reason: string | null };

/** The way asked for where the runtime has it and can do it here, else its usual one. */
export function splitChoice(architecture: Architecture, scenario: Scenario): SplitChoice {
  const { runtime, split } = scenario;
  const known = splitsOf(runtime);
  const wanted = split ?? known[0];
  if (wanted === undefined) return { kind: "none", reason: null };
  if (!known.includes(wanted)) {
    return { kind: "none", reason: `${nameOf(runtime)} does not split a model by ${WORDS[wanted]}.` };
  }
  const refusal = wanted === "tensor" && isLikeLlama(runtime) ? llamaRefusal(architecture, scenario) : null;
  return refusal === null ? { kind: wanted } : { kind: "none", reason: refusal };
}

const WORDS: Record<Split, string> = { layer: "layers", tensor: "tensors" };

function splitsOf(runtime: Runtime | undefined): readonly Split[] {
  if (runtime === undefined) return ["layer", "tensor"];
  return runtime.splits.map((split) => (split === "layers" ? "layer" : "tensor"));
}

const UNQUANTIZED: readonly KvCacheType[] = ["f32", "f16", "bf16"];

/** What llama.cpp stops at when it starts (docs/multi-gpu.md, limitations of `--split-mode tensor`, 2026-07). */
function llamaRefusal(architecture: Architecture, scenario: Scenario): string | null {
  const { flashAttention, keyCacheType, valueCacheType } = scenario;
  if (!flashAttention) return "llama.cpp splits by tensors only with flash attention.";
  if (![keyCacheType, valueCacheType].every((type) => UNQUANTIZED.includes(type))) {
    return "llama.cpp splits by tensors only with a KV cache of f32, f16 or bf16.";
  }
  const mixers = Object.values(architecture.layerKinds).map(({ mixer }) => mixer);
  if (mixers.some(({ kind }) => kind === "latent-attention")) {
    return "llama.cpp does not split models with latent attention by tensors.";
  }
  return mixers.some((mixer) => mixer.kind === "attention" && mixer.hasCrossAttention)
    ? "llama.cpp does not split encoder-decoder models by tensors."
    : null;
}

function nameOf(runtime: Runtime | undefined): string {
  return runtime?.name ?? "llama.cpp";
}
