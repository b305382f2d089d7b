import type { DeviceParts, PlacedDevice } from "#engine/fit.ts";
import { layerBytes, partsBytes, type Demand, type LayerDemand } from "./demand.ts";
import { canPackInOrder, packInOrder, type Bin } from "./pack.ts";
import { freeBytes, type Room } from "./rooms.ts";

/** Which places to use, and what is left in RAM: llama.cpp's `--n-gpu-layers` and `--n-cpu-moe`, seen from RAM. */
export interface Arrangement {
  /** In the order in which they take layers. */
  readonly cards: readonly Room[];
  readonly ram: Room | null;
  /** The first layers, as a whole. */
  readonly layersInRam: number;
  /** The first layers, only their routed experts; counted from the first layer, as llama.cpp does. */
  readonly expertLayersInRam: number;
}

/** Where everything goes under an arrangement, RAM last; null where something does not fit. */
export function arrange(demand: Demand, arrangement: Arrangement): readonly PlacedDevice[] | null {
  const { cards, ram } = arrangement;
  const onCards = cards.length === 0 ? [] : placeOnCards(demand, arrangement);
  if (onCards === null) return null;
  const parts = ramParts(demand, arrangement);
  if (partsBytes(parts) === 0) return onCards;
  // A table that is only looked up is mapped from the file: with RAM of unknown size it does not decide.
  if (ram === null) return needsRam(arrangement) ? null : onCards;
  if (partsBytes(parts) > freeBytes(ram)) return null;
  const layerCount = cards.length === 0 ? demand.layers.length : arrangement.layersInRam;
  const expertLayerCount = countExpertLayers(demand.layers, layerCount, arrangement.expertLayersInRam);
  return [...onCards, placedDevice(ram, parts, { layerCount, expertLayerCount })];
}

/** True where the cards hold their part, whatever RAM says to the rest. */
export function cardsHold(demand: Demand, arrangement: Arrangement): boolean {
  const { items, bins } = cardLoad(demand, arrangement);
  return canPackInOrder(items, bins);
}

function placeOnCards(demand: Demand, arrangement: Arrangement): readonly PlacedDevice[] | null {
  const { layers, items, bins } = cardLoad(demand, arrangement);
  const counts = packInOrder(items, bins);
  if (counts === null) return null;
  let next = 0;
  return arrangement.cards.map((card, index) => {
    const layerCount = counts[index] ?? 0;
    const own = layers.slice(next, next + layerCount);
    next += layerCount;
    const parts = cardParts(own, extraBytes(demand, arrangement, index), {
      computeBufferBytes: demand.computeBufferBytes,
      overheadBytes: card.overheadBytes,
    });
    return placedDevice(card, parts, { layerCount, expertLayerCount: 0 });
  });
}

/** The layers that go on cards, without the experts that do not, and the cards with what they hold beside layers. */
function cardLoad(
  demand: Demand,
  arrangement: Arrangement,
): {
  readonly layers: readonly LayerDemand[];
  readonly items: readonly number[];
  readonly bins: readonly Bin[];
} {
  const { cards, layersInRam, expertLayersInRam } = arrangement;
  const layers = demand.layers
    .slice(layersInRam)
    .map((layer, index) => withoutExperts(layer, layersInRam + index < expertLayersInRam));
  const bins = cards.map((card, index) => ({
    roomBytes: freeBytes(card),
    takenBytes: demand.computeBufferBytes + extraBytes(demand, arrangement, index),
  }));
  return { layers, items: layers.map(layerBytes), bins };
}

/** What a card holds beside layers: the last one the output matrix, the first one the tables that are not in RAM. */
function extraBytes(demand: Demand, arrangement: Arrangement, index: number): number {
  const { weights } = demand;
  const isLast = index === arrangement.cards.length - 1;
  const isUnified = isOnUnifiedMemory(arrangement);
  const output = isUnified ? weights.outputBytes - weights.embeddingCopyBytes : weights.outputBytes;
  const lookup = isUnified || !weights.keepsLookupInRam ? weights.lookupBytes : 0;
  return (isLast ? output : 0) + (index === 0 ? lookup : 0);
}

/** On unified memory the file is mapped once for processor and GPU: no second copy, and no table apart. */
function isOnUnifiedMemory(arrangement: Arrangement): boolean {
  return arrangement.cards[0]?.memoryKind === "unified";
}

function needsRam(arrangement: Arrangement): boolean {
  return arrangement.cards.length === 0 || arrangement.layersInRam > 0 || arrangement.expertLayersInRam > 0;
}

function ramParts(demand: Demand, arrangement: Arrangement): DeviceParts {
  const { weights, layers } = demand;
  const isAlone = arrangement.cards.length === 0;
  const whole = isAlone ? layers : layers.slice(0, arrangement.layersInRam);
  const experts = isAlone ? [] : layers.slice(arrangement.layersInRam, arrangement.expertLayersInRam);
  const output = isAlone ? weights.outputBytes - weights.embeddingCopyBytes : 0;
  const isLookupHere = isAlone || (weights.keepsLookupInRam && !isOnUnifiedMemory(arrangement));
  return {
    weightsBytes:
      sum(whole, (layer) => layer.denseBytes + layer.routedExpertBytes) +
      sum(experts, (layer) => layer.routedExpertBytes) +
      (isLookupHere ? weights.lookupBytes : 0) +
      output,
    kvCacheBytes: sum(whole, (layer) => layer.kvCacheBytes),
    recurrentStateBytes: sum(whole, (layer) => layer.recurrentStateBytes),
    computeBufferBytes: needsRam(arrangement) ? demand.computeBufferBytes : 0,
    overheadBytes: 0,
  };
}

function cardParts(
  layers: readonly LayerDemand[],
  extraWeightsBytes: number,
  fixed: Pick<DeviceParts, "computeBufferBytes" | "overheadBytes">,
): DeviceParts {
  return {
    weightsBytes: sum(layers, (layer) => layer.denseBytes + layer.routedExpertBytes) + extraWeightsBytes,
    kvCacheBytes: sum(layers, (layer) => layer.kvCacheBytes),
    recurrentStateBytes: sum(layers, (layer) => layer.recurrentStateBytes),
    ...fixed,
  };
}

function placedDevice(
  room: Room,
  parts: DeviceParts,
  counts: { readonly layerCount: number; readonly expertLayerCount: number },
): PlacedDevice {
  const { name, acceleratorId, memoryKind, capacityBytes, marginBytes } = room;
  return {
    name,
    acceleratorId,
    memoryKind,
    capacityBytes,
    marginBytes,
    usedBytes: partsBytes(parts),
    parts,
    ...counts,
  };
}

function withoutExperts(layer: LayerDemand, expertsAreInRam: boolean): LayerDemand {
  return expertsAreInRam ? { ...layer, routedExpertBytes: 0 } : layer;
}

function countExpertLayers(layers: readonly LayerDemand[], from: number, to: number): number {
  return layers.slice(from, to).filter((layer) => layer.routedExpertBytes > 0).length;
}

function sum(layers: readonly LayerDemand[], pick: (layer: LayerDemand) => number): number {
  return layers.reduce((total, layer) => total + pick(layer), 0);
}
