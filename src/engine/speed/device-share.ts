import type { Placement } from "#engine/fit.ts";
import type { LayerWork, ModelWork } from "./layer-work.ts";

/** One device's part of a token's work. Bytes and operations of all sequences together. */
export interface DeviceWork {
  readonly denseBytes: number;
  /** Routed experts that the token's sequences run through. */
  readonly expertBytes: number;
  readonly cacheBytes: number;
  /** Matrices, for one token; the output matrix apart, since of a prompt only the last token needs it. */
  readonly denseOperations: number;
  readonly expertOperations: number;
  readonly outputOperations: number;
  readonly attentionOperations: number;
  readonly promptAttentionOperations: number;
  /** Bytes of weights that a batch of prompt tokens reads, the output matrix apart; experts by the share it touches. */
  readonly layerBytes: number;
  readonly allExpertBytes: number;
  /** Layers with a mixer here; those of them that are recurrent; layers whose experts are here. */
  readonly layerCount: number;
  readonly recurrentLayerCount: number;
  readonly expertLayerCount: number;
  /** Chance that a given expert serves a given token; 1 without experts. */
  readonly activeExpertFraction: number;
}

/** Which of a layer's tensors are on a device. */
type Held = "everything" | "all-but-experts" | "experts";

interface HeldLayer {
  readonly layer: LayerWork;
  readonly held: Held;
}

/**
 * The work of each device of a placement, in its order. RAM takes the first layers as a whole, or their experts, as
 * `placement/arrange.ts` does; cards take the others in turn; the last card, or RAM alone, has the output matrix.
 */
export function deviceWorks(
  work: ModelWork,
  placement: Placement,
  sequenceCount: number,
): readonly DeviceWork[] {
  if (placement.kind === "tensor-parallel") return equalShares(work, placement.devices.length, sequenceCount);
  const cards = placement.devices.filter(({ memoryKind }) => memoryKind !== "system");
  const ram = placement.devices.find(({ memoryKind }) => memoryKind === "system");
  const wholeInRam = cards.length === 0 ? work.layers.length : (ram?.layerCount ?? NONE);
  const expertLayers = layersWithExperts(work.layers, wholeInRam, ram?.expertLayerCount ?? NONE);
  let next = wholeInRam;
  let cardIndex = 0;
  return placement.devices.map(({ memoryKind, layerCount }) => {
    if (memoryKind === "system") {
      const held = ramLayers(work.layers, wholeInRam, expertLayers);
      return sumWork(held, sequenceCount, cards.length === 0 ? work : null);
    }
    const own = work.layers.slice(next, next + layerCount);
    next += layerCount;
    cardIndex += 1;
    const held = own.map((layer): HeldLayer => ({
      layer,
      held: expertLayers.has(layer) ? "all-but-experts" : "everything",
    }));
    return sumWork(held, sequenceCount, cardIndex === cards.length ? work : null);
  });
}

/** A placement without RAM keeps no layer there. */
const NONE = 0;

/** The layers whose experts stay in RAM: the first that have any, from the first that is on a card. */
function layersWithExperts(
  layers: readonly LayerWork[],
  from: number,
  count: number,
): ReadonlySet<LayerWork> {
  return new Set(
    layers
      .slice(from)
      .filter(({ hasExperts }) => hasExperts)
      .slice(0, count),
  );
}

function ramLayers(
  layers: readonly LayerWork[],
  wholeInRam: number,
  expertLayers: ReadonlySet<LayerWork>,
): readonly HeldLayer[] {
  return [
    ...layers.slice(0, wholeInRam).map((layer): HeldLayer => ({ layer, held: "everything" })),
    ...[...expertLayers].map((layer): HeldLayer => ({ layer, held: "experts" })),
  ];
}

/** Tensor parallel: each device has its part of every matrix and of the cache, and all layers' overhead. */
function equalShares(work: ModelWork, deviceCount: number, sequenceCount: number): readonly DeviceWork[] {
  const held = work.layers.map((layer): HeldLayer => ({ layer, held: "everything" }));
  const whole = sumWork(held, sequenceCount, work);
  const share: DeviceWork = {
    ...whole,
    denseBytes: whole.denseBytes / deviceCount,
    expertBytes: whole.expertBytes / deviceCount,
    cacheBytes: whole.cacheBytes / deviceCount,
    denseOperations: whole.denseOperations / deviceCount,
    expertOperations: whole.expertOperations / deviceCount,
    outputOperations: whole.outputOperations / deviceCount,
    attentionOperations: whole.attentionOperations / deviceCount,
    promptAttentionOperations: whole.promptAttentionOperations / deviceCount,
    layerBytes: whole.layerBytes / deviceCount,
    allExpertBytes: whole.allExpertBytes / deviceCount,
  };
  return Array.from({ length: deviceCount }, () => share);
}

function sumWork(held: readonly HeldLayer[], sequenceCount: number, output: ModelWork | null): DeviceWork {
  const dense = held.filter((one) => one.held !== "experts").map(({ layer }) => layer);
  const experts = held
    .filter((one) => one.held !== "all-but-experts" && one.layer.hasExperts)
    .map(({ layer }) => layer);
  const layerBytes = sum(dense, ({ denseBytes }) => denseBytes);
  return {
    denseBytes: layerBytes + (output?.outputBytes ?? NONE),
    expertBytes: sum(
      experts,
      (layer) => layer.expertBytes * touchedFraction(layer.activeExpertFraction, sequenceCount),
    ),
    cacheBytes: sequenceCount * sum(dense, ({ cacheBytes }) => cacheBytes),
    denseOperations: sum(dense, ({ denseOperations }) => denseOperations),
    expertOperations: sum(experts, ({ expertOperations }) => expertOperations),
    outputOperations: output?.outputOperations ?? NONE,
    attentionOperations: sequenceCount * sum(dense, ({ attentionOperations }) => attentionOperations),
    promptAttentionOperations: sum(dense, ({ promptAttentionOperations }) => promptAttentionOperations),
    layerBytes,
    allExpertBytes: sum(experts, ({ expertBytes }) => expertBytes),
    layerCount: dense.filter(({ hasMixer }) => hasMixer).length,
    recurrentLayerCount: dense.filter(({ isRecurrent }) => isRecurrent).length,
    expertLayerCount: experts.length,
    activeExpertFraction: experts[0]?.activeExpertFraction ?? 1,
  };
}

/** Share of the experts that at least one of so many tokens runs through, were they drawn at random. */
export function touchedFraction(activeFraction: number, tokenCount: number): number {
  return 1 - (1 - activeFraction) ** tokenCount;
}

function sum(layers: readonly LayerWork[], pick: (layer: LayerWork) => number): number {
  return layers.reduce((total, layer) => total + pick(layer), 0);
}
