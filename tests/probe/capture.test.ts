import { describe, expect, test } from "vitest";
import { captureOf, type HostRecord, recordingHost } from "#probe/capture.ts";
import { maskedText } from "#probe/mask.ts";
import { readCapture, readWholeMachine, replayMachine } from "#probe/replay.ts";
import { type FakeMachine, fakeHost } from "./fake-host.ts";
import { AMDGPU_IDS, amdMemory, meminfo, pciDevice } from "./fake-linux.ts";
import { fakeNvidiaSmi, nvidiaCard } from "./fake-nvidia-smi.ts";

const MACHINE: FakeMachine = {
  tools: {
    "nvidia-smi": fakeNvidiaSmi([
      {
        fields: nvidiaCard(0, {
          name: "NVIDIA GeForce RTX 3090",
          device: "2204",
          totalMib: "24576",
          address: "00000000:01:00.0",
        }),
      },
    ]),
    "rocm-smi": () => ({ kind: "failed", message: "gave no answer within 2.5 s", elapsedMs: 2_500 }),
  },
  files: {
    ...pciDevice("0000:01:00.0", "10de:2204"),
    ...pciDevice("0000:c4:00.0", "1002:1586", { revision: "0xc1", ...amdMemory(512, 63_488) }),
    ...AMDGPU_IDS,
    ...meminfo(124),
  },
  library: { cpu: { manufacturer: "AMD", brand: "Ryzen AI Max+ 395", cores: 32, physicalCores: 16 } },
};

test("a machine replayed from its capture, through a file, reads the same", async () => {
  const records: HostRecord[] = [];
  const live = await readWholeMachine(recordingHost(fakeHost(MACHINE), records));
  const read = readCapture(JSON.stringify(captureOf("linux", records, ["somebody"])));
  if (read.kind === "failed") throw new Error(read.message);
  const replayed = await replayMachine(read.capture);
  const withoutTimes = (report: typeof live) => ({
    ...report,
    probes: report.probes.map(({ name, status, message }) => ({ name, status, message })),
    notes: [],
  });
  expect(withoutTimes(replayed)).toEqual(withoutTimes(live));
  expect(replayed.notes[0]).toBe("This machine is replayed from a recording.");
  expect(live.accelerators.length).toBe(2);
});

test("each witness keeps when its source was read, also out of a recording", async () => {
  const records: HostRecord[] = [];
  await readWholeMachine(recordingHost(fakeHost(MACHINE), records));
  const readAtBySource = { "nvidia-smi": "2026-11-25T14:30:00.000Z" };
  const read = readCapture(JSON.stringify({ ...captureOf("linux", records, []), readAtBySource }));
  if (read.kind === "failed") throw new Error(read.message);
  const { accelerators, probes } = await replayMachine(read.capture);
  expect(probes.flatMap(({ name, readAt }) => (readAt === undefined ? [] : [[name, readAt]]))).toEqual([
    ["nvidia-smi", "2026-11-25T14:30:00.000Z"],
  ]);
  const witnesses = accelerators.flatMap((accelerator) => accelerator.witnesses ?? []);
  const times = (source: string): readonly (string | undefined)[] => [
    ...new Set(witnesses.filter((witness) => witness.source === source).map(({ readAt }) => readAt)),
  ];
  expect(times("nvidia-smi")).toEqual(["2026-11-25T14:30:00.000Z"]);
  expect(times("Linux device files (/sys)")).toEqual([undefined]);
});

test.each([
  ["{}", /neither a capture/],
  ['{"kind":"fitment-capture","captureVersion":2,"platform":"linux","records":[]}', /captureVersion/],
  [
    '{"kind":"fitment-capture","captureVersion":1,"platform":"linux","records":[{"kind":"file"}]}',
    /records\.0/,
  ],
  ["hello", /neither a capture/],
])("%s is no capture, and it is said where", (text, message) => {
  const read = readCapture(text);
  expect(read.kind).toBe("failed");
  expect(read.kind === "failed" ? read.message : "").toMatch(message);
});

