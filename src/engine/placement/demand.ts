import type { DeviceParts, MemoryBreakdown, PlacedDevice } from "#engine/fit.ts";
import { activationBuffers } from "#engine/memory/activations.ts";
import { computeBuffers, type ComputeBuffers } from "#engine/memory/compute-buffer.ts";
import { layerKvCacheBytes, windowUse } from "#engine/memory/kv-cache.ts";
import { extraPartsBytes, type ExtraPart } from "#engine/memory/extra-part.ts";
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
  const packed = weightsOf(architecture, quantization, experts);
  const weights = isLikeLlama(scenario) ? packed : wholeOnDevice(packed);
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

/** True of llama.cpp and what is built on it. */
export function isLikeLlama({ runtime }: Scenario): boolean {
  return runtime === undefined || runtime.engine === "llama.cpp";
}

/** What a model wants in a scenario, whatever it is packed as. */
interface ScenarioMemory {
  readonly byKind: ReadonlyMap<LayerKind, Pick<LayerDemand, "kvCacheBytes" | "recurrentStateBytes">>;
  readonly kvCacheBytes: number;
  readonly recurrentStateBytes: number;
  readonly compute: ComputeBuffers;
}

/** The last scenario asked about, since every packing of a model asks for the same. */
const lastMemory = new WeakMap<
  Architecture,
  { readonly scenario: Scenario; readonly memory: ScenarioMemory }
>();

function scenarioMemory(architecture: Architecture, scenario: Scenario): ScenarioMemory {
  const last = lastMemory.get(architecture);
  if (last?.scenario === scenario) return last.memory;
  const memory = computeScenarioMemory(architecture, scenario);
  lastMemory.set(architecture, { scenario, memory });
  return memory;
}

function computeScenarioMemory(architecture: Architecture, scenario: Scenario): ScenarioMemory {
  const { runtime, parallelSequenceCount } = scenario;
  const windows = windowUse(architecture, runtime);
  const kinds = expandLayers(architecture);
  const byKind = new Map(
    [...new Set(kinds)].map((kind) => [
      kind,
      {
        kvCacheBytes: layerKvCacheBytes(kind, scenario, windows),
        recurrentStateBytes: layerStateBytes(kind, parallelSequenceCount),
      },
    ]),
  );
  const isLlama = runtime === undefined || runtime.engine === "llama.cpp";
  return {
    byKind,
    kvCacheBytes: sumOver(kinds, byKind, ({ kvCacheBytes }) => kvCacheBytes),
    recurrentStateBytes: sumOver(kinds, byKind, ({ recurrentStateBytes }) => recurrentStateBytes),
    compute: isLlama ? computeBuffers(architecture, scenario) : activationBuffers(architecture, runtime),
  };
}

function sumOver(
  kinds: readonly LayerKind[],
  byKind: ScenarioMemory["byKind"],
  pick: (memory: Pick<LayerDemand, "kvCacheBytes" | "recurrentStateBytes">) => number,
): number {
  return kinds.reduce((sum, kind) => {
    const memory = byKind.get(kind);
    return memory === undefined ? sum : sum + pick(memory);
  }, 0);
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

/** The part of an answer for what is beside the model; without such a thing the answer has none. */
export function extrasPart(extrasBytes: number): Pick<DeviceParts, "extrasBytes"> {
  return extrasBytes === 0 ? {} : { extrasBytes };
}

function unplacedParts(demand: Demand): DeviceParts {
  return {
    weightsBytes: weightsBytes(demand.weights),
    kvCacheBytes: demand.kvCacheBytes,
    recurrentStateBytes: demand.recurrentStateBytes,
    computeBufferBytes: wholeGpuBufferBytes(demand.compute),
    overheadBytes: 0,
    ...extrasPart(demand.extrasBytes),
  };
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
  return {
    weightsBytes: sum.weights,
    kvCacheBytes: sum.kvCache,
    recurrentStateBytes: sum.recurrentState,
    computeBufferBytes: sum.computeBuffer,
    overheadBytes: sum.overhead,
    ...extrasPart(sum.extras),
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
  { byKind }: ScenarioMemory,
): readonly LayerDemand[] {
  return expandLayers(architecture).map((kind, index) => {
    const layer = weights.layers[index];
    const memory = byKind.get(kind);
    if (layer === undefined || memory === undefined) throw new Error(`weights have no layer ${index}`);
    return withMemory(layer, memory);
  });
}
