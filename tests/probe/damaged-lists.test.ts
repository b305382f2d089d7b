import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseLspci } from "#probe/generic/lspci.ts";
import { parseSyclLs } from "#probe/intel/sycl-ls.ts";
import { parseXpuSmiDiscovery } from "#probe/intel/xpu-smi.ts";
import { parseMemoryLimitBytes, readCgroup } from "#probe/linux/cgroup.ts";
import { parseCpuinfo } from "#probe/linux/cpuinfo.ts";
import { parseLscpu } from "#probe/linux/lscpu.ts";
import { parseList } from "#probe/nvidia/list.ts";
import { readWholeMachine } from "#probe/replay.ts";
import { allCaptures, captureText, HAS_CAPTURES } from "./captures.ts";
import { fakeHost } from "./fake-host.ts";

/** What a reader says, one text a fact, so that facts of the damaged output can be looked for in those of the whole. */
type Facts = readonly string[];

/** Readers that give names, ids and counts rather than memory (tests/probe/damaged-output.test.ts has those). */
const READERS: Readonly<Record<string, (text: string) => Facts>> = {
  lspci: (text) =>
    parseLspci(text).map(({ pciAddress, name, pciDeviceId, vendor, setAside }) =>
      [pciAddress, name, pciDeviceId, vendor, setAside].join("|"),
    ),
  lscpu: (text) => countFacts(parseLscpu(text)),
  "sycl-ls": (text) => parseSyclLs(text).map((facts) => JSON.stringify(facts)),
  "nvidia-smi-L": (text) => parseList(text).map(({ index, name }) => `${index}: ${name}`),
  "xpu-smi": (text) => parseXpuSmiDiscovery(text).map(({ facts }) => String(facts.name)),
  cpuinfo: (text) => countFacts(parseCpuinfo(text)),
  cgroup: (text) => [String(parseMemoryLimitBytes(text))],
};

/** Of several names that are read together (big and small cores) some may be missing; each counts for itself. */
function countFacts(facts: Partial<ReturnType<typeof parseCpuinfo>>): Facts {
  const { processorName = null, physicalCoreCount = null, threadCount = null, instructionSets } = facts;
  return [
    ...(processorName?.split(", ").map((name) => `name ${name}`) ?? []),
    `cores ${String(physicalCoreCount)}`,
    `threads ${String(threadCount)}`,
    `sets ${instructionSets?.join() ?? "null"}`,
  ];
}

const UNKNOWN: Facts = ["cores null", "threads null", "sets null", "null"];

/** A card with a second function is one card; which of the two is left says nothing wrong. */
function rightFacts(read: (text: string) => Facts, whole: string): Facts {
  const byLine = whole.split("\n").flatMap((line) => (read === READERS.lspci ? read(`${line}\n`) : []));
  return [...UNKNOWN, ...read(whole), ...byLine];
}

const RUNS = { numRuns: 60, seed: 20_260_101 };
const FEWER_RUNS = { ...RUNS, numRuns: 25 };

const captures = allCaptures()
  .map(({ path }) => ({ path, read: READERS[path.split("/")[0] ?? ""] }))
  .filter((capture): capture is { path: string; read: (text: string) => Facts } => capture.read !== undefined)
  .map(({ path, read }) => ({ path, read, whole: wholeText(path) }));

/** A capture of one core is that of a computer with three threads, so that there is something to count. */
function wholeText(path: string): string {
  const text = captureText(path);
  if (!path.startsWith("cpuinfo/")) return text;
  const [entry = ""] = text.split(/\n\s*\n/);
  return [0, 1, 2]
    .map((number) => `${entry.trimEnd().replace(/^(processor\s*: )\d+/, `$1${number}`)}\n\n`)
    .join("");
}

