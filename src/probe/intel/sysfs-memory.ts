import type { Host } from "#probe/host.ts";
import type { SysfsDevice } from "#probe/linux/sysfs-device.ts";
import { numberFile } from "#probe/linux/sysfs-values.ts";
import type { DeviceFacts } from "#probe/reading.ts";
import { intelCard, isIntelIntegratedAddress } from "./devices.ts";

/**
 * The xe driver shows each tile's memory (`xe_tile_sysfs.c`), some i915 builds the card's; graphics inside a processor
 * use RAM, of which no driver states a limit.
 */
export async function intelMemoryFacts(host: Host, device: SysfsDevice): Promise<Partial<DeviceFacts>> {
  if (isIntelIntegratedAddress(device.pciAddress)) return { memoryKind: "unified", deviceKind: "integrated" };
  const tiles = (await host.list(device.folder)).filter((name) => /^tile\d+$/.test(name));
  const sizes = await Promise.all(
    tiles.map((tile) => numberFile(host, device, `${tile}/physical_vram_size_bytes`)),
  );
  const known = sizes.filter((sizeBytes) => sizeBytes !== null);
  const ofTiles = known.length === 0 ? null : known.reduce((sum, sizeBytes) => sum + sizeBytes, 0);
  const [card] = await host.list(`${device.folder}/drm`);
  const memoryTotalBytes =
    ofTiles ?? (await numberFile(host, device, `drm/${card ?? "card0"}/lmem_total_bytes`));
  const isCard = memoryTotalBytes !== null || intelCard(device.id) !== null;
  return isCard ? { memoryKind: "dedicated", deviceKind: "discrete", memoryTotalBytes } : {};
}