describe("the plain output of one tool, as people send it", () => {
  test.each([
    [
      "dxdiag",
      "       Card name: NVIDIA GeForce RTX 3090\n      Device Type: Full Device\n       Device Key: Enum\\PCI\\VEN_10DE&DEV_2204&SUBSYS_403A1458&REV_A1\n Display Memory: 40661 MB\n Dedicated Memory: 24340 MB\n    Shared Memory: 16321 MB\n",
      "NVIDIA GeForce RTX 3090",
      24_340,
    ],
    [
      "nvidia-smi",
      "| NVIDIA-SMI 580.126.09             Driver Version: 580.126.09     CUDA Version: 13.0     |\n|   0  NVIDIA L40S                    Off |   00000000:01:00.0 Off |                    0 |\n| N/A   27C    P8             32W /  350W |       0MiB /  46068MiB |      0%      Default |",
      "NVIDIA L40S",
      46_068,
    ],
    ["system_profiler", "      Chip: Apple M2 Ultra\n      Memory: 192 GB\n", "Apple M2 Ultra", 196_608],
  ])("%s", async (_tool, text, name, mib) => {
    const read = readCapture(text);
    if (read.kind === "failed") throw new Error(read.message);
    const report = await replayMachine(read.capture);
    expect(report.accelerators.map((one) => [one.name, (one.memoryTotalBytes ?? 0) / 1024 / 1024])).toEqual([
      [name, mib],
    ]);
  });
});

describe("a capture names nobody", () => {
  test.each([
    ["a GPU's UUID", "GPU-6bec2613-d8ad-bc73-d63d-0f6c8ed7b0b7", "6bec2613"],
    ["a machine's UUID", "Hardware UUID: eacae96d-2c4c-8ff2-071c-4b8ef4fb2df7", "eacae96d"],
    ["a serial number", "Serial Number: F76G1E5A", "F76G1E5A"],
    ["a serial number in JSON", '"serial_number" : "C02XK0ABCDEF"', "C02XK0ABCDEF"],
    ["a serial number in XML", "<serial>1323020012345</serial>", "1323020012345"],
    ["a container's id", "0::/docker/3f2a9c1b7d6e5f4a3b2c1d0e9f8a7b6c", "3f2a9c1b"],
    ["a MAC address", "link/ether 3c:7c:3f:aa:bb:cc", "3c:7c:3f"],
    ["an IP address", "inet 192.168.17.23/24", "192.168.17"],
    ["a user's folder", "/home/somebody/llama.cpp/server", "somebody"],
    ["a user's folder on a Mac", "/Users/somebody/app", "somebody"],
    ["a user's folder on Windows", "C:\\Users\\Somebody\\app.exe", "Somebody"],
    ["a machine's name", "Machine name: DESKTOP-AB12CD", "DESKTOP-AB12CD"],
    ["this user's name", "process of somebody", "somebody"],
  ])("%s", (_what, text, secret) => {
    const masked = maskedText(text, ["somebody"]);
    expect(masked).not.toContain(secret);
    expect(masked.length).toBe(text.length);
  });

  test.each([
    "00000000:01:00.0, 0x268410DE, 580.126.09, 24564",
    "0000:c4:00.0    AMD Radeon Graphics",
    "DriverVersion : 32.0.15.7703",
    "Serial Number: N/A",
    "| N/A   39C    P8              1W /   65W |    1611MiB /   4094MiB |",
    "Thu Oct  8 21:00:58 2026",
    "PCI\\VEN_10DE&DEV_2684&SUBSYS_51031462",
  ])("%s says nothing of a person and stays", (text) => {
    expect(maskedText(text, ["somebody"])).toBe(text);
  });

  test("two ids stay two", () => {
    const ids = ["GPU-6bec2613-d8ad-bc73-d63d-0f6c8ed7b0b7", "GPU-6bec2613-d8ad-bc73-d63d-0f6c8ed7b0b8"];
    expect(new Set(ids.map((id) => maskedText(id, []))).size).toBe(2);
  });
});
