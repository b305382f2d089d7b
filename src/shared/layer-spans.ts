import type { PlacedDevice, Placement } from "#engine/fit.ts";
import { type DeviceGroup, layersText } from "./device-parts.ts";
import { say } from "#words/say.ts";

/**
 * What layers a group of devices holds, and which: "10 layers each (21 to 40 of 80)". Layers are counted from 1; the
 * first are in RAM where any are, then card by card, as `placement/arrange.ts` puts them.
 */
export function groupLayersText(placement: Placement, group: DeviceGroup): string {
  const { device, deviceCount } = group;
  const layers = layersText(device);
  const span = spanOf(placement, group);
  if (span === null) return deviceCount === 1 ? layers : say("{layers} each", { layers });
  return deviceCount === 1
    ? say("{layers} ({which})", { layers, which: span })
    : say("{layers} each ({which})", { layers, which: span });
}

/** Null where every device has all layers, or only one has any: then their count says it. */
function spanOf(
  { kind, devices }: Placement,
  { device, deviceCount, firstIndex }: DeviceGroup,
): string | null {
  const total = sumLayers(devices);
  if (kind === "tensor-parallel") return null;
  if (device.expertLayerCount > 0 && device.layerCount === 0) return say("the first that have any");
  if (device.layerCount === 0 || device.layerCount * deviceCount === total) return null;
  const before = isRam(device)
    ? 0
    : sumLayers(devices.filter(isRam)) + sumLayers(devices.slice(0, firstIndex));
  return say("{first} to {last} of {total}", {
    first: before + 1,
    last: before + device.layerCount * deviceCount,
    total,
  });
}

function isRam({ memoryKind }: PlacedDevice): boolean {
  return memoryKind === "system";
}

function sumLayers(devices: readonly PlacedDevice[]): number {
  return devices.reduce((sum, { layerCount }) => sum + layerCount, 0);
}
