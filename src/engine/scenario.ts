import type { Backend } from "./backend.ts";
import type { KvCacheType } from "./kv-cache-type.ts";
import type { Architecture } from "./model.ts";
import type { QuantizationName } from "./quantization.ts";
import type { Runtime } from "./runtime.ts";

/** What a person asks for, every default resolved. */
export interface Scenario {
  /** Tokens held at once: prompt and answer together. */
  readonly contextLength: number;
  readonly keyCacheType: KvCacheType;
  readonly valueCacheType: KvCacheType;
  /** The coarsest quantization a verdict may fall back to. */
  readonly lowestQuantization: QuantizationName;
  /** Tokens processed at once in the prompt phase (llama.cpp `--ubatch-size`). */
  readonly microBatchSize: number;
  readonly flashAttention: boolean;
  /** Sequences served at once (llama.cpp `--parallel`). */
  readonly parallelSequenceCount: number;
  /** What the runtime drives accelerators with; absent: the vendor's own. */
  readonly backend?: Backend;
  /** What runs the model; absent: llama.cpp, with the defaults below. */
  readonly runtime?: Runtime;
  /** How a model is spread over several cards; absent: the runtime's usual way. */
  readonly split?: Split;
  /** What is loaded beside the model; absent: nothing. */
  readonly extras?: Extras;
}

/** Parts that a person may load beside a model. */
export interface Extras {
  /** Its vision tower and projector (llama.cpp's `mmproj` file). */
  readonly projector: boolean;
  /** Its own block that predicts several tokens (MTP, "nextn") proposes tokens. */
  readonly mtp: boolean;
  /** A small model that proposes tokens (llama.cpp `-md`, vLLM's draft model). */
  readonly draft: DraftModel | null;
  /** Rank of a LoRA adapter on every matrix of the layers; null without one. */
  readonly loraRank: number | null;
}

/** A small model beside the large one. */
export interface DraftModel {
  readonly modelId: string;
  readonly architecture: Architecture;
  readonly quantization: QuantizationName;
}

/** By whole layers, one card after the other; or every matrix over all cards, which then work at once. */
export const SPLITS = ["layer", "tensor"] as const;

export type Split = (typeof SPLITS)[number];

/** The most that may be asked for; the longest context any catalog model states is 10,485,760 (Llama 4 Scout). */
export const CONTEXT_LENGTH_MAX = 16_777_216;

/** Context 8,192 is ours; cache type, micro-batch and sequences are llama.cpp's defaults for one user (`common/common.h`). */
export const DEFAULT_SCENARIO: Scenario = {
  contextLength: 8192,
  keyCacheType: "f16",
  valueCacheType: "f16",
  lowestQuantization: "Q4_K_M",
  microBatchSize: 512,
  flashAttention: true,
  parallelSequenceCount: 1,
};
