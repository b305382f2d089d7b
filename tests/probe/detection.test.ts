import { hostname } from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import type { MachineReport } from "#engine/machine.ts";
import { mibToBytes } from "#engine/units.ts";
import { startProbeChild } from "#probe/child-process.ts";
import { detectMachine, probeMachine } from "#probe/isolated.ts";
import { readCapture, replayMachine } from "#probe/replay.ts";
import { buildProbeProcess, fakeRoot, fakeTools, removeTemporaryFolders } from "./built-process.ts";
import { AMDGPU_IDS, amdMemory, meminfo, pciDevice } from "./fake-linux.ts";

let script = "";
beforeAll(async () => {
  script = await buildProbeProcess();
}, 60_000);

afterEach(() => vi.unstubAllEnvs());
afterAll(removeTemporaryFolders);

interface Detected {
  readonly report: MachineReport;
  readonly elapsedMs: number;
}

/** The real detection in real processes, with these tools before all others. */
async function detect(
  tools: Readonly<Record<string, string>>,
  variable = "FITMENT_PROBE_PATH",
): Promise<Detected> {
  const folder = fakeTools(tools);
  const rest = variable === "PATH" ? `${path.delimiter}${process.env.PATH ?? ""}` : "";
  vi.stubEnv(variable, `${folder}${rest}`);
  const startedMs = performance.now();
  const report = await probeMachine(startProbeChild(script));
  return { report, elapsedMs: performance.now() - startedMs };
}

/** Two unlike cards, in whatever fields are asked for. */
const TWO_CARDS = String.raw`
fields=$(printf '%s\n' "$@" | sed -n 's/^--query-gpu=//p' | tr ',' ' ')
[ -n "$fields" ] || exit 2
row() { # index name address device total used free
  line=""
  for field in $fields; do
    case $field in
      index) value=$1;; name) value=$2;; pci.bus_id) value=$3;; pci.device_id) value=$4;;
      memory.total) value=$5;; memory.used) value=$6;; memory.free) value=$7;;
      driver_version) value=580.126.09;; *) value='[N/A]';;
    esac
    line="$line, $value"
  done
  printf '%s\n' "$line" | cut -c3-
}
row 0 'NVIDIA GeForce RTX 4090' 00000000:01:00.0 0x268410DE 24564 364 23800
row 1 'NVIDIA GeForce RTX 3060' 00000000:05:00.0 0x250310DE 12288 1 11900
`;

describe.each(["FITMENT_PROBE_PATH", "PATH"])("a fake nvidia-smi in %s", (variable) => {
  test("two unlike cards are found with their memory", async () => {
    const { report } = await detect({ "nvidia-smi": TWO_CARDS }, variable);
    expect(
      report.accelerators.map(({ id, name, memoryTotalBytes, memoryFreeBytes, source }) => ({
        id,
        name,
        memoryTotalBytes,
        memoryFreeBytes,
        source,
      })),
    ).toEqual([
      {
        id: "0000:01:00.0",
        name: "NVIDIA GeForce RTX 4090",
        memoryTotalBytes: mibToBytes(24_564),
        memoryFreeBytes: mibToBytes(23_800),
        source: "nvidia-smi",
      },
      {
        id: "0000:05:00.0",
        name: "NVIDIA GeForce RTX 3060",
        memoryTotalBytes: mibToBytes(12_288),
        memoryFreeBytes: mibToBytes(11_900),
        source: "nvidia-smi",
      },
    ]);
  });
});

test.each([
  ["hangs", "sleep 60", /within/],
  ["hangs and ignores signals", "trap '' TERM INT HUP; sleep 60", /within/],
  ["prints 50 MB", "head -c 50000000 /dev/zero | tr '\\0' 'x'", /8 MiB|unexpected/],
  ["prints garbage", String.raw`printf '\377\000\201, 1, 2\n'`, /unexpected/],
  ["is killed", "kill -9 $$", /printed nothing/],
])(
  "an nvidia-smi that %s costs its own line, and the rest is answered in 3 s",
  async (_case, tool, message) => {
    const { report, elapsedMs } = await detect({ "nvidia-smi": tool });
    expect(elapsedMs).toBeLessThan(3_500);
    const outcome = report.probes.find(({ name }) => name === "nvidia-smi");
    expect(outcome).toMatchObject({ status: "failed" });
    expect(outcome?.message).toMatch(message);
    expect(report.ram.totalBytes).toBeGreaterThan(0);
    expect(report.processor.name).not.toBeNull();
  },
);

