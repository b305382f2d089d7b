import type { DeviceParts, PlacedDevice, Placement } from "#engine/fit.ts";
import type { Architecture } from "#engine/model.ts";
import type { Reserve } from "#engine/runtime.ts";
import { mibToBytes } from "#engine/units.ts";
import { weightsBytes } from "#engine/memory/weights.ts";
import { partsBytes, withExtrasPart, type Demand } from "./demand.ts";
import { fastestFirst, selections, type Room, type Rooms } from "./rooms.ts";

/** All that may be used of a card: the share, and what is beside it. */
export function limitBytes(card: Room, reserve: Serving["reserve"], besideBytes: number): number {
  return Math.min(budgetBytes(card, reserve) + besideBytes, card.capacityBytes);
}

/** What of a model decides how it can be cut into equal shards. */
export interface Shards {
  /** Every attention layer's count of query heads. */
  readonly headCounts: readonly number[];
  /** The smallest count of key/value heads: with more shards than that they are copied. 1 for latent attention. */
  readonly kvHeadCount: number;
}

/** One of several equal shards. */
export interface ShardPlace {
  readonly card: Room;
  readonly count: number;
  readonly index: number;
}

/** A runtime that reserves a share of each card. */
export interface Serving {
  readonly reserve: Extract<Reserve, { kind: "share" }>;
  readonly shards: Shards;
}

/**
 * PyTorch sees a little less of a card than nvidia-smi: 24,217 of 24,564 MiB (RTX 4090), 81,152 of 81,920 (A100), as
 * vLLM logs the total.
 */
const VISIBLE_FRACTION = 0.987;

/**
 * What PyTorch, CUDA graphs and kernels take beside that: vLLM logs 0.02 to 0.25 GiB outside of PyTorch, and starts
 * leave 0.4 to 0.95 GiB over after weights and cache (1.3 to 3.4 with ROCm). Chosen to suit the starts that were read.
 */
const OUTSIDE_BYTES = mibToBytes(320);
const OUTSIDE_ROCM_BYTES = mibToBytes(2304);

/** What a shard's start takes beside its own share: buffers to exchange results. NCCL; our reckoning of the starts. */
export const EXCHANGE_BYTES = mibToBytes(192);

/** How a model is cut. */
export function shardsOf(architecture: Architecture): Shards {
  const mixers = Object.values(architecture.layerKinds).map(({ mixer }) => mixer);
  const heads = mixers.flatMap((mixer) =>
    mixer.kind === "attention" || mixer.kind === "latent-attention" ? [mixer.headCount] : [],
  );
  const kvHeads = mixers.flatMap((mixer) => {
    if (mixer.kind === "latent-attention") return [1];
    return mixer.kind === "attention" && mixer.cache === "own" ? [mixer.kvHeadCount] : [];
  });
  return { headCounts: heads, kvHeadCount: Math.min(...kvHeads, Number.MAX_SAFE_INTEGER) };
}

/** On one card, the first that holds it. */
export function serveOnOne(demand: Demand, rooms: Rooms, serving: Serving): Placement | null {
  for (const card of fastestFirst(rooms.cards)) {
    const devices = shardOver(demand, [card], serving);
    if (devices !== null) return { kind: "single", devices };
  }
  return null;
}

/** In equal shards over the fewest cards that hold it; every count of heads must divide. */
export function serveOnSeveral(demand: Demand, rooms: Rooms, serving: Serving): Placement | null {
  for (let count = 2; count <= rooms.cards.length; count += 1) {
    if (!divides(count, serving.shards)) continue;
    for (const chosen of selections(rooms.cards, count)) {
      const devices = shardOver(demand, chosen, serving);
      if (devices !== null) return { kind: "tensor-parallel", devices };
    }
  }
  return null;
}

function divides(count: number, { headCounts }: Shards): boolean {
  return headCounts.every((heads) => heads % count === 0);
}

/** The most that equal shards hold, over as many of the cards as heads divide by; the smallest of them decides. */
export function servingReachBytes(cards: readonly Room[], { reserve, shards }: Serving): number {
  const freeBytes = cards.map((card) => Math.max(0, budgetBytes(card, reserve) - outsideBytes(card)));
  const counts = cards.map((_, index) => index + 1).filter((count) => divides(count, shards));
  return Math.max(0, ...counts.map((count) => count * Math.min(...freeBytes.slice(0, count))));
}

function budgetBytes({ capacityBytes }: Room, { fraction }: Serving["reserve"]): number {
  return Math.floor(capacityBytes * VISIBLE_FRACTION * fraction);
}

/** What a runtime of this kind takes of a card beside the share of its allocator. */
export function outsideBytes({ backend }: Room): number {
  return backend === "rocm" ? OUTSIDE_ROCM_BYTES : OUTSIDE_BYTES;
}

/** What a shard leaves for the cache, on one card; negative where weights alone are too much. */
export function cacheRoomBytes(device: PlacedDevice): number {
  return device.capacityBytes - device.marginBytes - device.usedBytes + device.parts.kvCacheBytes;
}

/** In equal shards over exactly these cards; null where the smallest does not hold its own. */
export function shardOver(
  demand: Demand,
  cards: readonly Room[],
  serving: Serving,
): readonly PlacedDevice[] | null {
  const count = cards.length;
  const devices = cards.map((card, index) => shardOn(demand, { card, count, index }, serving));
  return devices.every((device) => cacheRoomBytes(device) >= device.parts.kvCacheBytes) ? devices : null;
}

function shardOn(demand: Demand, place: ShardPlace, { reserve, shards }: Serving): PlacedDevice {
  const { card } = place;
  const parts = shardParts(demand, place, shards);
  const besideBytes = reserve.activations === "beside" ? parts.computeBufferBytes : 0;
  return {
    name: card.name,
    acceleratorId: card.acceleratorId,
    memoryKind: card.memoryKind,
    capacityBytes: card.capacityBytes,
    marginBytes: card.capacityBytes - limitBytes(card, reserve, besideBytes),
    usedBytes: partsBytes(parts),
    parts,
    layerCount: demand.weights.layers.length,
    expertLayerCount: 0,
  };
}

/** What is loaded beside the model may lie on one card as a whole; the first one must have room for it. */
function shardParts(demand: Demand, { card, count, index }: ShardPlace, shards: Shards): DeviceParts {
  const parts = {
    weightsBytes: Math.ceil(weightsBytes(demand.weights) / count),
    kvCacheBytes: Math.ceil(demand.kvCacheBytes / Math.min(count, shards.kvHeadCount)),
    recurrentStateBytes: Math.ceil(demand.recurrentStateBytes / count),
    computeBufferBytes: demand.compute.gpuLayerBytes,
    overheadBytes: outsideBytes(card) + (count > 1 ? EXCHANGE_BYTES : 0),
  };
  return withExtrasPart(parts, index === 0 ? demand.extrasBytes : 0);
}
