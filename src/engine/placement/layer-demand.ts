import { activationBuffers } from "#engine/memory/activations.ts";
import { computeBuffers, type ComputeBuffers } from "#engine/memory/compute-buffer.ts";
import { layerKvCacheBytes, windowUse } from "#engine/memory/kv-cache.ts";
import { layerStateBytes } from "#engine/memory/recurrent-state.ts";
import { expandLayers } from "#engine/memory/tensors.ts";
import type { LayerWeights, Weights } from "#engine/memory/weights.ts";
import type { Architecture, LayerKind } from "#engine/model.ts";
import { isLikeLlama } from "#engine/runtime.ts";
import type { Scenario } from "#engine/scenario.ts";

/** What one layer wants in a quantization and scenario. */
export interface LayerDemand extends LayerWeights {
  readonly kvCacheBytes: number;
  readonly recurrentStateBytes: number;
}

type LayerMemory = Pick<LayerDemand, "kvCacheBytes" | "recurrentStateBytes">;

/** Everything of one layer. */
export function layerBytes(layer: LayerDemand): number {
  return layer.denseBytes + layer.routedExpertBytes + layer.kvCacheBytes + layer.recurrentStateBytes;
}

/** What a model wants in a scenario, whatever it is packed as. */
export interface ScenarioMemory {
  readonly byKind: ReadonlyMap<LayerKind, LayerMemory>;
  readonly kvCacheBytes: number;
  readonly recurrentStateBytes: number;
  readonly compute: ComputeBuffers;
}

/** The last scenario asked about, since every packing of a model asks for the same. */
const lastMemory = new WeakMap<
  Architecture,
  { readonly scenario: Scenario; readonly memory: ScenarioMemory }
>();

/** The same for every packing of an architecture. */
export function scenarioMemory(architecture: Architecture, scenario: Scenario): ScenarioMemory {
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
  return {
    byKind,
    kvCacheBytes: sumOver(kinds, byKind, ({ kvCacheBytes }) => kvCacheBytes),
    recurrentStateBytes: sumOver(kinds, byKind, ({ recurrentStateBytes }) => recurrentStateBytes),
    compute: isLikeLlama(runtime)
      ? computeBuffers(architecture, scenario)
      : activationBuffers(architecture, runtime),
  };
}

function sumOver(
  kinds: readonly LayerKind[],
  byKind: ScenarioMemory["byKind"],
  pick: (memory: LayerMemory) => number,
): number {
  return kinds.reduce((sum, kind) => {
    const memory = byKind.get(kind);
    return memory === undefined ? sum : sum + pick(memory);
  }, 0);
}

/** Field by field: spreading took half of an answer's time. */
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

/** Layers that are alike share one object: a model has a handful of them, and an answer thousands of packings. */
export function layerDemands(
  architecture: Architecture,
  weights: Weights,
  { byKind }: ScenarioMemory,
): readonly LayerDemand[] {
  const made: Made[] = [];
  return expandLayers(architecture).map((kind, index) => {
    const layer = weights.layers[index];
    const memory = byKind.get(kind);
    if (layer === undefined || memory === undefined) throw new Error(`weights have no layer ${index}`);
    for (const known of made) if (known.layer === layer && known.memory === memory) return known.demand;
    const demand = withMemory(layer, memory);
    made.push({ layer, memory, demand });
    return demand;
  });
}

interface Made {
  readonly layer: LayerWeights;
  readonly memory: LayerMemory;
  readonly demand: LayerDemand;
}
