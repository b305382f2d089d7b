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
import { parseXpuSmiDetails, parseXpuSmiDiscovery } from "#probe/intel/xpu-smi.ts";
import { parseNvidiaCsv } from "#probe/nvidia/csv.ts";
import { readGpuRow } from "#probe/nvidia/gpu-row.ts";
import { parseFullReport } from "#probe/nvidia/full-report.ts";
import { parseList } from "#probe/nvidia/list.ts";
import { parseTable } from "#probe/nvidia/table.ts";
import { parseTopology } from "#probe/nvidia/topology.ts";
import type { DeviceFacts } from "#probe/reading.ts";
import { readWholeMachine } from "#probe/replay.ts";
import { setAsideName } from "#probe/set-aside.ts";
import { parseDxdiag } from "#probe/windows/dxdiag.ts";
import { parseRegistry } from "#probe/windows/registry.ts";
import { parseVideoControllers } from "#probe/windows/video-controllers.ts";
import { allCaptures, captureText, HAS_CAPTURES } from "./captures.ts";
import { fakeHost } from "./fake-host.ts";
import { comparable, expectedGpus, type ShownGpu } from "./shown-gpus.ts";

type Shown = (text: string) => readonly ShownGpu[] | Promise<readonly ShownGpu[]>;

/** What each tool's reader says of the GPUs it finds, by the folder of its captures. */
const READERS: Readonly<Record<string, Shown>> = {
  "amd-smi": (text) => [...parseAmdSmiTable(text), ...parseAmdSmiStatic(text)].map(shown),
  clinfo: (text) => parseClinfo(text).map(({ facts }) => shown(facts)),
  dxdiag: (text) => parseDxdiag(text).map(({ facts }) => shown(facts)),
  lspci: (text) =>
    parseLspci(text)
      .filter(({ setAside }) => setAside === null)
      .map(({ name }) => ({ name, memoryBytes: null })),
  "nvidia-smi": (text) => parseTable(text).map(({ facts }) => shown(facts)),
  "nvidia-smi-L": (text) => parseList(text).map(({ name }) => ({ name, memoryBytes: null })),
  "nvidia-smi-csv": shownByCsv,
  "nvidia-smi-topo": (text) => {
    const numbers = new Set(parseTopology(text).flatMap(({ from, to }) => [from, to]));
    return [...numbers].map(() => ({ name: null, memoryBytes: null }));
  },
  "nvidia-smi-xml": (text) => parseFullReport(text).map(({ facts }) => shown(facts)),
  "rocm-smi": (text) => parseRocmSmi(text).map(shown),
  rocminfo: (text) => parseRocminfo(text).map(shown),
  "sycl-ls": (text) => parseSyclLs(text).map(shown),
  sysctl: (text) => {
    const { ramTotalBytes } = sysctlHostFacts(parseSysctl(text));
    return ramTotalBytes === null ? [] : [{ name: null, memoryBytes: ramTotalBytes }];
  },
  "sysfs-drm": shownBySysfs,
  system_profiler: (text) => parseSystemProfiler(text).devices.map(({ facts }) => shown(facts)),
  vulkaninfo: (text) => parseVulkaninfo(text).map(({ facts }) => shown(facts)),
  "win-registry": shownByRegistry,
  "win32-videocontroller": (text) =>
    parseVideoControllers(text)
      .filter(({ setAside }) => setAside === null)
      .map(({ name, adapterRamBytes, vendor }) => ({
        name,
        memoryBytes: vendor === "intel" ? null : adapterRamBytes, // RAM that is lent, not memory
      })),
  "xpu-smi": shownByXpuSmi,
};

/** Of an APU a tool shows the part that was carved out of RAM. */
function shown({ name, memoryTotalBytes, carveOutBytes }: Partial<DeviceFacts>): ShownGpu {
  return { name: name ?? null, memoryBytes: carveOutBytes ?? memoryTotalBytes ?? null };
}

