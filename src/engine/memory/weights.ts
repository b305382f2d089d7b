import type { Architecture, LayerKind } from "#engine/model.ts";
import { QUANTIZATIONS, type QuantizationName } from "#engine/quantization.ts";
import { tensorBitsPerWeight, tensorBytes, type TensorType } from "#engine/tensor-type.ts";
import { tensorTypeIn, type MixtureModel, type MixturePosition } from "./tensor-mixture.ts";
import { placeClasses } from "./tensor-place.ts";
import {
  encoderTensors,
  expandLayers,
  layerTensors,
  lookupTensors,
  outputTensors,
  parameterCount,
  type Tensor,
} from "./tensors.ts";

/** One layer's weights; routed experts apart, since they can stay in RAM alone. */
export interface LayerWeights {
  readonly denseBytes: number;
  readonly routedExpertBytes: number;
  /** The largest single matrix of each: what is copied to a card that computes with what lies in RAM. */
  readonly largestDenseBytes: number;
  readonly largestRoutedBytes: number;
}

/** A model's weights in one quantization, by where they can go. */
export interface Weights {
  readonly layers: readonly LayerWeights[];
  /** The sum of the layers, kept because every placement asks for it. */
  readonly layersBytes: number;
  /** Token embedding and other tables that are looked up. */
  readonly lookupBytes: number;
  /** Output matrix (a tied one is the embedding again), last norm, an encoder's layers. */
  readonly outputBytes: number;
  /** The part of `outputBytes` that is a second copy of the tied embedding. */
  readonly embeddingCopyBytes: number;
  /** The token table where it is the output matrix too, and 0 elsewhere. */
  readonly tiedTableBytes: number;
  /** A copy of the largest quantised matrix of the layers in 16 bits, which some kernels make; 0 at 16 bits. */
  readonly wideningBytes: number;
  /** Lookup tables stay in RAM even when every layer is on a card. */
  readonly keepsLookupInRam: boolean;
}

/** Bytes of every tensor once: what the file holds, its metadata (a few MB) apart. */
export function weightsBytes(weights: Weights): number {
  return weights.layersBytes + weights.lookupBytes + weights.outputBytes - weights.embeddingCopyBytes;
}

/** Average density of the packing over the whole model. */
export function bitsPerWeight(architecture: Architecture, quantization: QuantizationName): number {
  return (weightsBytes(weightsOf(architecture, quantization)) * 8) / parameterCount(architecture);
}

/**
 * What routed experts are packed as in a GGUF file. A model released with its experts in MXFP4 (gpt-oss) keeps them so,
 * whatever the file is called: its files of "F16" to "Q4_K_M" are 12.8 to 10.8 GiB for 20.9 B parameters.
 */
export type ExpertPacking = "as-the-rest" | "MXFP4";

/** How experts of a model of that release precision are packed in GGUF files. */
export function expertPackingOf(finest: QuantizationName): ExpertPacking {
  return finest === "MXFP4" || finest === "MXFP4_MOE" ? "MXFP4" : "as-the-rest";
}

const caches: Record<ExpertPacking, WeakMap<Architecture, Map<QuantizationName, Weights>>> = {
  "as-the-rest": new WeakMap(),
  MXFP4: new WeakMap(),
};

/** The weights of an architecture in a quantization; computed once for each pair, since a slider asks often. */
export function weightsOf(
  architecture: Architecture,
  quantization: QuantizationName,
  experts: ExpertPacking = "as-the-rest",
): Weights {
  const cache = caches[experts];
  const known = cache.get(architecture) ?? new Map<QuantizationName, Weights>();
  cache.set(architecture, known);
  const weights = known.get(quantization) ?? exactOrComputed(architecture, { quantization, experts });
  known.set(quantization, weights);
  return weights;
}

/** Sizes read from the person's own file take the place of computed ones; what follows from single matrices stays. */
function exactOrComputed(architecture: Architecture, packing: Packing): Weights {
  const { quantization } = packing;
  const computed = computeWeights(architecture, packing);
  const { exactWeights, tiedEmbeddings } = architecture;
  if (exactWeights?.quantization !== quantization) return computed;
  const { lookupBytes, outputBytes } = exactWeights;
  const embeddingCopyBytes = tiedEmbeddings ? lookupBytes : 0;
  const layers = computed.layers.map((layer, index) => ({ ...layer, ...exactWeights.layers[index] }));
  return {
    ...computed,
    layers,
    layersBytes: sumOfLayers(layers),
    lookupBytes,
    outputBytes: outputBytes + embeddingCopyBytes,
    embeddingCopyBytes,
    tiedTableBytes: embeddingCopyBytes,
  };
}

/**
 * llama.cpp keeps lookup tables in RAM (`llama-model.cpp`: the input layer's device is the CPU) and loads a tied
 * embedding a second time as output matrix; both are seen in logged buffers. Other formats load everything.
 */
