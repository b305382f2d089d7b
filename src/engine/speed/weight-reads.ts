import { encoderTensors, expandLayers } from "#engine/memory/tensors.ts";
import { weightsOf, type Weights } from "#engine/memory/weights.ts";
import type { Architecture, FeedForward } from "#engine/model.ts";
import { QUANTIZATIONS, type QuantizationName } from "#engine/quantization.ts";
import type { ModelPacking } from "./packing.ts";

/** What one generated token reads of one layer's weights. */
export interface LayerReads {
  /** Everything each token runs through: attention, shared experts, router, norms. */
  readonly denseBytes: number;
  /** The routed experts of one token, not of all. */
  readonly routedExpertBytes: number;
}

/** What one generated token reads of a model's weights. Tables that are only looked up are not in it. */
export interface WeightReads {
  readonly layers: readonly LayerReads[];
  /** The output matrix, a tied one included, and the last norm. */
  readonly outputBytes: number;
}

/**
 * Bytes read for one token of one sequence: each matrix that is multiplied once, and of a mixture's routed experts the
 * share that is active. Encoder-decoder models are answered null: no rate of one was measured, and what of an encoder
 * is read again for each token differs by runtime.
 */
export function weightReadsOf(architecture: Architecture, packing: ModelPacking): WeightReads | null {
  if (architecture.encoder !== null || encoderTensors(architecture).length > 0) return null;
  const weights = weightsOf(architecture, packing.quantization, packing.experts);
  const kinds = expandLayers(architecture);
  const layers = kinds.map((kind, index) => {
    const layer = weights.layers[index];
    if (layer === undefined) throw new Error(`weights have no layer ${index}`);
    return {
      denseBytes: layer.denseBytes,
      routedExpertBytes: layer.routedExpertBytes * activeFraction(kind.feedForward),
    };
  });
  return { layers, outputBytes: outputReadBytes(architecture, packing.quantization, weights) };
}

/** Bytes of a whole token's reads. */
export function weightReadBytes(reads: WeightReads): number {
  return reads.layers.reduce(
    (sum, layer) => sum + layer.denseBytes + layer.routedExpertBytes,
    reads.outputBytes,
  );
}

/** Share of the routed experts that one token runs through. */
export function activeFraction(feedForward: FeedForward): number {
  return feedForward.kind === "experts" ? feedForward.activeExpertCount / feedForward.expertCount : 1;
}

/**
 * A tied output matrix is the embedding read as a matrix. In GGUF the weights count it apart (a second copy on the
 * card); elsewhere it is the table itself, in 16 bits.
 */
function outputReadBytes(
  architecture: Architecture,
  quantization: QuantizationName,
  weights: Weights,
): number {
  const isCounted = !architecture.tiedEmbeddings || QUANTIZATIONS[quantization].format === "gguf";
  if (isCounted) return weights.outputBytes;
  return weights.outputBytes + architecture.hiddenSize * architecture.vocabularySize * SIXTEEN_BITS_BYTES;
}

const SIXTEEN_BITS_BYTES = 2;
