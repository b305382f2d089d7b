import type { ProbeOutcome } from "#engine/machine.ts";
import { readAmdSmi } from "./amd/amd-smi.ts";
import { readRocmSmi } from "./amd/rocm-smi.ts";
import { readRocminfo } from "./amd/rocminfo.ts";
import { readMac } from "./apple/mac.ts";
import { readClinfo } from "./generic/clinfo.ts";
import { readLspci } from "./generic/lspci.ts";
import { readVulkaninfo } from "./generic/vulkaninfo.ts";
import type { Host } from "./host.ts";
import { readSyclLs } from "./intel/sycl-ls.ts";
import { readXpuSmi } from "./intel/xpu-smi.ts";
import { readGraphicsControllers } from "./library/graphics-controllers.ts";
import { readNodeHost } from "./library/node-host.ts";
import { readSystemHost } from "./library/system-host.ts";
import { readCgroup } from "./linux/cgroup.ts";
import { readDmidecode } from "./linux/dmidecode.ts";
import { readLscpu } from "./linux/lscpu.ts";
import { readProc } from "./linux/proc.ts";
import { readSysfs } from "./linux/sysfs.ts";
import { readTegra } from "./linux/tegra.ts";
import { readNvidiaSmi } from "./nvidia/nvidia-smi.ts";
import { EMPTY_READING, excerpt, type ProbeAnswer, type Reading } from "./reading.ts";
import { readDxdiag } from "./windows/dxdiag.ts";
import { readWindows } from "./windows/windows.ts";

/**
 * Sources of one group share a process. Those that may block it (systeminformation calls some tools synchronously)
 * are kept away from our own, which never do.
 */
export const PROBE_GROUPS = ["own", "system", "graphics"] as const;
export type ProbeGroup = (typeof PROBE_GROUPS)[number];

/** One source of facts about the machine. */
export interface Probe {
  /** Unique; shown to people. */
  readonly name: string;
  readonly group: ProbeGroup;
  /** Where there is anything for it to read; null: everywhere. */
  readonly platforms: readonly string[] | null;
  /** True for what takes too long to be asked: it only counts in a recording that has it. */
  readonly isOnlyRecorded?: true;
  readonly read: (host: Host) => Promise<ProbeAnswer>;
}

/** Every source, the most trusted first: where two differ on a fact, the earlier one is believed. */
export const PROBES: readonly Probe[] = [
  { name: "nvidia-smi", group: "own", platforms: ["linux", "win32"], read: readNvidiaSmi },
  { name: "amd-smi", group: "own", platforms: ["linux"], read: readAmdSmi },
  { name: "rocm-smi", group: "own", platforms: ["linux"], read: readRocmSmi },
  { name: "xpu-smi", group: "own", platforms: ["linux"], read: readXpuSmi },
  { name: "Linux device files", group: "own", platforms: ["linux"], read: readSysfs },
  { name: "Jetson's device tree", group: "own", platforms: ["linux"], read: readTegra },
  { name: "Windows", group: "own", platforms: ["win32"], read: readWindows },
  { name: "dxdiag", group: "own", platforms: ["win32"], isOnlyRecorded: true, read: readDxdiag },
  { name: "macOS", group: "own", platforms: ["darwin"], read: readMac },
  { name: "rocminfo", group: "own", platforms: ["linux"], read: readRocminfo },
  { name: "sycl-ls", group: "own", platforms: ["linux"], read: readSyclLs },
  { name: "lspci", group: "own", platforms: ["linux"], read: readLspci },
  { name: "vulkaninfo", group: "own", platforms: ["linux", "win32"], read: readVulkaninfo },
  { name: "clinfo", group: "own", platforms: ["linux"], read: readClinfo },
  { name: "memory limit (cgroup)", group: "own", platforms: ["linux"], read: readCgroup },
  { name: "Linux /proc", group: "own", platforms: ["linux"], read: readProc },
  { name: "lscpu", group: "own", platforms: ["linux"], read: readLscpu },
  { name: "dmidecode", group: "own", platforms: ["linux"], read: readDmidecode },
  { name: "systeminformation", group: "system", platforms: null, read: readSystemHost },
  { name: "systeminformation graphics", group: "graphics", platforms: null, read: readGraphicsControllers },
  { name: "Node", group: "own", platforms: null, read: readNodeHost },
];

/** What came of one source. */
export interface ProbeRun {
  readonly outcome: ProbeOutcome;
  readonly reading: Reading;
  /** When it had answered, as `2026-11-25T14:30:00.000Z`; absent where nobody looked at a clock. */
  readonly readAt?: string;
}

/** The sources that can say anything on this kind of system, in order of trust. */
export function probesFor(platform: string): readonly Probe[] {
  return recordedProbesFor(platform).filter(({ isOnlyRecorded }) => isOnlyRecorded !== true);
}

/** The same for a recording, which may hold what is never asked live. */
export function recordedProbesFor(platform: string): readonly Probe[] {
  return PROBES.filter(({ platforms }) => platforms === null || platforms.includes(platform));
}

/** Asks one source; whatever it throws is a line of the report, never the end of the others. */
export async function runProbe(probe: Probe, host: Host): Promise<ProbeRun> {
  const startedMs = performance.now();
  const answer = await answerOf(probe, host);
  const elapsedMs = Math.round(performance.now() - startedMs);
  const { status, message, reading } = answer;
  return { outcome: { name: probe.name, status, message, elapsedMs }, reading };
}

async function answerOf(probe: Probe, host: Host): Promise<ProbeAnswer> {
  try {
    return await probe.read(host);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { status: "failed", message: excerpt(message), reading: EMPTY_READING };
  }
}
