import { describe, expect, test } from "vitest";
import { parseAmdSmiStatic } from "#probe/amd/amd-smi-static.ts";
import { parseAmdSmiTable } from "#probe/amd/amd-smi-table.ts";
import { parseRocmSmi } from "#probe/amd/rocm-smi.ts";
import { parseRocminfo } from "#probe/amd/rocminfo.ts";
import { parseSystemProfiler } from "#probe/apple/system-profiler.ts";
import { parseSysctl, sysctlHostFacts } from "#probe/apple/sysctl.ts";
import { parseClinfo } from "#probe/generic/clinfo.ts";
import { parseLspci } from "#probe/generic/lspci.ts";
import { parseVulkaninfo } from "#probe/generic/vulkaninfo.ts";
import { parseSyclLs } from "#probe/intel/sycl-ls.ts";
import { parseXpuSmiDiscovery } from "#probe/intel/xpu-smi.ts";
import { parseNvidiaCsv } from "#probe/nvidia/csv.ts";
import { parseFullReport } from "#probe/nvidia/full-report.ts";
import { parseList } from "#probe/nvidia/list.ts";
import { parseTable } from "#probe/nvidia/table.ts";
import { parseTopology } from "#probe/nvidia/topology.ts";
import { readWholeMachine } from "#probe/replay.ts";
import { parseDxdiag } from "#probe/windows/dxdiag.ts";
import { parseRegistry } from "#probe/windows/registry.ts";
import { parseVideoControllers } from "#probe/windows/video-controllers.ts";
import { setAsideName } from "#probe/set-aside.ts";
import { allCaptures, captureText, HAS_CAPTURES } from "./captures.ts";
import { fakeHost } from "./fake-host.ts";

type Count = (text: string) => number | Promise<number>;

/** How many GPUs each tool's reader finds, by the folder of its captures. */
const READERS: Readonly<Record<string, Count>> = {
  "amd-smi": (text) => Math.max(parseAmdSmiTable(text).length, parseAmdSmiStatic(text).length),
  clinfo: (text) => parseClinfo(text).length,
  dxdiag: (text) => parseDxdiag(text).length,
  lspci: (text) => parseLspci(text).filter(({ setAside }) => setAside === null).length,
  "nvidia-smi": (text) => parseTable(text).length,
  "nvidia-smi-L": (text) => parseList(text).length,
  "nvidia-smi-csv": countCsv,
  "nvidia-smi-topo": countTopology,
  "nvidia-smi-xml": (text) => parseFullReport(text).length,
  "rocm-smi": (text) => parseRocmSmi(text).length,
  rocminfo: (text) => parseRocminfo(text).length,
  "sycl-ls": (text) => parseSyclLs(text).length,
  sysctl: (text) => (sysctlHostFacts(parseSysctl(text)).ramTotalBytes === null ? 0 : 1),
  "sysfs-drm": countSysfs,
  system_profiler: (text) => parseSystemProfiler(text).devices.length,
  vulkaninfo: (text) => parseVulkaninfo(text).length,
  "win-registry": countRegistry,
  "win32-videocontroller": (text) =>
    parseVideoControllers(text).filter(({ setAside }) => setAside === null).length,
  "xpu-smi": countXpuSmi,
};

/** Captures without a header were made with these fields. */
function countCsv(text: string): number {
  const askedFields = [
    ["index", "pci.bus_id", "name"],
    ["name", "memory.total", "memory.used", "memory.free", "power.limit"],
  ];
  return Math.max(...askedFields.map((fields) => parseNvidiaCsv(text, fields).rows.length));
}

function countTopology(text: string): number {
  return new Set(parseTopology(text).flatMap(({ from, to }) => [from, to])).size;
}

/** Only entries of adapters that Windows has running count there; these are the ones that are no virtual ones. */
function countRegistry(text: string): number {
  return parseRegistry(text).filter(
    ({ description }) => description !== null && setAsideName(description) === null,
  ).length;
}

/** Two captures show only the memory lines of one card. */
function countXpuSmi(text: string): number {
  const listed = parseXpuSmiDiscovery(text).length;
  return listed > 0 || !text.includes("Memory Physical Size") ? listed : 1;
}

/** "name: value" or "path:value" lines, put back where the kernel has them. */
async function countSysfs(text: string): Promise<number> {
  const folder = "/sys/class/drm/card0/device";
  const files: [string, string][] = [...text.matchAll(/^(?:.*\/card0\/device\/)?(\w+): *(\S+)/gm)].map(
    ([, file = "", value = ""]) => [`${folder}/${file}`, `${value}\n`],
  );
  const host = fakeHost({
    files: { [`${folder}/vendor`]: "0x1002", [`${folder}/device`]: "0x1586", ...Object.fromEntries(files) },
  });
  const { accelerators } = await readWholeMachine(host);
  return accelerators.filter(({ memoryTotalBytes }) => memoryTotalBytes !== null).length;
}

describe.skipIf(!HAS_CAPTURES)("every capture that shows a GPU is read", () => {
  const captures = allCaptures().filter(({ gpuCount }) => gpuCount > 0);

  test.each(captures)("$path: $gpuCount, $names, $vram", async ({ path, gpuCount }) => {
    const reader = READERS[path.split("/")[0] ?? ""];
    expect(reader, "a folder without a reader").toBeDefined();
    expect(await reader?.(captureText(path))).toBe(gpuCount);
  });

  const tools = [...new Set(captures.map(({ path }) => path.split("/")[0] ?? ""))].map((tool) => {
    const samples = captures.filter(({ path }) => path.startsWith(`${tool}/`));
    const gpusShown = samples.reduce((sum, { gpuCount }) => sum + gpuCount, 0);
    return { tool, samples, sampleCount: samples.length, gpusShown };
  });

  test.each(tools)(
    "$tool: $gpusShown GPUs in $sampleCount samples, all of them",
    async ({ tool, ...shown }) => {
      const counts: number[] = [];
      for (const { path } of shown.samples) counts.push((await READERS[tool]?.(captureText(path))) ?? NaN);
      expect(counts.reduce((sum, count) => sum + count, 0)).toBe(shown.gpusShown);
    },
  );
});
