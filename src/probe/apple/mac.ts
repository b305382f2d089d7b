import type { CommandResult } from "#probe/command.ts";
import type { Host } from "#probe/host.ts";
import {
  type DeviceSighting,
  failed,
  gpuCount,
  type HostFacts,
  NOTHING_KNOWN_OF_HOST,
  ok,
  type ProbeAnswer,
} from "#probe/reading.ts";
import { isAppleChip, type MacProfile, parseSystemProfiler } from "./system-profiler.ts";
import { parseSysctl, SYSCTL_NAMES, sysctlHostFacts, wiredLimitBytes } from "./sysctl.ts";

const SECTIONS = ["SPDisplaysDataType", "SPHardwareDataType", "SPMemoryDataType"];

/** A Mac: GPUs and chip from system_profiler, RAM and the GPU's limit from sysctl. */
export async function readMac(host: Host): Promise<ProbeAnswer> {
  const [profiler, sysctl] = await Promise.all([
    runProfiler(host),
    host.run({ tool: "sysctl", arguments: SYSCTL_NAMES }),
  ]);
  const profile = parseSystemProfiler(profiler.kind === "finished" ? profiler.stdout : "");
  const values = parseSysctl(sysctl.kind === "finished" ? sysctl.stdout : "");
  const devices = withChip(profile, values.get("machdep.cpu.brand_string") ?? "");
  const limitBytes = wiredLimitBytes(values);
  const reading = {
    devices: devices.map((device) => withLimit(device, limitBytes)),
    host: [
      { source: "sysctl", facts: sysctlHostFacts(values) },
      { source: "system_profiler", facts: profileFacts(profile) },
    ],
  };
  const problem = problemOf("system_profiler", profiler) ?? problemOf("sysctl", sysctl);
  return problem === null ? ok(gpuCount(devices.length), reading) : failed(problem, reading);
}

/** Systems before 10.15 print no JSON. */
async function runProfiler(host: Host): Promise<CommandResult> {
  const json = await host.run({ tool: "system_profiler", arguments: ["-json", ...SECTIONS] });
  if (json.kind !== "finished" || json.stdout.trimStart().startsWith("{")) return json;
  return await host.run({ tool: "system_profiler", arguments: SECTIONS });
}

/** Where system_profiler is silent, the processor's own name still tells that this is Apple silicon. */
function withChip(profile: MacProfile, brand: string): readonly DeviceSighting[] {
  if (profile.devices.length > 0 || !isAppleChip(brand)) return profile.devices;
  return parseSystemProfiler(`Chip: ${brand}\n`).devices;
}

function withLimit(device: DeviceSighting, workingSetLimitBytes: number | null): DeviceSighting {
  return device.vendor === "apple" ? { ...device, facts: { ...device.facts, workingSetLimitBytes } } : device;
}

function profileFacts({ chipName, memoryBytes, memoryType }: MacProfile): HostFacts {
  const modules =
    memoryBytes === null || memoryType === null
      ? null
      : [
          {
            sizeBytes: memoryBytes,
            type: memoryType,
            transfersPerSecond: null,
            dataWidthBits: null,
            slot: null,
          },
        ];
  return {
    ...NOTHING_KNOWN_OF_HOST,
    processorName: chipName,
    ramTotalBytes: memoryBytes,
    ramModules: modules,
  };
}

function problemOf(tool: string, result: CommandResult): string | null {
  return result.kind === "finished" ? null : `${tool} ${result.message}`;
}
