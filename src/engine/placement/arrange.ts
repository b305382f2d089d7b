import type { DeviceParts, PlacedDevice } from "#engine/fit.ts";
import type { Arrangement } from "./arrangement.ts";
import { cardBufferBytes, ramOverheadBytes } from "./buffers.ts";
import { extraBytes, keepsHostPartInRam, lookupBytes } from "./host-part.ts";
import { partsBytes, withExtrasPart, type Demand } from "./demand.ts";
import { layerBytes } from "./layer-demand.ts";
import { canPackInOrder, packInOrder, type Bin, type Bytes } from "./pack.ts";
import { cardInSplit, freeBytes, type Room } from "./rooms.ts";

/** Where everything goes under an arrangement, RAM last; null where something does not fit. */
export function arrange(demand: Demand, asked: Arrangement): readonly PlacedDevice[] | null {
  const arrangement = withMargins(demand, asked);
  const { cards, ram } = arrangement;
  const onCards = cards.length === 0 ? [] : placeOnCards(demand, arrangement);
  if (onCards === null) return null;
  const parts = ramParts(demand, arrangement);
  if (partsBytes(parts) === 0) return onCards;
  // A table that is only looked up is mapped from the file: with RAM of unknown size it does not decide.
  if (ram === null) return needsRam(arrangement) ? null : onCards;
  if (partsBytes(parts) > freeBytes(ram)) return null;
  const layerCount = cards.length === 0 ? demand.weights.layers.length : arrangement.layersInRam;
  const expertLayerCount = countExpertLayers(demand, layerCount, arrangement.expertLayersInRam);
  return [...onCards, placedDevice(ram, parts, { layerCount, expertLayerCount })];
}

/** True where the cards hold their part, whatever RAM says to the rest. */
export function cardsHold(demand: Demand, asked: Arrangement): boolean {
  const { items, bins } = cardLoad(demand, withMargins(demand, asked));
  return canPackInOrder(items, bins);
}

function withMargins(demand: Demand, arrangement: Arrangement): Arrangement {
  if (arrangement.cards.length < 2) return arrangement;
  const cards = arrangement.cards.map((card) => cardInSplit(card, demand.weights.wideningBytes));
  return { ...arrangement, cards };
}

function placeOnCards(demand: Demand, arrangement: Arrangement): readonly PlacedDevice[] | null {
  const { cards } = arrangement;
  const [card] = cards;
  if (cards.length === 1 && card !== undefined && !needsRam(arrangement)) {
    const device = cardDevice(demand, arrangement, { card, index: 0, own: wholeShare(demand) });
    return device.usedBytes + device.marginBytes <= device.capacityBytes ? [device] : null;
  }
  const { items, bins } = cardLoad(demand, arrangement);
  const counts = packInOrder(items, bins);
  if (counts === null) return null;
  let next = arrangement.layersInRam;
  return cards.map((each, index) => {
    const from = next;
    next += counts[index] ?? 0;
    const own = shareOf(demand, { from, to: next, expertsFrom: arrangement.expertLayersInRam });
    return cardDevice(demand, arrangement, { card: each, index, own });
  });
}

/** Layers' bytes on one place. */
interface Share extends Pick<DeviceParts, "weightsBytes" | "kvCacheBytes" | "recurrentStateBytes"> {
  readonly layerCount: number;
}

interface LayerRange {
  readonly from: number;
  readonly to: number;
  /** The first layer whose routed experts are here too. */
  readonly expertsFrom: number;
}

/** A loop that makes nothing: this is asked for some thousand times an answer. */
function shareOf({ layers }: Demand, { from, to, expertsFrom }: LayerRange): Share {
  let weightsBytes = 0;
  let kvCacheBytes = 0;
  let recurrentStateBytes = 0;
  for (let index = from; index < to; index += 1) {
    const layer = layers[index];
    if (layer === undefined) break;
    weightsBytes += layer.denseBytes + (index < expertsFrom ? 0 : layer.routedExpertBytes);
    kvCacheBytes += layer.kvCacheBytes;
    recurrentStateBytes += layer.recurrentStateBytes;
  }
  return { weightsBytes, kvCacheBytes, recurrentStateBytes, layerCount: to - from };
}

/** All layers, by the sums that are known without looking at each. */
function wholeShare({ weights, kvCacheBytes, recurrentStateBytes }: Demand): Share {
  const { layersBytes, layers } = weights;
  return { weightsBytes: layersBytes, kvCacheBytes, recurrentStateBytes, layerCount: layers.length };
}

