import { expandLayers } from "./memory/tensors.ts";
import type { Fit, MemoryBreakdown, PlacedDevice } from "./fit.ts";
import type { Architecture, LayerKind } from "./model.ts";
import type { QuantizationName } from "./quantization.ts";
import type { Runtime } from "./runtime.ts";
import type { Scenario } from "./scenario.ts";
import {
  cacheSource,
  computeSource,
  expertsSource,
  layersSource,
  outputSource,
  overheadSource,
  tablesSource,
  type CacheKind,
} from "./explain-sources.ts";
import { fullAttentionCells, slidingWindowCells, windowUse } from "#engine/memory/kv-cache.ts";
import { bitsPerWeight, expertPackingOf, weightsOf } from "#engine/memory/weights.ts";
import { demandOf, type Demand } from "#engine/placement/demand.ts";

/** One term of the memory an answer names; the terms add up to its total. */
export interface Term {
  readonly part: "weights" | "kv-cache" | "recurrent-state" | "compute-buffer" | "overhead" | "extras";
  readonly name: string;
  readonly bytes: number;
  /** How it comes about, with this model's numbers. */
  readonly formula: string;
  readonly source: string;
}

/** Every term of a fit's memory with formula and source; empty where the fit has no memory to explain. */
export function explainFit(fit: Fit, architecture: Architecture, finest: QuantizationName): readonly Term[] {
  const { memory, quantization, scenario } = fit;
  if (memory === null || quantization === null) return [];
  const demand = demandOf(architecture, quantization, scenario, expertPackingOf(finest));
  const asked = { memory, runtime: scenario.runtime };
  return [
    ...evened(weightTerms(architecture, quantization, finest, asked), weightsTotal(memory), "weights"),
    ...evened(cacheTerms(architecture, demand, scenario), memory.kvCacheBytes, "kv-cache"),
    ...stateTerms(demand, memory, scenario),
    ...computeTerms(fit, memory),
    ...overheadTerms(fit, memory),
    ...extraTerms(fit),
  ].filter(({ bytes }) => bytes !== 0);
}

function weightsTotal({ weightsBytes, embeddingCopyBytes }: MemoryBreakdown): number {
  return weightsBytes + embeddingCopyBytes;
}

function weightTerms(
  architecture: Architecture,
  quantization: QuantizationName,
  finest: QuantizationName,
  {
    memory: { embeddingCopyBytes },
    runtime,
  }: { readonly memory: MemoryBreakdown; readonly runtime: Runtime | undefined },
): readonly Term[] {
  const weights = weightsOf(architecture, quantization, expertPackingOf(finest));
  const sum = (pick: (layer: (typeof weights.layers)[number]) => number): number =>
    weights.layers.reduce((total, layer) => total + pick(layer), 0);
  const density = `${quantization}, ${bitsPerWeight(architecture, quantization).toFixed(2)} bits a weight on average`;
  const ofLayers = layersSource(quantization);
  const term = (name: string, bytes: number, formula: string, source: string): Term => ({
    part: "weights",
    name,
    bytes,
    formula,
    source,
  });
  return [
    term(
      "layers",
      sum(({ denseBytes }) => denseBytes),
      `${weights.layers.length} layers without experts; ${density}`,
      ofLayers,
    ),
    term(
      "experts",
      sum(({ routedExpertBytes }) => routedExpertBytes),
      "every expert of every layer, used or not",
      expertsSource(quantization, expertPackingOf(finest)),
    ),
    term(
      "tables",
      weights.lookupBytes,
      `${grouped(architecture.vocabularySize)} tokens × ${grouped(architecture.hiddenSize)}`,
      tablesSource(quantization, runtime),
    ),
    term(
      "output",
      weights.outputBytes - weights.embeddingCopyBytes,
      outputFormula(architecture),
      outputSource(quantization),
    ),
    term(
      "second copy of the tied table",
      embeddingCopyBytes,
      "once in RAM to look up, once on a card as output matrix",
      "llama-model.cpp makes it again for the output; logged buffers show both",
    ),
  ];
}

function outputFormula({ tiedEmbeddings, vocabularySize, hiddenSize }: Architecture): string {
  return tiedEmbeddings
    ? "the table again; what else is outside the layers"
    : `${grouped(hiddenSize)} × ${grouped(vocabularySize)}, and what else is outside the layers`;
}

function cacheTerms(architecture: Architecture, demand: Demand, scenario: Scenario): readonly Term[] {
  const formulas = expandLayers(architecture).map((kind) => cacheFormula(kind, architecture, scenario));
  const texts = new Map(formulas.flatMap((each) => (each === null ? [] : [[each.text, each] as const])));
  return [...texts.values()].map(({ name, text, kind }) => {
    const indices = formulas.flatMap((each, index) => (each?.text === text ? [index] : []));
    const bytes = indices.reduce((sum, index) => {
      const layer = demand.layers[index];
      return layer === undefined ? sum : sum + layer.kvCacheBytes;
    }, 0);
    const formula = `${indices.length} layers × ${text}`;
    return { part: "kv-cache", name, bytes, formula, source: cacheSource(kind, scenario.runtime) };
  });
}

