import { describe, expect, test } from "vitest";
import { mibToBytes } from "#engine/units.ts";
import { parseNvidiaCsv } from "#probe/nvidia/csv.ts";
import { ALL_FIELDS, readGpuRow } from "#probe/nvidia/gpu-row.ts";
import { readNvidiaSmi } from "#probe/nvidia/nvidia-smi.ts";
import { captureText, HAS_CAPTURES } from "../captures.ts";
import { fakeHost, type Printed } from "../fake-host.ts";

const RTX_4090: Readonly<Record<string, string>> = {
  index: "0",
  name: "NVIDIA GeForce RTX 4090",
  uuid: "GPU-00000000-0000-0000-0000-000000000001",
  "pci.bus_id": "00000000:01:00.0",
  "pci.device_id": "0x268410DE",
  "pci.sub_device_id": "0x165B1043",
  driver_version: "580.126.09",
  "memory.total": "24564",
  "memory.used": "1024",
  "memory.free": "23045",
  "memory.reserved": "495",
  compute_cap: "8.9",
  "mig.mode.current": "[N/A]",
  display_active: "Enabled",
  "driver_model.current": "[N/A]",
  "pcie.link.gen.max": "4",
  "pcie.link.width.max": "16",
  "power.limit": "450.00",
};

/** A tool that answers the fields it is asked for, as nvidia-smi does, and refuses those it does not know. */
function smi(
  cards: readonly Readonly<Record<string, string>>[],
  { unknownFields = [], exitCode = 0, before = "" }: SmiOptions = {},
) {
  return (words: readonly string[]): Printed => {
    const query = words.find((word) => word.startsWith("--query-gpu="));
    if (query === undefined) return { stdout: "", exitCode: 2 };
    const fields = query.slice("--query-gpu=".length).split(",");
    const unknown = fields.find((field) => unknownFields.includes(field));
    if (unknown !== undefined)
      return { stdout: `Field "${unknown}" is not a valid field to query.\n`, exitCode: 2 };
    const rows = cards.map((card) => fields.map((field) => card[field] ?? "[N/A]").join(", "));
    return { stdout: `${before}${rows.map((row) => `${row}\n`).join("")}`, exitCode };
  };
}

interface SmiOptions {
  readonly unknownFields?: readonly string[];
  readonly exitCode?: number;
  readonly before?: string;
}

function read(tool: (words: readonly string[]) => Printed | null) {
  return readNvidiaSmi(fakeHost({ tools: { "nvidia-smi": tool } }));
}

test("every field of a card is read, memory in bytes", async () => {
  const { status, reading } = await read(smi([RTX_4090]));
  expect(status).toBe("ok");
  expect(reading.devices[0]?.facts).toMatchObject({
    name: "NVIDIA GeForce RTX 4090",
    pciAddress: "0000:01:00.0",
    pciDeviceId: "10de:2684",
    pciSubsystemId: "1043:165b",
    deviceKind: "discrete",
    memoryKind: "dedicated",
    memoryTotalBytes: 24_564 * 1024 * 1024,
    memoryUsedBytes: 1_024 * 1024 * 1024,
    memoryFreeBytes: 23_045 * 1024 * 1024,
    memoryReservedBytes: 495 * 1024 * 1024,
    driverVersion: "580.126.09",
    computeCapability: "8.9",
    pcieGeneration: 4,
    pcieWidth: 16,
    isDisplayAttached: true,
    powerLimitWatts: 450,
    driverModel: null,
  });
});

test("fields that an older driver does not know are left out, and the rest is read", async () => {
  const { reading } = await read(smi([RTX_4090], { unknownFields: ["memory.reserved", "compute_cap"] }));
  expect(reading.devices[0]?.facts).toMatchObject({
    memoryTotalBytes: mibToBytes(24_564),
    memoryReservedBytes: null,
    computeCapability: null,
  });
});

test("a driver that knows none of the newer fields still gives its cards", async () => {
  const newer = ALL_FIELDS.slice(7).filter(
    (field) => !["memory.used", "memory.free", "uuid"].includes(field),
  );
  const { reading } = await read(smi([RTX_4090, RTX_4090], { unknownFields: newer }));
  expect(reading.devices.map(({ facts }) => facts.memoryTotalBytes)).toEqual([
    mibToBytes(24_564),
    mibToBytes(24_564),
  ]);
});

test("good rows count although the tool complains about another card and exits with an error", async () => {
  const before = "Unable to determine the device handle for GPU3: 0000:5F:00.0: Unknown Error\n";
  const { status, reading } = await read(smi([RTX_4090], { before, exitCode: 15 }));
  expect([status, reading.devices.length]).toEqual(["ok", 1]);
  expect(reading.notes).toEqual([expect.stringContaining("lost a card")]);
});

test.each([
  "[N/A]",
  "N/A",
  "[Not Supported]",
  "[Insufficient Permissions]",
  "[Unknown Error]",
  "ERR!",
  "[GPU is lost]",
])("%s is unknown, never 0", async (mark) => {
  const card = { ...RTX_4090, "memory.total": mark, "memory.free": mark, "power.limit": mark };
  const { reading } = await read(smi([card]));
  expect(reading.devices[0]?.facts).toMatchObject({
    memoryTotalBytes: null,
    memoryFreeBytes: null,
    powerLimitWatts: null,
  });
});

