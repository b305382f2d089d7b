import type { KvCacheType } from "#engine/kv-cache-type.ts";
import type { Architecture, AttentionMixer, LatentAttentionMixer, LayerKind } from "#engine/model.ts";
import { isLikeLlama, type Runtime } from "#engine/runtime.ts";
import type { Scenario } from "#engine/scenario.ts";
import { tensorBytes, type TensorType } from "#engine/tensor-type.ts";

/** llama.cpp pads the count of cells to this (`llama_kv_cache::get_padding` with flash attention, and the context). */
const CELL_PADDING = 256;

const TENSOR_TYPE_OF: Record<KvCacheType, TensorType> = {
  f32: "F32",
  f16: "F16",
  bf16: "BF16",
  q8_0: "Q8_0",
  q5_1: "Q5_1",
  q5_0: "Q5_0",
  q4_1: "Q4_1",
  q4_0: "Q4_0",
  fp8: "FP8",
};

/** What of a scenario the cache depends on. */
export type CacheScenario = Pick<
  Scenario,
  "contextLength" | "keyCacheType" | "valueCacheType" | "microBatchSize" | "parallelSequenceCount" | "runtime"
>;

/**
 * Bytes of one layer's cache: cells × key/value heads × (key length × bytes of a key + value length × bytes of a
 * value). The cells of all sequences are one pool of `contextLength` (llama.cpp's unified cache, its server's default).
 */
export function layerKvCacheBytes(kind: LayerKind, scenario: CacheScenario, windows: WindowUse): number {
  switch (kind.mixer.kind) {
    case "attention":
      return attentionCacheBytes(kind.mixer, scenario, windows);
    case "latent-attention":
      return latentCacheBytes(kind.mixer, scenario);
    case "recurrent":
    case "none":
      return 0;
  }
}

/** Whether a runtime keeps only the window of a sliding layer, or the whole context all the same. */
export type WindowUse = "kept" | "ignored";

/**
 * llama.cpp keeps windows only where some layers slide and others see everything. Where all slide (Mistral 7B v0.1,
 * Phi-3 mini, StarCoder2) it holds the whole context; the measured rows for the first two show it.
 */
export function windowUse(architecture: Architecture, runtime?: Runtime): WindowUse {
  if (!isLikeLlama(runtime)) return runtime.cache.keepsWindows ? "kept" : "ignored";
  const isFull = ({ mixer }: LayerKind): boolean =>
    mixer.kind === "attention" && mixer.slidingWindow === null;
  return Object.values(architecture.layerKinds).some(isFull) ? "kept" : "ignored";
}

/** Cells of a layer with full attention: the context, padded; once for all sequences, or for each. */
export function fullAttentionCells({ contextLength, parallelSequenceCount, runtime }: CacheScenario): number {
  const cells = pad(contextLength, runtime);
  return runtime?.cache.sequences === "each" ? cells * parallelSequenceCount : cells;
}

/**
 * Cells of a layer with a sliding window: a window for each sequence and one micro-batch, and one more cell before
 * padding; never more than full attention holds. `llama_kv_cache_iswa`; equal to what a current build allocates for
 * Gemma 2, Gemma 3 and gpt-oss (the measured rows in `tests/engine/oracle.test.ts`).
 */
export function slidingWindowCells(slidingWindow: number, scenario: CacheScenario): number {
  const { parallelSequenceCount, microBatchSize, runtime } = scenario;
  const inFlight = isLikeLlama(runtime) ? microBatchSize + 1 : runtime.batchedTokenCount;
  const wanted = slidingWindow * parallelSequenceCount + inFlight;
  return Math.min(fullAttentionCells(scenario), pad(wanted, runtime));
}

function attentionCacheBytes(mixer: AttentionMixer, scenario: CacheScenario, windows: WindowUse): number {
  if (mixer.cache === "none") return 0;
  const cells =
    mixer.slidingWindow === null || windows === "ignored"
      ? fullAttentionCells(scenario)
      : slidingWindowCells(mixer.slidingWindow, scenario);
  const keyBytes = rowBytes(scenario.keyCacheType, mixer.kvHeadCount * mixer.keyLength);
  const valueBytes = rowBytes(scenario.valueCacheType, mixer.kvHeadCount * mixer.valueLength);
  const selfBytes = cells * (keyBytes + valueBytes);
  // Cross attention keeps keys and values of the encoder's output; it may be as long as the context.
  const crossBytes = mixer.hasCrossAttention ? fullAttentionCells(scenario) * (keyBytes + valueBytes) : 0;
  return selfBytes + crossBytes;
}

/** One latent and one rotary key a token, in the key's type; values are read from the latent (DeepSeek-V2, section 2.1). */
function latentCacheBytes(mixer: LatentAttentionMixer, scenario: CacheScenario): number {
  const width = mixer.kvLoraRank + mixer.ropeLength + (mixer.indexKeyLength ?? 0);
  return fullAttentionCells(scenario) * rowBytes(scenario.keyCacheType, width);
}

function rowBytes(type: KvCacheType, elementCount: number): number {
  return tensorBytes(TENSOR_TYPE_OF[type], elementCount);
}

function pad(cells: number, runtime: Runtime | undefined): number {
  const padding = runtime?.cache.paddingCells ?? CELL_PADDING;
  return Math.ceil(cells / padding) * padding;
}