function cardDevice(
  demand: Demand,
  arrangement: Arrangement,
  { card, index, own }: { readonly card: Room; readonly index: number; readonly own: Share },
): PlacedDevice {
  const extra = extraBytes(demand, arrangement, index);
  const { layerCount, weightsBytes, kvCacheBytes, recurrentStateBytes } = own;
  const parts = {
    weightsBytes: weightsBytes + extra.weightsBytes,
    kvCacheBytes,
    recurrentStateBytes,
    computeBufferBytes: cardBufferBytes(demand, arrangement, index),
    overheadBytes: card.overheadBytes + extra.overheadBytes,
  };
  return placedDevice(card, withExtrasPart(parts, extra.extrasBytes), { layerCount, expertLayerCount: 0 });
}

/** The layers that go on cards, without the experts that do not, and the cards with what they hold beside layers. */
function cardLoad(
  demand: Demand,
  arrangement: Arrangement,
): { readonly items: Bytes; readonly bins: readonly Bin[] } {
  const { cards, layersInRam, expertLayersInRam } = arrangement;
  const { layers } = demand;
  const items = new Float64Array(layers.length - layersInRam);
  for (let index = layersInRam; index < layers.length; index += 1) {
    const layer = layers[index];
    if (layer === undefined) break;
    items[index - layersInRam] =
      layerBytes(layer) - (index < expertLayersInRam ? layer.routedExpertBytes : 0);
  }
  const bins = cards.map((card, index) => {
    const extra = extraBytes(demand, arrangement, index);
    const bufferBytes = cardBufferBytes(demand, arrangement, index);
    const besideBytes = extra.weightsBytes + extra.overheadBytes + extra.extrasBytes;
    return { roomBytes: freeBytes(card), takenBytes: bufferBytes + besideBytes };
  });
  return { items, bins };
}

function needsRam(arrangement: Arrangement): boolean {
  return arrangement.cards.length === 0 || arrangement.layersInRam > 0 || arrangement.expertLayersInRam > 0;
}

function ramParts(demand: Demand, arrangement: Arrangement): DeviceParts {
  const { weights } = demand;
  const isAlone = arrangement.cards.length === 0;
  const { weightsBytes, kvCacheBytes, recurrentStateBytes } = ramShare(demand, arrangement);
  const output = isAlone ? weights.outputBytes - weights.embeddingCopyBytes : 0;
  const isHostHere = !isAlone && keepsHostPartInRam(demand, arrangement);
  const isLookupHere = isAlone || (isHostHere && weights.keepsLookupInRam);
  const lookup = isLookupHere ? lookupBytes(demand, arrangement) : 0;
  const parts = {
    weightsBytes: weightsBytes + lookup + output,
    kvCacheBytes,
    recurrentStateBytes,
    computeBufferBytes: isAlone ? demand.compute.cpuBytes : 0,
    overheadBytes: isHostHere ? ramOverheadBytes(demand, arrangement) : 0,
  };
  return withExtrasPart(parts, isAlone ? demand.extrasBytes : 0);
}

const NO_LAYERS: Share = { weightsBytes: 0, kvCacheBytes: 0, recurrentStateBytes: 0, layerCount: 0 };

/** The layers in RAM, whole or only their experts. */
function ramShare(demand: Demand, arrangement: Arrangement): Share {
  if (arrangement.cards.length === 0) return wholeShare(demand);
  if (!needsRam(arrangement)) return NO_LAYERS;
  const { layersInRam, expertLayersInRam } = arrangement;
  const whole = shareOf(demand, { from: 0, to: layersInRam, expertsFrom: 0 });
  const experts = demand.layers.slice(layersInRam, expertLayersInRam);
  const expertBytes = experts.reduce((sum, layer) => sum + layer.routedExpertBytes, 0);
  return { ...whole, weightsBytes: whole.weightsBytes + expertBytes };
}

function placedDevice(
  room: Room,
  parts: DeviceParts,
  { layerCount, expertLayerCount }: Pick<PlacedDevice, "layerCount" | "expertLayerCount">,
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
    layerCount,
    expertLayerCount,
  };
}

function countExpertLayers({ weights }: Demand, from: number, to: number): number {
  return weights.layers.slice(from, to).filter((layer) => layer.routedExpertBytes > 0).length;
}
