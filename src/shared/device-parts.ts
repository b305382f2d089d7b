import type { DeviceParts, MemoryBreakdown, PlacedDevice } from "#engine/fit.ts";
import { commaText } from "#words/lists.ts";
import { say } from "#words/say.ts";

/** What a stretch of a bar, and a line of its table, stands for. */
export type PartKey =
  | "weights"
  | "embedding-copy"
  | "kv-cache"
  | "recurrent-state"
  | "compute-buffer"
  | "overhead"
  | "extras"
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
    { key: "weights", label: say("Weights"), bytes: parts.weightsBytes },
    { key: "kv-cache", label: say("KV cache"), bytes: parts.kvCacheBytes },
    { key: "recurrent-state", label: say("Recurrent state"), bytes: parts.recurrentStateBytes },
    { key: "compute-buffer", label: say("Compute buffer"), bytes: parts.computeBufferBytes },
    { key: "overhead", label: say("Runtime overhead"), bytes: parts.overheadBytes },
    ...besideParts(parts),
  ]);
}

function besideParts({ extrasBytes }: Pick<DeviceParts, "extrasBytes">): readonly MemoryPart[] {
  return extrasBytes === undefined
    ? []
    : [{ key: "extras", label: say("Beside the model"), bytes: extrasBytes }];
}

/** What of a device the model does not take: the reserve, and room. */
export function freeParts(device: PlacedDevice): readonly MemoryPart[] {
  return present([
    { key: "margin", label: say("Reserve"), bytes: device.marginBytes },
    {
      key: "room",
      label: say("Room left"),
      bytes: Math.max(0, device.capacityBytes - device.marginBytes - device.usedBytes),
    },
  ]);
}

/** The model's whole need, wherever it lies. The parts add up to `totalBytes`. */
export function neededParts(memory: MemoryBreakdown): readonly MemoryPart[] {
  return present([
    { key: "weights", label: say("Weights"), bytes: memory.weightsBytes },
    { key: "embedding-copy", label: say("Second copy of the embedding"), bytes: memory.embeddingCopyBytes },
    { key: "kv-cache", label: say("KV cache"), bytes: memory.kvCacheBytes },
    { key: "recurrent-state", label: say("Recurrent state"), bytes: memory.recurrentStateBytes },
    { key: "compute-buffer", label: say("Compute buffers"), bytes: memory.computeBufferBytes },
    { key: "overhead", label: say("Runtime overhead"), bytes: memory.overheadBytes },
    ...besideParts(memory),
  ]);
}

/** "24 layers", and the experts that lie apart from their layers; RAM may hold no more than what rows are looked up in. */
export function layersText(device: PlacedDevice): string {
  const { layerCount, expertLayerCount, memoryKind } = device;
  const experts = say("experts of {count, plural, one {# layer} other {# layers}}", {
    count: expertLayerCount,
  });
  if (layerCount > 0) {
    const layers = say("{count, plural, one {# layer} other {# layers}}", { count: layerCount });
    return expertLayerCount === 0 ? layers : commaText([layers, experts]);
  }
  if (expertLayerCount > 0) return experts;
  return memoryKind === "system" ? say("embedding tables only") : say("no layers");
}

/** Devices next to each other that are alike and hold the same, shown once. */
export interface DeviceGroup {
  /** "8 × H100"; "H100 #2 to #7" where others of that name hold something else; "RTX 4090" where it is the only one. */
  readonly title: string;
  readonly deviceCount: number;
  /** The first one's place among all devices. */
  readonly firstIndex: number;
  /** Any of them: each has this much. */
  readonly device: PlacedDevice;
}

/** The devices of a placement in their order, those that are alike and hold the same together. */
export function deviceGroups(devices: readonly PlacedDevice[]): readonly DeviceGroup[] {
  const starts = devices.flatMap((device, index) => (holdSame(device, devices[index - 1]) ? [] : [index]));
  return starts.flatMap((start, index) => {
    const device = devices[start];
    const deviceCount = (starts[index + 1] ?? devices.length) - start;
    return device === undefined
      ? []
      : [{ title: groupTitle(devices, start, deviceCount), deviceCount, firstIndex: start, device }];
  });
}

function groupTitle(devices: readonly PlacedDevice[], start: number, deviceCount: number): string {
  const name = devices[start]?.name ?? "";
  const countOfName = (some: readonly PlacedDevice[]) => some.filter((device) => device.name === name).length;
  if (countOfName(devices) === deviceCount) return deviceCount === 1 ? name : `${deviceCount} × ${name}`;
  const first = countOfName(devices.slice(0, start)) + 1;
  if (deviceCount === 1) return `${name} #${first}`;
  return say("{name} #{first} to #{last}", { name, first, last: first + deviceCount - 1 });
}

function holdSame(device: PlacedDevice, other: PlacedDevice | undefined): boolean {
  return other !== undefined && shownFacts(device) === shownFacts(other);
}

/** Everything a device's table shows, and its name. */
function shownFacts(device: PlacedDevice): string {
  const { name, memoryKind, capacityBytes, marginBytes, layerCount, expertLayerCount } = device;
  const parts = usedParts(device.parts).map(({ key, bytes }) => [key, bytes]);
  return JSON.stringify([name, memoryKind, capacityBytes, marginBytes, layerCount, expertLayerCount, parts]);
}

function present(parts: readonly MemoryPart[]): readonly MemoryPart[] {
  return parts.filter((part) => part.bytes > 0);
}