describe.skipIf(!HAS_CAPTURES)("a captured list that is damaged gives nothing, or what stood in it", () => {
  test.each(captures)("$path, cut anywhere", ({ path, read, whole }) => {
    const right = rightFacts(read, whole);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: whole.length }), (length) => {
        const cut = whole.slice(0, length);
        const entryCount = cut.match(/\n\s*\n/g)?.length ?? 0;
        // Whole entries of threads are what a container prints that has only those.
        const ofContainer = path.startsWith("cpuinfo/") ? [`threads ${entryCount}`] : [];
        for (const fact of read(cut)) expect([...right, ...ofContainer, "cores 1"]).toContain(fact);
      }),
      RUNS,
    );
  });

  test.each(captures)("$path, with its lines in any order", ({ read, whole }) => {
    const right = rightFacts(read, whole);
    const lines = whole.split("\n");
    fc.assert(
      fc.property(fc.shuffledSubarray(lines, { minLength: lines.length }), (shuffled) => {
        for (const fact of read(`${shuffled.join("\n")}\n`)) expect(right).toContain(fact);
      }),
      FEWER_RUNS,
    );
  });

  test.each(captures)("$path, with lines lost", ({ read, whole }) => {
    const right = rightFacts(read, whole);
    fc.assert(
      fc.property(fc.subarray(whole.split("\n")), (kept) => {
        for (const fact of read(`${kept.join("\n")}\n`)) expect(right).toContain(fact);
      }),
      FEWER_RUNS,
    );
  });
});

describe("garbage gives no count, no name and no size", () => {
  test.each(Object.entries(READERS))("%s", (_tool, read) => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 400 }), (text) => {
        for (const fact of read(text)) expect(UNKNOWN).toContain(fact);
      }),
      RUNS,
    );
  });
});

const GIB = 1024 ** 3;

/** Each file cut anywhere, or not there at all. */
function damaged(files: Readonly<Record<string, string>>): fc.Arbitrary<Record<string, string>> {
  const entries = Object.entries(files).map(([file, text]) =>
    fc
      .option(fc.integer({ min: 0, max: text.length }), { freq: 4 })
      .map((length): readonly [string, string][] => (length === null ? [] : [[file, text.slice(0, length)]])),
  );
  return fc.tuple(...entries).map((kept) => Object.fromEntries(kept.flat()));
}

test("a container's files that are cut or missing give no other limit", async () => {
  const files = {
    "/proc/self/cgroup": "0::/job\n",
    "/sys/fs/cgroup/job/memory.max": `${12 * GIB}\n`,
    "/sys/fs/cgroup/job/memory.current": `${5 * GIB}\n`,
  };
  await fc.assert(
    fc.asyncProperty(damaged(files), async (given) => {
      const answer = await readCgroup(fakeHost({ files: given }));
      const facts = answer.reading.host[0]?.facts;
      expect([12 * GIB, undefined]).toContain(facts?.ramLimitBytes);
      expect([7 * GIB, null, undefined]).toContain(facts?.ramLimitLeftBytes);
    }),
    { ...RUNS, numRuns: 300 },
  );
});

test.each([
  { name: "a card", device: "0x744c", right: [24 * GIB] },
  { name: "graphics inside a processor", device: "0x1586", right: [24 * GIB + 15 * GIB] },
])("device files of $name that are cut or missing give no other memory", async ({ device, right }) => {
  const folder = "/sys/class/drm/card0/device";
  const files = {
    [`${folder}/vendor`]: "0x1002\n",
    [`${folder}/device`]: `${device}\n`,
    [`${folder}/mem_info_vram_total`]: `${24 * GIB}\n`,
    [`${folder}/mem_info_vram_used`]: `${4 * GIB}\n`,
    [`${folder}/mem_info_gtt_total`]: `${15 * GIB}\n`,
    [`${folder}/mem_info_gtt_used`]: `${1 * GIB}\n`,
  };
  await fc.assert(
    fc.asyncProperty(damaged(files), async (given) => {
      const { accelerators } = await readWholeMachine(fakeHost({ files: given }));
      for (const { memoryTotalBytes, memoryFreeBytes } of accelerators) {
        expect([...right, null]).toContain(memoryTotalBytes);
        expect([20 * GIB, 34 * GIB, null]).toContain(memoryFreeBytes);
      }
    }),
    { ...RUNS, numRuns: 300 },
  );
});