test("a card whose name is ERR! is real but out of use", async () => {
  const { reading } = await read(
    smi([RTX_4090, { ...RTX_4090, name: "[ERR!]", "pci.bus_id": "00000000:02:00.0" }]),
  );
  expect(reading.devices.map(({ standing }) => standing)).toEqual(["accelerator", "out-of-use"]);
  expect(reading.notes).toEqual([
    "The NVIDIA card 0000:02:00.0 does not answer its driver (ERR!) and is not counted.",
  ]);
});

test.each([
  ["NVIDIA GB10", "unified", "integrated"],
  ["NVIDIA Thor", "unified", "integrated"],
  ["Orin (nvgpu)", "unified", "integrated"],
  ["GRID T4-4C", "dedicated", "virtual"],
  ["NVIDIA A40-48Q", "dedicated", "virtual"],
  ["NVIDIA GH200 480GB", "dedicated", "discrete"],
  ["NVIDIA A100-SXM4-40GB", "dedicated", "discrete"],
])("%s has %s memory and is %s", async (name, memoryKind, deviceKind) => {
  const { reading } = await read(smi([{ ...RTX_4090, name }]));
  expect(reading.devices[0]?.facts).toMatchObject({ memoryKind, deviceKind });
});

describe("a tool with nothing to show says why", () => {
  test.each([
    ["No devices were found\n", 6, "ok", /shows this process no card/],
    [
      "Failed to initialize NVML: Driver/library version mismatch\nNVML library version: 580.173\n",
      18,
      "failed",
      /restart/,
    ],
    [
      "NVIDIA-SMI has failed because it couldn't communicate with the NVIDIA driver.\n",
      9,
      "failed",
      /not loaded/,
    ],
    [
      "Failed to initialize NVML: GPU access blocked by the operating system\n",
      17,
      "failed",
      /gives this process no GPU/,
    ],
    ["", 0, "failed", /printed nothing/],
    ["\u0000\uFFFD\u0007 nonsense ] 42, 7\n", 0, "failed", /something unexpected: .*nonsense/],
  ])("%j", async (stdout, exitCode, status, message) => {
    const answer = await read(() => ({ stdout, exitCode }));
    expect(answer.status).toBe(status);
    expect(answer.message).toMatch(message);
    expect(answer.reading.devices).toEqual([]);
  });

  test("one that is not installed is absent", async () => {
    expect((await read(() => null)).status).toBe("absent");
  });

  test("one that hangs has failed", async () => {
    const hung = { kind: "failed", message: "gave no answer within 2 s", elapsedMs: 2_000 } as const;
    const answer = await readNvidiaSmi(fakeHost({ tools: { "nvidia-smi": () => hung } }));
    expect(answer).toMatchObject({ status: "failed", message: "nvidia-smi gave no answer within 2 s" });
  });
});

describe("rows that cannot be trusted are refused", () => {
  const row = ALL_FIELDS.map((field) => RTX_4090[field]).join(", ");

  test.each([
    ["cut in the middle", row.slice(0, 60)],
    ["cut in its last value", row.slice(0, -3)],
    ["with a value too many", `${row}, 7\n`],
    ["with its columns shifted", `${row.split(", ").slice(1).join(", ")}, 0\n`],
  ])("%s", (_case, text) => {
    const gpus = parseNvidiaCsv(text, ALL_FIELDS).rows.map(readGpuRow);
    expect(gpus.filter((gpu) => gpu !== null)).toEqual([]);
  });
});

/** Memory and fields as INDEX.csv states them, of every capture of a query that shows GPUs. */
describe.skipIf(!HAS_CAPTURES)("captured queries", () => {
  test.each([
    ["8x-h100-compute-cap.txt", null, Array<null>(8).fill(null), "NVIDIA H100 80GB HBM3"],
    ["8x-h20-header-units.txt", null, Array<number>(8).fill(97_871), "NVIDIA H20"],
    ["a100-driver-first.txt", null, [40_960], "NVIDIA A100-SXM4-40GB"],
    [
      "gpu3-missing-8x3080-vm.txt",
      ["index", "pci.bus_id", "name"],
      Array<null>(7).fill(null),
      "NVIDIA GeForce RTX 3080",
    ],
    [
      "jetson-orin-all-na.txt",
      ["name", "memory.total", "memory.used", "memory.free", "power.limit"],
      [null],
      "Orin (nvgpu)",
    ],
    ["wsl2-rtx5070ti-header.txt", null, [16_303], "NVIDIA GeForce RTX 5070 Ti"],
  ])("%s", (file, asked, memoryMib, name) => {
    const { rows } = parseNvidiaCsv(captureText(`nvidia-smi-csv/${file}`), asked ?? []);
    const gpus = rows.map(readGpuRow).filter((gpu) => gpu !== null);
    expect(gpus.map(({ facts }) => facts.name)).toEqual(memoryMib.map(() => name));
    expect(gpus.map(({ facts }) => facts.memoryTotalBytes)).toEqual(
      memoryMib.map((mib) => (mib === null ? null : mibToBytes(mib))),
    );
  });
});
