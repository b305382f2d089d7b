import { expandLayers } from "#engine/memory/tensors.ts";
import { weightsOf } from "#engine/memory/weights.ts";
import type { Architecture, LayerKind } from "#engine/model.ts";
import { cacheReadBytesByLayer, type CacheTypes } from "./cache-reads.ts";
import { tokenOperationsByLayer } from "./operations.ts";
import type { ModelPacking } from "./packing.ts";
import { activeFraction, weightReadsOf } from "./weight-reads.ts";

/** What one layer has to do: for a generated token, and for a token of a prompt. Bytes of one sequence, operations of one token. */
export interface LayerWork {
  /** Read for each token: attention, shared experts, router, norms. */
  readonly denseBytes: number;
  /** All routed experts, and the share of them that one token runs through. */
  readonly expertBytes: number;
  readonly activeExpertFraction: number;
  /** Cache and state read for a token generated at the depth. */
  readonly cacheBytes: number;
  readonly denseOperations: number;
  /** Of the active experts. */
  readonly expertOperations: number;
  /** Scores and sums over the tokens at the depth; and the mean over a prompt, token by token. */
  readonly attentionOperations: number;
  readonly promptAttentionOperations: number;
  /** False for a block that is only a feed-forward. */
  readonly hasMixer: boolean;
  readonly hasExperts: boolean;
  readonly isRecurrent: boolean;
}

/** A model's work, layer by layer, and of the output matrix. */
export interface ModelWork {
  readonly layers: readonly LayerWork[];
  readonly outputBytes: number;
  readonly outputOperations: number;
}

/** How full the cache is and how long the prompt, in tokens. */
export interface Tokens {
  readonly depth: number;
  readonly promptLength: number;
}

/** The work of a model in a quantization; null for encoder-decoder models (see `weightReadsOf`). */
export function modelWork(
  architecture: Architecture,
  packing: ModelPacking,
  tokens: Tokens,
  types: CacheTypes,
): ModelWork | null {
  const reads = weightReadsOf(architecture, packing);
  if (reads === null) return null;
  const weights = weightsOf(architecture, packing.quantization, packing.experts);
  const cacheBytes = cacheReadBytesByLayer(architecture, tokens.depth, types);
  const atDepth = tokenOperationsByLayer(architecture, tokens.depth);
  const inPrompt = tokenOperationsByLayer(architecture, tokens.promptLength / 2);
  const layers = expandLayers(architecture).map((kind, index): LayerWork => {
    const operations = at(atDepth, index);
    return {
      denseBytes: at(weights.layers, index).denseBytes,
      expertBytes: at(weights.layers, index).routedExpertBytes,
      activeExpertFraction: activeFraction(kind.feedForward),
      cacheBytes: at(cacheBytes, index),
      denseOperations: operations.dense,
      expertOperations: operations.experts,
      attentionOperations: operations.attention,
      promptAttentionOperations: at(inPrompt, index).attention,
      ...traits(kind),
    };
  });
  const outputOperations = 2 * architecture.hiddenSize * architecture.vocabularySize;
  return { layers, outputBytes: reads.outputBytes, outputOperations };
}

function traits(kind: LayerKind): Pick<LayerWork, "hasMixer" | "hasExperts" | "isRecurrent"> {
  return {
    hasMixer: kind.mixer.kind !== "none",
    hasExperts: kind.feedForward.kind === "experts",
    isRecurrent: kind.mixer.kind === "recurrent",
  };
}

function at<Item>(items: readonly Item[], index: number): Item {
  const item = items[index];
  if (item === undefined) throw new Error(`there is no layer ${index}`);
  return item;
}
