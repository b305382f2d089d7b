import { mibToBytes } from "#engine/units.ts";
import { canonicalPciAddress } from "#probe/pci.ts";
import type { DeviceFacts } from "#probe/reading.ts";
import { difference } from "./apu.ts";

/** A card's two rows: address and name, then numbers and memory. Bars separate cells; widths vary with wide signs. */
const CARD =
  /\|\s*([0-9a-f]{4}:[0-9a-f]{2}:[0-9a-f]{2}\.[0-7])\s+([^|]+?)\s*\|[^|]*\|\s*\|\s*\d+\s+[^|]*\|[^|]*?(\d+)\/(\d+) MB\s*\|/gi;

/** The table that `amd-smi` prints since version 26; its "MB" are MiB, as its totals show. */
export function parseAmdSmiTable(text: string): readonly Partial<DeviceFacts>[] {
  const driverVersion = /amdgpu version:\s*(\d\S*)/.exec(text)?.[1] ?? null;
  return [...text.matchAll(CARD)].map(([, address = "", name = "", used = "", total = ""]) => {
    const memoryTotalBytes = mibToBytes(Number(total));
    const memoryUsedBytes = mibToBytes(Number(used));
    return {
      name,
      pciAddress: canonicalPciAddress(address),
      driverVersion,
      memoryTotalBytes: memoryTotalBytes === 0 ? null : memoryTotalBytes,
      memoryUsedBytes: memoryUsedBytes > memoryTotalBytes ? null : memoryUsedBytes,
      memoryFreeBytes: difference(memoryTotalBytes, memoryUsedBytes),
    };
  });
}
