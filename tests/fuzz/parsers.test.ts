import fc from "fast-check";
import { afterEach, describe, expect, test } from "vitest";
import { MoreBytesNeeded } from "#catalog/gguf/byte-reader.ts";
import { GgufError } from "#catalog/gguf/header.ts";
import { parseGgufHeader } from "#catalog/gguf/parse-header.ts";
import { checkRuntimeFile } from "#catalog/runtime-schema.ts";
import { checkCardFile, checkModelFile } from "#catalog/schema.ts";
import { parseCommandLine } from "#cli/arguments.ts";
import { UsageError } from "#cli/usage-error.ts";
import { parseAmdSmiStatic } from "#probe/amd/amd-smi-static.ts";
import { parseAmdSmiTable } from "#probe/amd/amd-smi-table.ts";
import { parseKfdNode } from "#probe/amd/kfd.ts";
import { parseRocmSmi } from "#probe/amd/rocm-smi.ts";
import { parseRocminfo } from "#probe/amd/rocminfo.ts";
import { parseSystemProfiler } from "#probe/apple/system-profiler.ts";
import { parseSysctl } from "#probe/apple/sysctl.ts";
import { parseClinfo } from "#probe/generic/clinfo.ts";
import { parseLspci } from "#probe/generic/lspci.ts";
import { parseVulkaninfo } from "#probe/generic/vulkaninfo.ts";
import { parseSyclLs } from "#probe/intel/sycl-ls.ts";
import { parseXpuSmiDetails, parseXpuSmiDiscovery } from "#probe/intel/xpu-smi.ts";
import { parseDmidecode } from "#probe/linux/dmidecode.ts";
import { parseMemoryLimitBytes } from "#probe/linux/cgroup.ts";
import { parseCpuinfo } from "#probe/linux/cpuinfo.ts";
import { parseLscpu } from "#probe/linux/lscpu.ts";
import { parseMeminfo } from "#probe/linux/proc.ts";
import { parseNvidiaCsv } from "#probe/nvidia/csv.ts";
import { parseFullReport } from "#probe/nvidia/full-report.ts";
import { ALL_FIELDS, readGpuRow } from "#probe/nvidia/gpu-row.ts";
import { parseList } from "#probe/nvidia/list.ts";
import { parseTable } from "#probe/nvidia/table.ts";
import { parseTopology } from "#probe/nvidia/topology.ts";
import { readCapture } from "#probe/replay.ts";
import { readSavedReport } from "#probe/saved-report.ts";
import { parseDxdiag } from "#probe/windows/dxdiag.ts";
import { parseRegistry } from "#probe/windows/registry.ts";
import { parseVideoControllers } from "#probe/windows/video-controllers.ts";
import { migrate, readScenario } from "../../src/main/settings-schema.ts";
import { profileFileOf, terminalWords } from "../../src/main/start-words.ts";
import { PROPERTY_TIMEOUT_MS, RUN_COUNT } from "../fixtures/run-count.ts";

/** Pieces that the tools' outputs are made of, and such as break parsers. */
const PIECES = [
  ..."0 1 8 24 24564 -1 1e999 0x10 NaN 99999999999999999999 | : = , . - + / % [N/A] N/A MiB MB GB kB KiB B W GiB".split(
    " ",
  ),
  ..."GPU gpu VRAM Total Used Free Memory Size Name Type Bus NVIDIA GeForce RTX 4090 AMD Radeon Intel Arc".split(
    " ",
  ),
  ..."<nvidia_smi_log> <gpu> </gpu> <fb_memory_usage> <total> </total> </nvidia_smi_log> <!DOCTYPE <!-- --> &lt; &#0; <a/>".split(
    " ",
  ),
  ..."MemTotal: hw.memsize: Device card0 NV4 PHB SYS X Agent Pool Segment: Handle DMI type 17 HKEY_LOCAL_MACHINE REG_QWORD".split(
    " ",
  ),
  ...'{ } [ ] " null true __proto__ constructor toString \u0000 \uFEFF \u202E é 显存 ½'.split(" "),
  "\n",
  "\r\n",
  "\t",
  "  ",
  "    ",
  "+-----+",
  "=====",
  ", ",
  '","',
  ": ",
  "\n\n",
];

const text = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.array(fc.constantFrom(...PIECES), { maxLength: 60 }).map((pieces) => pieces.join("")),
  },
  {
    weight: 2,
    arbitrary: fc.array(fc.constantFrom(...PIECES), { maxLength: 60 }).map((pieces) => pieces.join(" ")),
  },
  { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 200 }) },
  { weight: 1, arbitrary: fc.json({ maxDepth: 4 }) },
);

const TEXT_PARSERS: Readonly<Record<string, (text: string) => unknown>> = {
  parseAmdSmiStatic,
  parseAmdSmiTable,
  parseRocmSmi,
  parseRocminfo,
  parseSystemProfiler,
  parseSysctl,
  parseClinfo,
  parseVulkaninfo,
  parseXpuSmiDetails,
  parseXpuSmiDiscovery,
  parseLspci,
  parseSyclLs,
  parseDmidecode,
  parseMeminfo,
  parseLscpu,
  parseCpuinfo,
  parseMemoryLimitBytes,
  parseKfdNode,
  parseList,
  parseNvidiaCsv: (given) => parseNvidiaCsv(given, ALL_FIELDS).rows.map(readGpuRow),
  parseFullReport,
  parseTable,
  parseTopology,
  readCapture,
  parseDxdiag,
  parseRegistry,
  parseVideoControllers,
};

