import { deviceKindOfName } from "#probe/device-name.ts";
import type { Host } from "#probe/host.ts";
import { pciId } from "#probe/pci.ts";
import {
  absent,
  type DeviceFacts,
  failed,
  gpuCount,
  NOTHING_KNOWN,
  ok,
  type ProbeAnswer,
} from "#probe/reading.ts";

/** Intel's GPUs as its compute runtime lists them: names, where nothing else knows them. */
export async function readSyclLs(host: Host): Promise<ProbeAnswer> {
  const result = await host.run({ tool: "sycl-ls", arguments: [] });
  if (result.kind === "absent") return absent("sycl-ls is not installed");
  if (result.kind === "failed") return failed(`sycl-ls ${result.message}`);
  const devices = parseSyclLs(result.stdout).map((facts) => ({
    source: "sycl-ls",
    command: "sycl-ls",
    vendor: "intel" as const,
    standing: "accelerator" as const,
    facts: { ...NOTHING_KNOWN, ...facts },
    memoryHolders: [],
    slices: [],
  }));
  return ok(gpuCount(devices.length), { devices });
}

const LINE =
  /^\[(level_zero|opencl):gpu\]\[[^\]]*\] ([^,]+), (Intel\(R\) .+?) (?:OpenCL )?\d+\.\d+(?:\.\d+)?(?: NEO)? +\[[^\]]+\]\s*$/;

/**
 * Each backend lists the same GPUs again, beside processors and emulators: Level Zero's list counts, Intel's own
 * OpenCL's where there is no other.
 */
export function parseSyclLs(text: string): readonly Partial<DeviceFacts>[] {
  const lines = text
    .split(/\r?\n/)
    .map((line) => LINE.exec(line))
    .filter((match) => match !== null);
  const levelZero = lines.filter(([, backend]) => backend === "level_zero");
  const chosen =
    levelZero.length > 0 ? levelZero : lines.filter(([, , platform]) => platform?.startsWith("Intel(R)"));
  return chosen.map(([, , , name = ""]) => {
    const deviceId = /\[0x([0-9a-f]{4})\]/i.exec(name)?.[1];
    return {
      name: name.trim(),
      pciDeviceId: deviceId === undefined ? null : pciId("8086", deviceId),
      deviceKind: deviceKindOfName(name.trim()),
    };
  });
}