function computeWeights(architecture: Architecture, packing: Packing): Weights {
  const { quantization } = packing;
  const kinds = expandLayers(architecture);
  const model = mixtureModel(kinds);
  const outside = { tiedEmbeddings: architecture.tiedEmbeddings, valueIndex: 0, downIndex: 0 };
  const sum = (tensors: readonly Tensor[]): number =>
    tensors.reduce(
      (bytes, tensor) => bytes + bytesOf(tensor, tensorTypeIn(quantization, tensor, model, outside)),
      0,
    );
  const lookups = lookupTensors(architecture);
  const keepsLookupInRam = QUANTIZATIONS[quantization].format === "gguf";
  const tiedTableBytes = architecture.tiedEmbeddings ? sum(lookups.slice(0, 1)) : 0;
  const embeddingCopyBytes = keepsLookupInRam ? tiedTableBytes : 0;
  const layers = layerWeights(kinds, architecture, packing);
  return {
    layers,
    layersBytes: sumOfLayers(layers),
    lookupBytes: sum(lookups),
    outputBytes: sum(outputTensors(architecture)) + sum(encoderTensors(architecture)) + embeddingCopyBytes,
    embeddingCopyBytes,
    tiedTableBytes,
    wideningBytes: wideningBytes(kinds, architecture, quantization),
    keepsLookupInRam,
  };
}

function sumOfLayers(layers: readonly LayerWeights[]): number {
  return layers.reduce((sum, layer) => sum + layer.denseBytes + layer.routedExpertBytes, 0);
}

function layerWeights(
  kinds: readonly LayerKind[],
  architecture: Architecture,
  packing: Packing,
): readonly LayerWeights[] {
  const model = mixtureModel(kinds);
  const { tiedEmbeddings } = architecture;
  const valueClasses = placeClasses(model.valueTensorCount);
  const downClasses = placeClasses(model.layerCount);
  const known = new Map<LayerKind, Map<number, LayerWeights>>();
  const weightsAt = (kind: LayerKind, position: MixturePosition): LayerWeights =>
    sumOfTensors(layerTensors(kind, architecture.hiddenSize), (tensor) =>
      bytesOf(tensor, typeIn(packing, tensor, model, position)),
    );
  let valueIndex = 0;
  let downIndex = 0;
  return kinds.map((kind, layerIndex) => {
    const down = model.expertCount > 1 ? layerIndex : downIndex;
    const classes = 64 * (valueClasses[valueIndex] ?? 0) + (downClasses[down] ?? 0);
    const alike = known.get(kind) ?? new Map<number, LayerWeights>();
    known.set(kind, alike);
    const weights = alike.get(classes) ?? weightsAt(kind, { tiedEmbeddings, valueIndex, downIndex: down });
    alike.set(classes, weights);
    if (hasValueTensor(kind)) valueIndex += 1;
    if (kind.feedForward.kind === "dense") downIndex += 1;
    return weights;
  });
}

function sumOfTensors(tensors: readonly Tensor[], bytesOfTensor: (tensor: Tensor) => number): LayerWeights {
  const sums = { denseBytes: 0, routedExpertBytes: 0, largestDenseBytes: 0, largestRoutedBytes: 0 };
  for (const tensor of tensors) {
    const bytes = bytesOfTensor(tensor);
    if (tensor.isRoutedExpert) {
      sums.routedExpertBytes += bytes;
      sums.largestRoutedBytes = Math.max(sums.largestRoutedBytes, bytes);
    } else {
      sums.denseBytes += bytes;
      sums.largestDenseBytes = Math.max(sums.largestDenseBytes, bytes);
    }
  }
  return sums;
}

interface Packing {
  readonly quantization: QuantizationName;
  readonly experts: ExpertPacking;
}

function typeIn(
  { quantization, experts }: Packing,
  tensor: Tensor,
  model: MixtureModel,
  position: MixturePosition,
): TensorType {
  const isKept =
    experts === "MXFP4" && tensor.isRoutedExpert && QUANTIZATIONS[quantization].format === "gguf";
  return isKept ? "MXFP4" : tensorTypeIn(quantization, tensor, model, position);
}

function wideningBytes(
  kinds: readonly LayerKind[],
  architecture: Architecture,
  quantization: QuantizationName,
): number {
  if (QUANTIZATIONS[quantization].format !== "gguf" || bitsOf(quantization) >= 16) return 0;
  const sizes = [...new Set(kinds)].flatMap((kind) =>
    layerTensors(kind, architecture.hiddenSize)
      .filter(({ role, isRoutedExpert }) => role !== "small" && !isRoutedExpert)
      .map(({ elementCount }) => tensorBytes("F16", elementCount)),
  );
  return Math.max(0, ...sizes);
}

function bitsOf(quantization: QuantizationName): number {
  return tensorBitsPerWeight(QUANTIZATIONS[quantization].baseType);
}

function bytesOf(tensor: Tensor, type: Parameters<typeof tensorBytes>[0]): number {
  return tensorBytes(type, tensor.elementCount);
}

function hasValueTensor(kind: LayerKind): boolean {
  const { mixer } = kind;
  return mixer.kind === "attention" && mixer.cache === "own" && mixer.projections !== "key-is-value";
}

function mixtureModel(kinds: readonly LayerKind[]): MixtureModel {
  const attention = kinds.map((kind) => kind.mixer).find((mixer) => mixer.kind === "attention");
  const experts = kinds.map((kind) => kind.feedForward).find((feedForward) => feedForward.kind === "experts");
  return {
    layerCount: kinds.length,
    expertCount: experts?.expertCount ?? 1,
    groupedQueryRatio: attention === undefined ? 1 : attention.headCount / attention.kvHeadCount,
    valueTensorCount: kinds.filter(hasValueTensor).length,
  };
}