/** Names that the files really have, so that checks are passed and not only refused. */
const KEYS =
  "schemaVersion version os processor ram accelerators id name vendor memoryKind memoryTotalBytes probes totalBytes modules models cards family developer window scenario x __proto__ constructor".split(
    " ",
  );
const json = fc.oneof(
  fc.jsonValue({ maxDepth: 4 }),
  fc.letrec((tie) => ({
    value: fc.oneof(
      { depthSize: "small" },
      fc.constantFrom(null, true, 1, -1, 0.5, 1e308, "", "nvidia", "unified", "2026-01-01", "Q4_K_M"),
      fc.array(tie("value"), { maxLength: 3 }),
      fc.dictionary(fc.constantFrom(...KEYS), tie("value"), { maxKeys: 6 }),
    ),
  })).value,
);

const JSON_CHECKS: Readonly<Record<string, (given: unknown) => unknown>> = {
  readSavedReport,
  checkModelFile: (given) => checkModelFile("models/own.json", given),
  checkCardFile: (given) => checkCardFile("hardware/own.json", given),
  checkRuntimeFile: (given) => checkRuntimeFile("runtimes/own.json", given),
  "migrate settings": (given) => migrate(given),
  readScenario,
};

/** What a parser may do with anything at all: give a value without an impossible number, or an error with words. */
function outcomeOf(parse: () => unknown): unknown {
  try {
    return parse();
  } catch (error) {
    if (!(error instanceof Error) || error.message === "" || error instanceof RangeError) throw error;
    if (error instanceof TypeError || error instanceof ReferenceError) throw error; // a bug, not a refusal
    return null;
  }
}

function hasImpossibleNumber(value: unknown): boolean {
  if (typeof value === "number") return Number.isNaN(value);
  return (
    typeof value === "object" &&
    value !== null &&
    Object.values<unknown>({ ...value }).some(hasImpossibleNumber)
  );
}

const prototypeBefore = Reflect.ownKeys(Object.prototype).length;
afterEach(() => {
  expect(Reflect.ownKeys(Object.prototype)).toHaveLength(prototypeBefore);
});

describe("any text is read or refused", () => {
  test.each(Object.entries(TEXT_PARSERS))(
    "%s",
    (_name, parse) => {
      const isSound = (given: string): boolean => !hasImpossibleNumber(outcomeOf(() => parse(given)));
      fc.assert(fc.property(text, isSound), { numRuns: RUN_COUNT });
    },
    PROPERTY_TIMEOUT_MS,
  );
});

describe("any JSON is taken or refused, and says what is wrong rather than throw", () => {
  test.each(Object.entries(JSON_CHECKS))(
    "%s",
    (_name, check) => {
      fc.assert(
        fc.property(json, (given) => {
          // Through text, as it arrives: `__proto__` is then a key of its own.
          check(JSON.parse(JSON.stringify(given)));
        }),
        { numRuns: RUN_COUNT },
      );
    },
    PROPERTY_TIMEOUT_MS,
  );
});

test(
  "any bytes are a GGUF header or refused with a reason",
  () => {
    const magic = fc.constant(Uint8Array.from([0x47, 0x47, 0x55, 0x46, 3, 0, 0, 0]));
    const small = fc.uint8Array({ maxLength: 12 }).map((low) => Uint8Array.from([...low, 0, 0, 0, 0, 0, 0]));
    const body = fc.array(fc.oneof(small, fc.uint8Array({ maxLength: 40 })), { maxLength: 12 });
    const bytes = fc.tuple(fc.oneof(magic, fc.uint8Array({ maxLength: 8 })), body).map(([head, rest]) => {
      return Uint8Array.from([...head, ...rest.flatMap((part) => [...part])]);
    });
    fc.assert(
      fc.property(bytes, fc.nat(), (given, more) => {
        try {
          parseGgufHeader(given, given.length + more);
        } catch (error) {
          if (!(error instanceof GgufError || error instanceof MoreBytesNeeded)) throw error;
        }
      }),
      { numRuns: RUN_COUNT },
    );
  },
  PROPERTY_TIMEOUT_MS,
);

test(
  "any command line is taken or refused as wrong usage",
  () => {
    const word = fc.oneof(
      fc.constantFrom(
        "list",
        "estimate",
        "detect",
        "--json",
        "--context",
        "--machine",
        "-",
        "--",
        "--terminal",
        "=",
        "1e9",
      ),
      fc.string({ maxLength: 20 }),
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 8 }), (words) => {
        try {
          parseCommandLine(words);
        } catch (error) {
          if (!(error instanceof UsageError)) throw error;
        }
        terminalWords(words);
        profileFileOf(words, "/");
      }),
      { numRuns: RUN_COUNT },
    );
  },
  PROPERTY_TIMEOUT_MS,
);
