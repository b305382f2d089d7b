import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseAmdSmiStatic } from "#probe/amd/amd-smi-static.ts";
import { parseAmdSmiTable } from "#probe/amd/amd-smi-table.ts";
import { parseRocmSmi } from "#probe/amd/rocm-smi.ts";
import { parseRocminfo } from "#probe/amd/rocminfo.ts";
import { parseSystemProfiler } from "#probe/apple/system-profiler.ts";
import { parseSysctl, sysctlHostFacts, wiredLimitBytes } from "#probe/apple/sysctl.ts";
import { parseClinfo } from "#probe/generic/clinfo.ts";
import { parseVulkaninfo } from "#probe/generic/vulkaninfo.ts";
import { parseXpuSmiDetails } from "#probe/intel/xpu-smi.ts";
import { parseDmidecode } from "#probe/linux/dmidecode.ts";
import { parseMeminfo } from "#probe/linux/proc.ts";
import { parseNvidiaCsv } from "#probe/nvidia/csv.ts";
import { parseFullReport } from "#probe/nvidia/full-report.ts";
import { ALL_FIELDS, type NvidiaGpu, readGpuRow } from "#probe/nvidia/gpu-row.ts";
import { parseTable } from "#probe/nvidia/table.ts";
import { parseTopology } from "#probe/nvidia/topology.ts";
import type { DeviceFacts } from "#probe/reading.ts";
import { parseDxdiag } from "#probe/windows/dxdiag.ts";
import { parseRegistry } from "#probe/windows/registry.ts";
import { parseVideoControllers } from "#probe/windows/video-controllers.ts";
import { allCaptures, captureText, HAS_CAPTURES } from "./captures.ts";

type Numbers = readonly (number | null)[];

/** The memory figures a reader takes out of an output, by the folder of its captures. */
const READERS: Readonly<Record<string, (text: string) => Numbers>> = {
  "amd-smi": (text) => [...sizes(parseAmdSmiTable(text)), ...sizes(parseAmdSmiStatic(text))],
  clinfo: (text) => sizes(parseClinfo(text).map(({ facts }) => facts)),
  dmidecode: (text) => parseDmidecode(text).map(({ sizeBytes }) => sizeBytes),
  dxdiag: (text) => sizes(parseDxdiag(text).map(({ facts }) => facts)),
  meminfo: (text) => Object.values(parseMeminfo(text)),
  "nvidia-smi": (text) => ofGpus(parseTable(text)),
  "nvidia-smi-csv": (text) => ofGpus(parseNvidiaCsv(text, ALL_FIELDS).rows.map(readGpuRow)),
  "nvidia-smi-topo": (text) => parseTopology(text).map(({ linkCount }) => linkCount),
  "nvidia-smi-xml": (text) => ofGpus(parseFullReport(text)),
  "rocm-smi": (text) => sizes(parseRocmSmi(text)),
  rocminfo: (text) => sizes(parseRocminfo(text)),
  sysctl: (text) => {
    const values = parseSysctl(text);
    return [sysctlHostFacts(values).ramTotalBytes, wiredLimitBytes(values)];
  },
  system_profiler: (text) => {
    const { devices, memoryBytes } = parseSystemProfiler(text);
    return [
      memoryBytes,
      ...sizes(devices.map(({ facts }) => facts)),
      ...devices.map(({ facts }) => facts.gpuCoreCount),
    ];
  },
  vulkaninfo: (text) => sizes(parseVulkaninfo(text).map(({ facts }) => facts)),
  "win-registry": (text) => parseRegistry(text).map(({ memoryBytes }) => memoryBytes),
  "win32-videocontroller": (text) =>
    parseVideoControllers(text).map(({ adapterRamBytes }) => adapterRamBytes),
  "xpu-smi": (text) => [parseXpuSmiDetails(text).memoryTotalBytes],
};

function sizes(facts: readonly Partial<DeviceFacts>[]): Numbers {
  return facts.flatMap(({ memoryTotalBytes, memoryUsedBytes, memoryFreeBytes, carveOutBytes }) => [
    memoryTotalBytes ?? null,
    memoryUsedBytes ?? null,
    memoryFreeBytes ?? null,
    carveOutBytes ?? null,
  ]);
}

function ofGpus(gpus: readonly (NvidiaGpu | null)[]): Numbers {
  return gpus.flatMap((gpu) =>
    gpu === null ? [] : [...sizes([gpu.facts]), ...sizes(gpu.slices.map(({ facts }) => facts))],
  );
}

/** What a reader takes out, or nothing where it refuses the whole. */
function readOrRefuse(read: (text: string) => Numbers, text: string): Numbers {
  try {
    return read(text);
  } catch {
    return []; // an error is an answer too
  }
}

/** Every number of the damaged output stood in the whole one. */
function expectNoWrongNumber(read: (text: string) => Numbers, whole: string, damaged: string): void {
  const right = new Set(readOrRefuse(read, whole));
  for (const number of readOrRefuse(read, damaged)) if (number !== null) expect(right).toContain(number);
}

const RUNS = { numRuns: 60, seed: 20_260_101 };

describe.skipIf(!HAS_CAPTURES)("a captured output that is damaged gives an error or right numbers", () => {
  const captures = allCaptures()
    .map(({ path }) => ({ path, read: READERS[path.split("/")[0] ?? ""] }))
    .filter(
      (capture): capture is { path: string; read: (text: string) => Numbers } => capture.read !== undefined,
    );

  test.each(captures)("$path, cut anywhere", ({ path, read }) => {
    const whole = captureText(path);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: whole.length }), (length) => {
        expectNoWrongNumber(read, whole, whole.slice(0, length));
      }),
      RUNS,
    );
  });

  test.each(captures)("$path, with its lines in any order", ({ path, read }) => {
    const whole = captureText(path);
    const lines = whole.split("\n");
    fc.assert(
      fc.property(fc.shuffledSubarray(lines, { minLength: lines.length }), (shuffled) => {
        expectNoWrongNumber(read, whole, shuffled.join("\n"));
      }),
      { ...RUNS, numRuns: 15 },
    );
  });

  test.each(captures)("$path, with lines lost", ({ path, read }) => {
    const whole = captureText(path);
    const lines = whole.split("\n");
    fc.assert(
      fc.property(fc.subarray(lines), (kept) => {
        expectNoWrongNumber(read, whole, kept.join("\n"));
      }),
      { ...RUNS, numRuns: 15 },
    );
  });
});

describe("garbage gives no number at all", () => {
  test.each(Object.entries(READERS))("%s", (_tool, read) => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 400 }), (text) => {
        expect(readOrRefuse(read, text).filter((number) => number !== null)).toEqual([]);
      }),
      RUNS,
    );
  });
});
