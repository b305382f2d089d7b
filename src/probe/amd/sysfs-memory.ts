import type { Host } from "#probe/host.ts";
import type { SysfsDevice } from "#probe/linux/sysfs-device.ts";
import { numberFile } from "#probe/linux/sysfs-values.ts";
import type { DeviceFacts } from "#probe/reading.ts";
import { apuMemoryFacts, difference, isAmdApu } from "./apu.ts";

/**
 * Memory as the amdgpu driver shows it, in bytes, without any tool. `mem_info_vis_vram_total` beside it is the part
 * the processor can reach (a PCI window), not the memory.
 */
export async function amdMemoryFacts(host: Host, device: SysfsDevice): Promise<Partial<DeviceFacts>> {
  const read = (name: string): Promise<number | null> => numberFile(host, device, `mem_info_${name}`);
  const [vramBytes, vramUsedBytes, gttBytes, gttUsedBytes] = await Promise.all(
    ["vram_total", "vram_used", "gtt_total", "gtt_used"].map(read),
  );
  const total = vramBytes ?? null;
  const used = vramUsedBytes ?? null;
  if (isAmdApu(device.id)) {
    return apuMemoryFacts({
      carveOutBytes: total,
      carveOutUsedBytes: used,
      gttBytes: gttBytes ?? null,
      gttUsedBytes: gttUsedBytes ?? null,
    });
  }
  return {
    memoryKind: "dedicated",
    deviceKind: "discrete",
    memoryTotalBytes: total === 0 ? null : total,
    memoryUsedBytes: used,
    memoryFreeBytes: difference(total, used),
  };
}
