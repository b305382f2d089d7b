import { makerOfName } from "#probe/device-name.ts";
import type { Host } from "#probe/host.ts";
import { makerOfPciVendor, pciId } from "#probe/pci.ts";
import {
  absent,
  type DeviceFacts,
  type DeviceSighting,
  excerpt,
  failed,
  gpuCount,
  NOTHING_KNOWN,
  ok,
  type ProbeAnswer,
} from "#probe/reading.ts";
import { setAsideName } from "#probe/set-aside.ts";

/** Any maker's GPUs, from the Vulkan drivers: memory of cards that nothing else states. */
export async function readVulkaninfo(host: Host): Promise<ProbeAnswer> {
  const result = await host.run({ tool: "vulkaninfo", arguments: [] });
  if (result.kind === "absent") return absent("vulkaninfo is not installed");
  if (result.kind === "failed") return failed(`vulkaninfo ${result.message}`);
  const devices = parseVulkaninfo(result.stdout);
  if (devices.length === 0 && result.exitCode !== 0)
    return failed(`vulkaninfo failed: ${excerpt(result.stderr)}`);
  return ok(gpuCount(devices.length), { devices });
}

/** GPUs of the full or the short output. Processors are left out, and a GPU with two drivers counts once. */
export function parseVulkaninfo(text: string): readonly DeviceSighting[] {
  const blocks = text.split(/^\s*GPU\d+:?\s*$/m).slice(1);
  const devices = blocks.map(readBlock).filter((device) => device !== null);
  const isRepeated = (device: VulkanDevice, position: number): boolean =>
    device.uuid !== null && devices.slice(0, position).some(({ uuid }) => uuid === device.uuid);
  return devices.filter((device, position) => !isRepeated(device, position)).map(({ sighting }) => sighting);
}

interface VulkanDevice {
  /** Says which device it is, the same from every driver. */
  readonly uuid: string | null;
  readonly sighting: DeviceSighting;
}

function readBlock(block: string): VulkanDevice | null {
  const value = (key: string): string | null =>
    new RegExp(`^\\s*${key}\\s*= (\\S.*?)\\s*$`, "m").exec(block)?.[1] ?? null;
  const type = value("deviceType")?.replace(/^PHYSICAL_DEVICE_TYPE_/, "") ?? "";
  const printedName = value("deviceName");
  if (printedName === null || !["DISCRETE_GPU", "INTEGRATED_GPU", "VIRTUAL_GPU"].includes(type)) return null;
  if (setAsideName(printedName) !== null) return null;
  const pciDeviceId = pciId(value("vendorID") ?? "", value("deviceID") ?? "");
  const byId = pciDeviceId === null ? "other" : makerOfPciVendor(pciDeviceId.slice(0, 4));
  const name = printedName.replace(/ \(RADV [^)]*\)| \(AMD [^)]*\)| \(NAVI[^)]*\)| \([A-Z]{2,4}\)$/g, "");
  return {
    uuid: value("deviceUUID"),
    sighting: {
      source: "vulkaninfo",
      command: "vulkaninfo",
      vendor: byId === "other" ? makerOfName(printedName) : byId,
      standing: "accelerator",
      facts: { ...NOTHING_KNOWN, name, pciDeviceId, ...kindAndMemory(type, block) },
      memoryHolders: [],
      slices: [],
    },
  };
}

/** A card's heaps that are its own (drivers split off the part the processor reaches); RAM lent to graphics is not. */
function kindAndMemory(type: string, block: string): Partial<DeviceFacts> {
  if (type !== "DISCRETE_GPU") return { deviceKind: type === "INTEGRATED_GPU" ? "integrated" : "virtual" };
  const heaps = block.split(/^\s*memoryHeaps\[\d+\] ?:\s*$/m).slice(1);
  const own = heaps.filter((heap) => heap.includes("MEMORY_HEAP_DEVICE_LOCAL_BIT")).map(heapBytes);
  const known = own.filter((sizeBytes) => sizeBytes !== null);
  const isWhole =
    known.length > 0 &&
    known.length === own.length &&
    heaps.length === heapCount(block) &&
    heaps.every(isWholeHeap);
  return {
    deviceKind: "discrete",
    memoryKind: "dedicated",
    memoryTotalBytes: isWhole ? known.reduce((sum, sizeBytes) => sum + sizeBytes, 0) : null,
  };
}

/** Decimal and hexadecimal must agree: a cut number does not. */
function heapBytes(heap: string): number | null {
  const [, decimal = "", hex = ""] = /^\s*size\s*= (\d+) \(0x([0-9a-f]+)\)/m.exec(heap) ?? [];
  return decimal !== "" && Number(decimal) === Number.parseInt(hex, 16) ? Number(decimal) : null;
}

/** Its flags stand last, as many as it says. */
function isWholeHeap(heap: string): boolean {
  const [, count, flags = ""] =
    /^\s*flags:(?: count = (\d+))?[^\n]*\n((?:\s+(?:None|\w+_BIT)\s*\n)+)/m.exec(
      `${heap}\n`.replace(/\n\n$/, "\n"),
    ) ?? [];
  const flagCount = flags.trim() === "" ? 0 : flags.trim().split(/\s+/).length;
  return count === undefined ? flagCount > 0 : flagCount === Number(count);
}

function heapCount(block: string): number | null {
  const count = /memoryHeapCount\s*= (\d+)|memoryHeaps: count = (\d+)/.exec(block);
  return count === null ? null : Number(count[1] ?? count[2]);
}
