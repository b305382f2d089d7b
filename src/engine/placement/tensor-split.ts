import type { DeviceParts, PlacedDevice, Placement } from "#engine/fit.ts";
import { partsBytes, withExtrasPart, type Demand } from "./demand.ts";
import { cardInSplit, freeBytes, selections, type Room, type Rooms } from "./rooms.ts";
import { EXCHANGE_BYTES, type ShardPlace, type Shards } from "./serving.ts";

/**
 * Every matrix, and keys and values by heads, in equal shards over the fewest cards that hold them: llama.cpp's
 * `--split-mode tensor` (docs/multi-gpu.md, 2026-07: weights and KV are split evenly unless proportions are given) and
 * ExLlama's tensor parallelism. Tables that are only looked up stay in RAM where the runtime keeps them there.
 */
export function splitByTensors(demand: Demand, { cards, ram }: Rooms, shards: Shards): Placement | null {
  for (let count = 2; count <= cards.length; count += 1) {
    const devices = selections(cards, count)
      .map((chosen) => chosen.map((card, index) => shardOn(demand, { card, count, index }, shards)))
      .find((each) => each.every(isHeld));
    if (devices === undefined) continue;
    const inRam = ramDevice(demand, ram);
    if (inRam === "too-small") return null;
    return { kind: "tensor-parallel", devices: inRam === null ? devices : [...devices, inRam] };
  }
  return null;
}

function isHeld({ usedBytes, marginBytes, capacityBytes }: PlacedDevice): boolean {
  return usedBytes + marginBytes <= capacityBytes;
}

/** Each card works on whole hidden states, so that its buffer is that of one card alone. */
function shardOn(demand: Demand, { card, count, index }: ShardPlace, { kvHeadCount }: Shards): PlacedDevice {
  const { weights, compute } = demand;
  const lookupBytes = weights.keepsLookupInRam ? 0 : weights.lookupBytes;
  const parts: DeviceParts = {
    weightsBytes: Math.ceil((weights.layersBytes + weights.outputBytes + lookupBytes) / count),
    kvCacheBytes: Math.ceil(demand.kvCacheBytes / Math.min(count, kvHeadCount)),
    recurrentStateBytes: Math.ceil(demand.recurrentStateBytes / count),
    computeBufferBytes: Math.max(compute.gpuLayerBytes, compute.gpuLogitsBytes),
    overheadBytes: card.overheadBytes + EXCHANGE_BYTES,
  };
  const room = cardInSplit(card, weights.wideningBytes);
  return placed(room, withExtrasPart(parts, index === 0 ? demand.extrasBytes : 0), weights.layers.length);
}

/** RAM of unknown size does not decide: the tables are mapped from the file. */
function ramDevice({ weights, compute }: Demand, ram: Room | null): PlacedDevice | "too-small" | null {
  const lookupBytes = weights.keepsLookupInRam ? weights.lookupBytes : 0;
  if (ram === null || lookupBytes + compute.hostBytes === 0) return null;
  const parts: DeviceParts = {
    weightsBytes: lookupBytes,
    kvCacheBytes: 0,
    recurrentStateBytes: 0,
    computeBufferBytes: 0,
    overheadBytes: compute.hostBytes,
  };
  return partsBytes(parts) > freeBytes(ram) ? "too-small" : placed(ram, parts, 0);
}

function placed(room: Room, parts: DeviceParts, layerCount: number): PlacedDevice {
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
    expertLayerCount: 0,
  };
}
