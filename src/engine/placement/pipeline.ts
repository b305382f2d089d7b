import type { DeviceParts, PlacedDevice, Placement } from "#engine/fit.ts";
import { partsBytes, withExtrasPart, type Demand } from "./demand.ts";
import { packInOrder } from "./pack.ts";
import type { Room, Rooms } from "./rooms.ts";
import { EXCHANGE_BYTES, cacheRoomBytes, limitBytes, outsideBytes, type Serving } from "./serving.ts";

/**
 * Whole layers, one card after the other, on the fewest cards that hold them: vLLM's `--pipeline-parallel-size`, which
 * its documentation gives for counts of cards that heads do not divide by. First as vLLM cuts by itself, and else as
 * `VLLM_PP_LAYER_PARTITION` can say, so that unlike cards are filled alike.
 */
export function serveInPipeline(demand: Demand, { cards }: Rooms, serving: Serving): Placement | null {
  for (let count = 2; count <= Math.min(cards.length, demand.layers.length); count += 1) {
    const stages = cards.slice(0, count);
    const devices =
      stagesOf(demand, stages, serving, evenLayers(demand.layers.length, count)) ??
      stagesOf(demand, stages, serving, filledLayers(demand, stages, serving));
    if (devices !== null) return { kind: "layer-split", devices };
  }
  return null;
}

/** The most bytes that stages on these cards hold together. */
export function pipelineReachBytes(cards: readonly Room[], { reserve }: Serving): number {
  return cards.reduce((sum, card) => sum + Math.max(0, limitBytes(card, reserve, 0) - outsideBytes(card)), 0);
}

/**
 * Equal runs of layers. What is over goes one by one to the stage before the last, and on towards the first, since the
 * last one has the output matrix (`get_pp_indices`, vllm/distributed/utils.py, read 2026-11).
 */
export function evenLayers(layerCount: number, stageCount: number): readonly number[] {
  const each = Math.floor(layerCount / stageCount);
  const over = layerCount % stageCount;
  return Array.from({ length: stageCount }, (_, index) => {
    const fromLast = stageCount - 1 - index;
    return fromLast >= 1 && fromLast <= over ? each + 1 : each;
  });
}

/** As many as fill each card to the same share; null where they do not fit. */
function filledLayers(demand: Demand, cards: readonly Room[], serving: Serving): readonly number[] | null {
  const bins = cards.map((card, index) => {
    const parts = stageParts(demand, card, { index, count: cards.length, layers: [] });
    const besideBytes = activationsBeside(parts, serving);
    return { roomBytes: limitBytes(card, serving.reserve, besideBytes), takenBytes: partsBytes(parts) };
  });
  const items = demand.layers.map(
    (layer) => layer.denseBytes + layer.routedExpertBytes + layer.kvCacheBytes + layer.recurrentStateBytes,
  );
  return packInOrder(items, bins);
}

function stagesOf(
  demand: Demand,
  cards: readonly Room[],
  serving: Serving,
  layerCounts: readonly number[] | null,
): readonly PlacedDevice[] | null {
  if (layerCounts === null || layerCounts.includes(0)) return null;
  let next = 0;
  const devices = cards.map((card, index) => {
    const layers = demand.layers.slice(next, next + (layerCounts[index] ?? 0));
    next += layers.length;
    return stageOn(demand, card, { index, count: cards.length, layers }, serving);
  });
  return devices.every((device) => cacheRoomBytes(device) >= device.parts.kvCacheBytes) ? devices : null;
}

interface Stage {
  readonly index: number;
  readonly count: number;
  readonly layers: Demand["layers"];
}

function stageOn(demand: Demand, card: Room, stage: Stage, serving: Serving): PlacedDevice {
  const parts = stageParts(demand, card, stage);
  const { name, acceleratorId, memoryKind, capacityBytes } = card;
  return {
    name,
    acceleratorId,
    memoryKind,
    capacityBytes,
    marginBytes: capacityBytes - limitBytes(card, serving.reserve, activationsBeside(parts, serving)),
    usedBytes: partsBytes(parts),
    parts,
    layerCount: stage.layers.length,
    expertLayerCount: 0,
  };
}

/** The first stage has the tables, the last one the output matrix; a tied table is on both (vLLM's models/llama.py). */
function stageParts(demand: Demand, card: Room, { index, count, layers }: Stage): DeviceParts {
  const { weights, compute } = demand;
  const isLast = index === count - 1;
  const sum = (pick: (layer: Demand["layers"][number]) => number): number =>
    layers.reduce((total, layer) => total + pick(layer), 0);
  const tables = index === 0 ? weights.lookupBytes : 0;
  const output = isLast ? weights.outputBytes + weights.tiedTableBytes : 0;
  const parts = {
    weightsBytes: sum((layer) => layer.denseBytes + layer.routedExpertBytes) + tables + output,
    kvCacheBytes: sum((layer) => layer.kvCacheBytes),
    recurrentStateBytes: sum((layer) => layer.recurrentStateBytes),
    computeBufferBytes: compute.gpuLayerBytes,
    overheadBytes: outsideBytes(card) + EXCHANGE_BYTES,
  };
  return withExtrasPart(parts, index === 0 ? demand.extrasBytes : 0);
}

function activationsBeside({ computeBufferBytes }: DeviceParts, { reserve }: Serving): number {
  return reserve.activations === "beside" ? computeBufferBytes : 0;
}
