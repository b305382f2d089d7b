import type { DeviceParts, MemoryBreakdown, PlacedDevice } from "#engine/fit.ts";
import { activationBuffers } from "#engine/memory/activations.ts";
import { computeBuffers, type ComputeBuffers } from "#engine/memory/compute-buffer.ts";
import { layerKvCacheBytes, windowUse } from "#engine/memory/kv-cache.ts";
import { layerStateBytes } from "#engine/memory/recurrent-state.ts";
import { expandLayers } from "#engine/memory/tensors.ts";
import {
  weightsBytes,
  weightsOf,
  type ExpertPacking,
  type LayerWeights,
  type Weights,
} from "#engine/memory/weights.ts";
import type { Architecture, LayerKind } from "#engine/model.ts";
import type { QuantizationName } from "#engine/quantization.ts";
import type { Scenario } from "#engine/scenario.ts";

/** What a model wants in one quantization and scenario, before anything is placed. */
export interface Demand {
  readonly quantization: QuantizationName;
  readonly weights: Weights;
  readonly layers: readonly LayerDemand[];
  readonly compute: ComputeBuffers;
}

export interface LayerDemand extends LayerWeights {
  readonly kvCacheBytes: number;
  readonly recurrentStateBytes: number;
}

/** The demand of an architecture. */
export function demandOf(
  architecture: Architecture,
  quantization: QuantizationName,
  scenario: Scenario,
  experts: ExpertPacking = "as-the-rest",
): Demand {
  const { runtime } = scenario;
  const packed = weightsOf(architecture, quantization, experts);
  const isLlama = runtime === undefined || runtime.engine === "llama.cpp";
  const weights = isLlama ? packed : wholeOnDevice(packed);
  return {
    quantization,
    weights,
    layers: layerDemands(architecture, weights, scenario),
    compute: isLlama ? computeBuffers(architecture, scenario) : activationBuffers(architecture, runtime),
  };
}

/** Other runtimes than llama.cpp load the tables with the rest, and a tied one once. */
function wholeOnDevice(weights: Weights): Weights {
  const { outputBytes, embeddingCopyBytes } = weights;
  return {
    ...weights,
    outputBytes: outputBytes - embeddingCopyBytes,
    embeddingCopyBytes: 0,
    wideningBytes: 0,
    keepsLookupInRam: false,
  };
}

/** Everything of one layer. */
export function layerBytes(layer: LayerDemand): number {
  return layer.denseBytes + layer.routedExpertBytes + layer.kvCacheBytes + layer.recurrentStateBytes;
}

/** The buffer of a GPU that holds every layer. */
export function wholeGpuBufferBytes({ gpuLayerBytes, gpuLogitsBytes }: ComputeBuffers): number {
  return Math.max(gpuLayerBytes, gpuLogitsBytes);
}

/** The whole demand on one GPU, its overhead apart. */
export function demandBytes(demand: Demand): number {
  return (
    weightsBytes(demand.weights) +
    demand.layers.reduce((sum, layer) => sum + layer.kvCacheBytes + layer.recurrentStateBytes, 0) +
    wholeGpuBufferBytes(demand.compute)
  );
}

/** The sum over devices; without devices, what one device would have to hold. */
export function memoryBreakdown(demand: Demand, devices: readonly PlacedDevice[]): MemoryBreakdown {
  const fileBytes = weightsBytes(demand.weights);
  const parts =
    devices.length === 0 ? unplacedParts(demand) : addParts(devices.map((device) => device.parts));
  // Tables that are looked up stand on no device where the size of RAM is not known; they are needed all the same.
  const embeddingCopyBytes = Math.max(0, parts.weightsBytes - fileBytes);
  return {
    weightsBytes: fileBytes,
    embeddingCopyBytes,
    kvCacheBytes: parts.kvCacheBytes,
    recurrentStateBytes: parts.recurrentStateBytes,
    computeBufferBytes: parts.computeBufferBytes,
    overheadBytes: parts.overheadBytes,
    totalBytes: partsBytes({ ...parts, weightsBytes: fileBytes + embeddingCopyBytes }),
  };
}

/** The sum of a device's parts. */
export function partsBytes(parts: DeviceParts): number {
  return (
    parts.weightsBytes +
    parts.kvCacheBytes +
    parts.recurrentStateBytes +
    parts.computeBufferBytes +
    parts.overheadBytes
  );
}

function unplacedParts(demand: Demand): DeviceParts {
  return {
    weightsBytes: weightsBytes(demand.weights),
    kvCacheBytes: demand.layers.reduce((sum, layer) => sum + layer.kvCacheBytes, 0),
    recurrentStateBytes: demand.layers.reduce((sum, layer) => sum + layer.recurrentStateBytes, 0),
    computeBufferBytes: wholeGpuBufferBytes(demand.compute),
    overheadBytes: 0,
  };
}

function addParts(all: readonly DeviceParts[]): DeviceParts {
  const sum = (pick: (parts: DeviceParts) => number): number =>
    all.reduce((total, parts) => total + pick(parts), 0);
  return {
    weightsBytes: sum((parts) => parts.weightsBytes),
    kvCacheBytes: sum((parts) => parts.kvCacheBytes),
    recurrentStateBytes: sum((parts) => parts.recurrentStateBytes),
    computeBufferBytes: sum((parts) => parts.computeBufferBytes),
    overheadBytes: sum((parts) => parts.overheadBytes),
  };
}

type LayerMemory = Pick<LayerDemand, "kvCacheBytes" | "recurrentStateBytes">;

/** Field by field: spreading these objects, some hundred thousand an answer, took half of its time. */
function withMemory(layer: LayerWeights, { kvCacheBytes, recurrentStateBytes }: LayerMemory): LayerDemand {
  const { denseBytes, routedExpertBytes, largestDenseBytes, largestRoutedBytes } = layer;
  return {
    denseBytes,
    routedExpertBytes,
    largestDenseBytes,
    largestRoutedBytes,
    kvCacheBytes,
    recurrentStateBytes,
  };
}

function layerDemands(
  architecture: Architecture,
  weights: Weights,
  scenario: Scenario,
): readonly LayerDemand[] {
  const windows = windowUse(architecture, scenario.runtime);
  const memoryByKind = new Map<LayerKind, LayerMemory>();
  return expandLayers(architecture).map((kind, index) => {
    const memory = memoryByKind.get(kind) ?? {
      kvCacheBytes: layerKvCacheBytes(kind, scenario, windows),
      recurrentStateBytes: layerStateBytes(kind, scenario.parallelSequenceCount),
    };
    memoryByKind.set(kind, memory);
    const layer = weights.layers[index];
    if (layer === undefined) throw new Error(`weights have no layer ${index}`);
    return withMemory(layer, memory);
  });
}