test("a machine without any GPU tool answers in under a second", async () => {
  const detections = [await detect({}), await detect({}), await detect({})];
  for (const { report } of detections) expect(report.os.platform).toBe(process.platform);
  // About 0.3 s on two idle cores; the other tests run beside this one.
  expect(Math.min(...detections.map(({ elapsedMs }) => elapsedMs))).toBeLessThan(1_000);
});

describe("a foreign machine of fake tools and files, through the real processes", () => {
  const MACHINES = [
    {
      shape: "Linux: a card, Strix Halo's graphics and a management chip",
      environment: {
        FITMENT_PROBE_PLATFORM: "linux",
        FITMENT_PROBE_ROOT: fakeRoot({
          ...meminfo(124),
          ...AMDGPU_IDS,
          ...pciDevice("0000:01:00.0", "10de:2684"),
          ...pciDevice("0000:03:00.0", "1a03:2000"),
          ...pciDevice("0000:c4:00.0", "1002:1586", { revision: "0xc1", ...amdMemory(512, 63_488) }),
        }),
      },
      tools: { "nvidia-smi": TWO_CARDS },
      accelerators: [
        ["NVIDIA GeForce RTX 4090", 24_564],
        ["NVIDIA GeForce RTX 3060", 12_288],
        ["AMD Radeon 8060S Graphics", 64_000],
      ],
      ramGib: 124,
    },
    {
      shape: "macOS: a chip with a limit that was raised",
      environment: { FITMENT_PROBE_PLATFORM: "darwin" },
      tools: {
        system_profiler: `echo '{"SPDisplaysDataType":[{"sppci_model":"Apple M3 Ultra","sppci_cores":"80"}]}'`,
        sysctl: "echo 'hw.memsize: 549755813888'; echo 'iogpu.wired_limit_mb: 458752'",
      },
      accelerators: [["Apple M3 Ultra", 524_288]],
      ramGib: 512,
    },
    {
      shape: "Windows: PowerShell in UTF-16, memory from the registry",
      environment: { FITMENT_PROBE_PLATFORM: "win32" },
      tools: {
        powershell: String.raw`printf '\377\376'; printf '{"video":[{"Name":"AMD Radeon RX 7900 XTX","AdapterRAM":4293918720,"PNPDeviceID":"PCI\\\\VEN_1002&DEV_744C&SUBSYS_1"}],"system":[{"TotalVisibleMemorySize":33554432}]}' | sed 's/./&\n/g' | tr '\n' '\000'`,
        reg: String.raw`key='HKEY_LOCAL_MACHINE\SYSTEM\CurrentControlSet\Control\Class\{4d36e968-e325-11ce-bfc1-08002be10318}\0000'
for value in "$@"; do :; done
case $value in
  MatchingDeviceId) printf '%s\n    %s    REG_SZ    PCI\\VEN_1002&DEV_744C\n' "$key" "$value";;
  *qwMemorySize) printf '%s\n    %s    REG_QWORD    0x5ff000000\n' "$key" "$value";;
esac`,
      },
      accelerators: [["AMD Radeon RX 7900 XTX", 24_560]],
      ramGib: 32,
    },
  ];

  test.each(MACHINES)("$shape", async ({ environment, tools, accelerators, ramGib }) => {
    for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
    const { report } = await detect(tools);
    const mib = (bytes: number | null): number => (bytes ?? 0) / mibToBytes(1);
    expect(report.accelerators.map((one) => [one.name, mib(one.memoryTotalBytes)])).toEqual(accelerators);
    expect(mib(report.ram.totalBytes)).toBe(ramGib * 1_024);
    expect(report.probes.filter(({ status }) => status === "failed")).toEqual([]);
  });
});

test("a detection can be recorded and replayed to the same machine", async () => {
  vi.stubEnv("FITMENT_PROBE_PATH", fakeTools({ "nvidia-smi": TWO_CARDS }));
  const { report, capture } = await detectMachine(startProbeChild(script));
  const text = JSON.stringify(capture());
  const read = readCapture(text);
  if (read.kind === "failed") throw new Error(read.message);
  const replayed = await replayMachine(read.capture);
  expect(replayed.accelerators).toEqual(report.accelerators);
  expect(replayed.ram.totalBytes).toBe(report.ram.totalBytes);
  expect(text).not.toContain(`"hostname":"${hostname()}"`);
});