/** Captures without a header were made with these fields. */
function shownByCsv(text: string): readonly ShownGpu[] {
  const askedFields = [
    ["index", "pci.bus_id", "name"],
    ["name", "memory.total", "memory.used", "memory.free", "power.limit"],
  ];
  const answers = askedFields.map((fields) => parseNvidiaCsv(text, fields).rows.map(readGpuRow));
  const most = answers.reduce((one, other) => (other.length > one.length ? other : one));
  return most.flatMap((gpu) => (gpu === null ? [] : [shown(gpu.facts)]));
}

/** Only entries of adapters that Windows has running count there; these are the ones that are no virtual ones. */
function shownByRegistry(text: string): readonly ShownGpu[] {
  return parseRegistry(text)
    .filter(({ description }) => description !== null && setAsideName(description) === null)
    .map(({ description, memoryBytes }) => ({ name: description, memoryBytes }));
}

/** Two captures show only the memory lines of one card. */
function shownByXpuSmi(text: string): readonly ShownGpu[] {
  const listed = parseXpuSmiDiscovery(text).map(({ facts }) => shown(facts));
  return listed.length > 0 || !text.includes("Memory Physical Size")
    ? listed
    : [shown(parseXpuSmiDetails(text))];
}

/** "name: value" or "path:value" lines, put back where the kernel has them. */
async function shownBySysfs(text: string): Promise<readonly ShownGpu[]> {
  const folder = "/sys/class/drm/card0/device";
  const files: [string, string][] = [...text.matchAll(/^(?:.*\/card0\/device\/)?(\w+): *(\S+)/gm)].map(
    ([, file = "", value = ""]) => [`${folder}/${file}`, `${value}\n`],
  );
  // The captures lack the id. One whose processor reaches all of its memory is an APU, the others are cards.
  const isApu = /vis_vram_total: +51539607552/.test(text);
  const id = { [`${folder}/vendor`]: "0x1002\n", [`${folder}/device`]: isApu ? "0x1586\n" : "0x67df\n" };
  const { accelerators } = await readWholeMachine(
    fakeHost({ files: { ...id, ...Object.fromEntries(files) } }),
  );
  return accelerators.map(({ memoryTotalBytes, details }) => ({
    name: null,
    memoryBytes: details?.carveOutBytes ?? memoryTotalBytes,
  }));
}

async function readCapture(path: string): Promise<readonly ShownGpu[]> {
  const reader = READERS[path.split("/")[0] ?? ""];
  if (reader === undefined) throw new Error(`${path} is in a folder without a reader`);
  return await reader(captureText(path));
}

/** What a table counts. */
function tally(gpus: readonly ShownGpu[]) {
  return {
    gpus: gpus.length,
    named: gpus.filter(({ name }) => name !== null).length,
    sized: gpus.filter(({ memoryBytes }) => memoryBytes !== null).length,
  };
}

describe.skipIf(!HAS_CAPTURES)(
  "every capture that shows a GPU is read: how many, which, with how much",
  () => {
    const captures = allCaptures().filter(({ gpuCount }) => gpuCount > 0);

    test.each(captures)("$path: $gpuCount, $names, $vram", async (capture) => {
      const gpus = await readCapture(capture.path);
      expect(gpus.length).toBe(capture.gpuCount);
      expect(comparable(gpus)).toEqual(comparable(expectedGpus(capture)));
    });

    const tools = [...new Set(captures.map(({ path }) => path.split("/")[0] ?? ""))].map((tool) => {
      const samples = captures.filter(({ path }) => path.startsWith(`${tool}/`));
      return { tool, samples, sampleCount: samples.length, ...tally(samples.flatMap(expectedGpus)) };
    });

    test.each(tools)(
      "$tool: $sampleCount samples, $gpus GPUs, $named of them named, $sized with a size, all read so",
      async ({ samples, gpus, named, sized }) => {
        const read = await Promise.all(samples.map(({ path }) => readCapture(path)));
        expect(tally(read.flat())).toEqual({ gpus, named, sized });
      },
    );
  },
);
