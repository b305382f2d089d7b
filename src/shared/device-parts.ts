import type { DeviceParts, MemoryBreakdown, PlacedDevice } from "#engine/fit.ts";

/** What a stretch of a bar, and a line of its table, stands for. */
export type PartKey =
  | "weights"
  | "embedding-copy"
  | "kv-cache"
  | "recurrent-state"
  | "compute-buffer"
  | "overhead"
  | "margin"
  | "room";

export interface MemoryPart {
  readonly key: PartKey;
  readonly label: string;
  readonly bytes: number;
}

/** What of the model is on a device; parts it does not have are left out. They add up to its `usedBytes`. */
export function usedParts(parts: DeviceParts): readonly MemoryPart[] {
  return present([
    { key: "weights", label: "Weights", bytes: parts.weightsBytes },
    { key: "kv-cache", label: "KV cache", bytes: parts.kvCacheBytes },
    { key: "recurrent-state", label: "Recurrent state", bytes: parts.recurrentStateBytes },
    { key: "compute-buffer", label: "Compute buffer", bytes: parts.computeBufferBytes },
    { key: "overhead", label: "Runtime overhead", bytes: parts.overheadBytes },
  ]);
}

/** What of a device the model does not take: left free on purpose, and room. */
export function freeParts(device: PlacedDevice): readonly MemoryPart[] {
  return present([
    { key: "margin", label: "Left free on purpose", bytes: device.marginBytes },
    {
      key: "room",
      label: "Room left",
      bytes: Math.max(0, device.capacityBytes - device.marginBytes - device.usedBytes),
    },
  ]);
}

/** The model's whole need, wherever it lies. The parts add up to `totalBytes`. */
export function neededParts(memory: MemoryBreakdown): readonly MemoryPart[] {
  return present([
    { key: "weights", label: "Weights", bytes: memory.weightsBytes },
    { key: "embedding-copy", label: "Second copy of the embedding", bytes: memory.embeddingCopyBytes },
    { key: "kv-cache", label: "KV cache", bytes: memory.kvCacheBytes },
    { key: "recurrent-state", label: "Recurrent state", bytes: memory.recurrentStateBytes },
    { key: "compute-buffer", label: "Compute buffers", bytes: memory.computeBufferBytes },
    { key: "overhead", label: "Runtime overhead", bytes: memory.overheadBytes },
  ]);
}

/** "24 layers", and the experts that lie apart from their layers. */
export function layersText(device: PlacedDevice): string {
  const layers = counted(device.layerCount, "layer");
  if (device.expertLayerCount === 0) return layers;
  const experts = `experts of ${counted(device.expertLayerCount, "layer")}`;
  return device.layerCount === 0 ? experts : `${layers}, ${experts}`;
}

function counted(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? "" : "s"}`;
}

function present(parts: readonly MemoryPart[]): readonly MemoryPart[] {
  return parts.filter((part) => part.bytes > 0);
}