function cacheFormula(
  { mixer }: LayerKind,
  architecture: Architecture,
  scenario: Scenario,
): { readonly name: string; readonly text: string; readonly kind: CacheKind } | null {
  const { keyCacheType, valueCacheType, runtime } = scenario;
  const types = keyCacheType === valueCacheType ? keyCacheType : `${keyCacheType} and ${valueCacheType}`;
  if (mixer.kind === "latent-attention") {
    const width = `(${mixer.kvLoraRank} + ${mixer.ropeLength})`;
    return {
      name: "latent attention",
      text: `${grouped(fullAttentionCells(scenario))} cells × ${width} in ${keyCacheType}`,
      kind: "latent",
    };
  }
  if (mixer.kind !== "attention" || mixer.cache === "none") return null;
  const window = windowUse(architecture, runtime) === "kept" ? mixer.slidingWindow : null;
  const cells = window === null ? fullAttentionCells(scenario) : slidingWindowCells(window, scenario);
  const heads = `${mixer.kvHeadCount} heads × (${mixer.keyLength} + ${mixer.valueLength}) in ${types}`;
  return {
    name: window === null ? "full attention" : "sliding windows",
    text: `${grouped(cells)} cells × ${heads}`,
    kind: window === null ? "full" : "window",
  };
}

function stateTerms(demand: Demand, memory: MemoryBreakdown, scenario: Scenario): readonly Term[] {
  const count = demand.layers.filter(({ recurrentStateBytes }) => recurrentStateBytes > 0).length;
  const { parallelSequenceCount: sequences } = scenario;
  return [
    {
      part: "recurrent-state",
      name: "recurrent state",
      bytes: memory.recurrentStateBytes,
      formula:
        sequences === 1
          ? `${count} layers × 1 sequence, in F32; the same at any context`
          : `${count} layers × ${sequences} sequences, in F32; the same at any context`,
      source: "llama-memory-recurrent.cpp",
    },
  ];
}

function computeTerms({ placement, scenario }: Fit, memory: MemoryBreakdown): readonly Term[] {
  const formula = computeFormula(scenario);
  const term = (name: string, bytes: number, device: PlacedDevice | null): Term => ({
    part: "compute-buffer",
    name,
    bytes,
    formula,
    source: computeSource(device, scenario.runtime),
  });
  const { devices } = placement;
  if (devices.length === 0) return [term("compute buffer", memory.computeBufferBytes, null)];
  return devices.map((device) =>
    term(`compute buffer, ${device.name}`, device.parts.computeBufferBytes, device),
  );
}

function computeFormula({ microBatchSize, flashAttention, runtime }: Scenario): string {
  if (runtime !== undefined && runtime.engine !== "llama.cpp")
    return `intermediate results of ${grouped(runtime.batchedTokenCount)} tokens at once`;
  return `largest phase of ${grouped(microBatchSize)} tokens, flash attention ${flashAttention ? "on" : "off"}`;
}

function overheadTerms({ placement, scenario }: Fit, memory: MemoryBreakdown): readonly Term[] {
  const term = (name: string, bytes: number, device: PlacedDevice | null): Term => ({
    part: "overhead",
    name,
    bytes,
    formula:
      device?.memoryKind === "system"
        ? "inputs and the mask of a micro-batch, beside the cards"
        : "what a process takes before any model",
    source: overheadSource(device, scenario.runtime),
  });
  if (placement.devices.length === 0) return [term("overhead", memory.overheadBytes, null)];
  return placement.devices.map((device) =>
    term(`overhead, ${device.name}`, device.parts.overheadBytes, device),
  );
}

function extraTerms({ extras }: Fit): readonly Term[] {
  if (extras === undefined) return [];
  return extras.map(({ name, bytes, formula, source }) => ({ part: "extras", name, bytes, formula, source }));
}

/** Shards are rounded up, and copied where heads do not divide: what that adds is a term of its own. */
function evened(terms: readonly Term[], totalBytes: number, part: Term["part"]): readonly Term[] {
  const rest = totalBytes - terms.reduce((sum, { bytes }) => sum + bytes, 0);
  if (rest === 0) return terms;
  const formula = "copies on several cards, and rounding; or parts that are mapped once";
  return [...terms, { part, name: "copies and rounding", bytes: rest, formula, source: "the placement" }];
}

function grouped(value: number): string {
  return value.toLocaleString("en");
}
