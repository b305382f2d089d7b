import type { DeviceParts, MemoryBreakdown, PlacedDevice } from "#engine/fit.ts";
import type { ComputeBuffers } from "#engine/memory/compute-buffer.ts";
import { extraPartsBytes, type ExtraPart } from "#engine/memory/extra-part.ts";
import { weightsBytes, weightsOf, type ExpertPacking, type Weights } from "#engine/memory/weights.ts";
import type { Architecture } from "#engine/model.ts";
import type { QuantizationName } from "#engine/quantization.ts";
import { isLikeLlama } from "#engine/runtime.ts";
import type { Scenario } from "#engine/scenario.ts";
import { layerDemands, scenarioMemory, type LayerDemand, type ScenarioMemory } from "./layer-demand.ts";

/** What a model wants in one quantization and scenario, before anything is placed. */
export interface Demand {
  readonly quantization: QuantizationName;
  readonly weights: Weights;
  /** Made when asked for: most packings are turned down by their sums. */
  readonly layers: readonly LayerDemand[];
  /** The sum of `layers`, and of two of its parts. */
  readonly layersBytes: number;
  readonly kvCacheBytes: number;
  readonly recurrentStateBytes: number;
  readonly compute: ComputeBuffers;
  /** What is loaded beside the model; it lies on the first of its places. */
  readonly extras: readonly ExtraPart[];
  readonly extrasBytes: number;
}

/** The demand of an architecture. */
export function demandOf(
  architecture: Architecture,
  quantization: QuantizationName,
  scenario: Scenario,
  experts: ExpertPacking = "as-the-rest",
): Demand {
  const packed = weightsOf(architecture, quantization, experts);
  const weights = isLikeLlama(scenario.runtime) ? packed : wholeOnDevice(packed);
  return new LazyDemand(architecture, quantization, weights, scenarioMemory(architecture, scenario));
}

/** A class, since thousands are made for one answer, and an object with a getter of its own costs ten times as much. */
class LazyDemand implements Demand {
  readonly quantization: QuantizationName;
  readonly weights: Weights;
  readonly layersBytes: number;
  readonly kvCacheBytes: number;
  readonly recurrentStateBytes: number;
  readonly compute: ComputeBuffers;
  readonly extras: readonly ExtraPart[] = NO_EXTRAS;
  readonly extrasBytes = 0;
  readonly #architecture: Architecture;
  readonly #memory: ScenarioMemory;
  #layers: readonly LayerDemand[] | null = null;

  constructor(
    architecture: Architecture,
    quantization: QuantizationName,
    weights: Weights,
    memory: ScenarioMemory,
  ) {
    this.#architecture = architecture;
    this.#memory = memory;
    this.quantization = quantization;
    this.weights = weights;
    this.kvCacheBytes = memory.kvCacheBytes;
    this.recurrentStateBytes = memory.recurrentStateBytes;
    this.compute = memory.compute;
    this.layersBytes = weights.layersBytes + memory.kvCacheBytes + memory.recurrentStateBytes;
  }

  get layers(): readonly LayerDemand[] {
    this.#layers ??= layerDemands(this.#architecture, this.weights, this.#memory);
    return this.#layers;
  }
}

const NO_EXTRAS: readonly ExtraPart[] = [];

/** The same with what is loaded beside the model. */
export function withExtras(demand: Demand, extras: readonly ExtraPart[]): Demand {
  if (extras.length === 0) return demand;
  const { quantization, weights, layersBytes, kvCacheBytes, recurrentStateBytes, compute } = demand;
  return {
    quantization,
    weights,
    get layers() {
      return demand.layers;
    },
    layersBytes,
    kvCacheBytes,
    recurrentStateBytes,
    compute,
    extras,
    extrasBytes: extraPartsBytes(extras),
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

/** The buffer of a GPU that holds every layer. */
export function wholeGpuBufferBytes({ gpuLayerBytes, gpuLogitsBytes }: ComputeBuffers): number {
  return Math.max(gpuLayerBytes, gpuLogitsBytes);
}

/** The whole demand on one GPU, its overhead apart. */
export function demandBytes(demand: Demand): number {
  const { weights, kvCacheBytes, recurrentStateBytes, compute, extrasBytes } = demand;
  return (
    weightsBytes(weights) + kvCacheBytes + recurrentStateBytes + wholeGpuBufferBytes(compute) + extrasBytes
  );
}

/** The sum over devices; without devices, what one device would have to hold. */
export function memoryBreakdown(demand: Demand, devices: readonly PlacedDevice[]): MemoryBreakdown {
  const fileBytes = weightsBytes(demand.weights);
  const parts = devices.length === 0 ? unplacedParts(demand) : addParts(devices);
  // Tables that are looked up stand on no device where the size of RAM is not known; they are needed all the same.
  const embeddingCopyBytes = Math.max(0, parts.weightsBytes - fileBytes);
  return {
    weightsBytes: fileBytes,
    embeddingCopyBytes,
    kvCacheBytes: parts.kvCacheBytes,
    recurrentStateBytes: parts.recurrentStateBytes,
    computeBufferBytes: parts.computeBufferBytes,
    overheadBytes: parts.overheadBytes,
    ...(parts.extrasBytes === undefined ? {} : { extrasBytes: parts.extrasBytes }),
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
    parts.overheadBytes +
    extrasIn(parts)
  );
}

const NOTHING_BESIDE = 0;

/** What of a device's parts is beside the model. */
function extrasIn({ extrasBytes }: DeviceParts): number {
  return extrasBytes ?? NOTHING_BESIDE;
}

/** The parts with what is beside the model; without such a thing they have no field for it. */
export function withExtrasPart(parts: DeviceParts, extrasBytes: number): DeviceParts {
  return extrasBytes === 0 ? parts : { ...parts, extrasBytes };
}

function unplacedParts(demand: Demand): DeviceParts {
  const parts = {
    weightsBytes: weightsBytes(demand.weights),
    kvCacheBytes: demand.kvCacheBytes,
    recurrentStateBytes: demand.recurrentStateBytes,
    computeBufferBytes: wholeGpuBufferBytes(demand.compute),
    overheadBytes: 0,
  };
  return withExtrasPart(parts, demand.extrasBytes);
}

function addParts(devices: readonly PlacedDevice[]): DeviceParts {
  const sum = { weights: 0, kvCache: 0, recurrentState: 0, computeBuffer: 0, overhead: 0, extras: 0 };
  for (const { parts } of devices) {
    sum.weights += parts.weightsBytes;
    sum.kvCache += parts.kvCacheBytes;
    sum.recurrentState += parts.recurrentStateBytes;
    sum.computeBuffer += parts.computeBufferBytes;
    sum.overhead += parts.overheadBytes;
    sum.extras += extrasIn(parts);
  }
  const parts = {
    weightsBytes: sum.weights,
    kvCacheBytes: sum.kvCache,
    recurrentStateBytes: sum.recurrentState,
    computeBufferBytes: sum.computeBuffer,
    overheadBytes: sum.overhead,
  };
  return withExtrasPart(parts, sum.extras);
}
