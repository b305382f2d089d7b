import { deviceKindOfName, makerOfName } from "#probe/device-name.ts";
import type { Host } from "#probe/host.ts";
import {
  absent,
  type DeviceSighting,
  failed,
  gpuCount,
  NOTHING_KNOWN,
  ok,
  type ProbeAnswer,
} from "#probe/reading.ts";
import { setAsideName } from "#probe/set-aside.ts";

/** GPUs as OpenCL drivers list them: the only ones that know a board's ARM GPU. */
export async function readClinfo(host: Host): Promise<ProbeAnswer> {
  const result = await host.run({ tool: "clinfo", arguments: [] });
  if (result.kind === "absent") return absent("clinfo is not installed");
  if (result.kind === "failed") return failed(`clinfo ${result.message}`);
  const devices = parseClinfo(result.stdout);
  return ok(gpuCount(devices.length), { devices });
}

/**
 * The devices of type GPU. Their "global memory size" is a limit of OpenCL, on unified memory a share of RAM, so it
 * only counts for cards with memory of their own, where it is what the driver leaves to programs.
 */
export function parseClinfo(text: string): readonly DeviceSighting[] {
  const blocks = text
    .split(/^(?= {2}Device Name {2,})/m)
    .filter((block) => block.startsWith("  Device Name  "));
  return blocks.map(readBlock).filter((device) => device !== null);
}

function readBlock(block: string): DeviceSighting | null {
  const value = (key: string): string | null =>
    new RegExp(`^ {2}${key} {2,}(\\S.*?)\\s*$`, "m").exec(block)?.[1] ?? null;
  const [name, type] = [value("Device Name"), value("Device Type")];
  if (name === null || type !== "GPU" || setAsideName(name) !== null) return null;
  const unified = value("Unified memory for Host and Device(?: \\(deprecated\\))?")?.toLowerCase();
  return {
    source: "clinfo",
    command: "clinfo",
    vendor: makerOfName(`${value("Device Vendor") ?? ""} ${name}`),
    standing: "accelerator",
    facts: {
      ...NOTHING_KNOWN,
      name,
      deviceKind: unified === "yes" ? "integrated" : deviceKindOfName(name),
      memoryKind: unified === "yes" ? "unified" : null,
      memoryTotalBytes: unified === "no" ? globalMemoryBytes(value("Global memory size")) : null,
    },
    memoryHolders: [],
    slices: [],
  };
}

/** "17179885568 (16GiB)": only with its bracket is the number whole. */
function globalMemoryBytes(text: string | null): number | null {
  const bytes = /^(\d+) \([\d.]+[KMGT]iB\)$/.exec(text ?? "")?.[1];
  return bytes === undefined || Number(bytes) === 0 ? null : Number(bytes);
}
