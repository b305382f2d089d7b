import { describe, expect, test } from "vitest";
import { gibToBytes, mibToBytes } from "#engine/units.ts";
import { readWholeMachine } from "#probe/replay.ts";
import { type FakeMachine, fakeHost } from "./fake-host.ts";
import { fakeNvidiaSmi, nvidiaCard } from "./fake-nvidia-smi.ts";

interface Adapter {
  readonly name: string;
  readonly adapterRam?: number;
  /** "VEN_10DE&DEV_2684&SUBSYS_51031462". */
  readonly pnp?: string;
  readonly maker?: string;
  /** What the registry has for it, in bytes. */
  readonly qwMemorySize?: number;
}

const CLASS_KEY =
  "HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Control\\Class\\{4d36e968-e325-11ce-bfc1-08002be10318}";

/** A Windows machine as PowerShell and reg.exe show it; `stale` adapters are in the registry alone. */
function windows(
  adapters: readonly Adapter[],
  { ramGib = 32, stale = [] }: { ramGib?: number; stale?: readonly Adapter[] } = {},
): FakeMachine["tools"] {
  const answer = {
    video: adapters.map(({ name, adapterRam, pnp, maker }) => ({
      Name: name,
      AdapterRAM: adapterRam ?? null,
      PNPDeviceID: pnp === undefined ? "ROOT\\DISPLAY\\0000" : `PCI\\${pnp}&REV_A1\\4&2283F625&0&0019`,
      DriverVersion: "32.0.15.7703",
      AdapterCompatibility: maker ?? "",
    })),
    memory: [
      {
        Capacity: gibToBytes(ramGib),
        ConfiguredClockSpeed: 5600,
        SMBIOSMemoryType: 34,
        DataWidth: 64,
        DeviceLocator: "DIMM 0",
      },
    ],
    system: [
      {
        Caption: "Microsoft Windows 11 Pro",
        Version: "10.0.26100",
        FreePhysicalMemory: 1_048_576,
        TotalVisibleMemorySize: ramGib * 1_048_576,
      },
    ],
    processor: [
      {
        Name: "Intel(R) Core(TM) i9-14900K",
        Manufacturer: "GenuineIntel",
        NumberOfCores: 24,
        NumberOfLogicalProcessors: 32,
      },
    ],
  };
  return {
    powershell: `${JSON.stringify(answer)}\r\n`,
    reg: (words) => registry([...stale, ...adapters], words[4] ?? ""),
  };
}

function registry(adapters: readonly Adapter[], value: string): string {
  const printed = adapters.flatMap(({ name, pnp, qwMemorySize }, index) => {
    const lines: Readonly<Record<string, string | undefined>> = {
      DriverDesc: `REG_SZ    ${name}`,
      MatchingDeviceId: pnp === undefined ? undefined : `REG_SZ    PCI\\${pnp.split("&SUBSYS")[0] ?? ""}`,
      "HardwareInformation.qwMemorySize":
        qwMemorySize === undefined ? undefined : `REG_QWORD    0x${qwMemorySize.toString(16)}`,
    };
    const line = lines[value];
    return line === undefined ? [] : [`${CLASS_KEY}\\000${index}\r\n    ${value}    ${line}\r\n`];
  });
  return `\r\n${printed.join("\r\n")}\r\nEnd of search: ${printed.length} match(es) found.\r\n`;
}

const CAP = 4_293_918_720;
const RX_6600 = {
  name: "AMD Radeon RX 6600 XT",
  adapterRam: CAP,
  pnp: "VEN_1002&DEV_73FF&SUBSYS_65051DA2",
  maker: "Advanced Micro Devices, Inc.",
};
const UHD = {
  name: "Intel(R) UHD Graphics 770",
  adapterRam: 1_073_741_824,
  pnp: "VEN_8086&DEV_A780&SUBSYS_7D301462",
  maker: "Intel Corporation",
  qwMemorySize: mibToBytes(128),
};
const RTX_4090 = {
  name: "NVIDIA GeForce RTX 4090",
  adapterRam: CAP,
  pnp: "VEN_10DE&DEV_2684&SUBSYS_51031462",
  maker: "NVIDIA",
  qwMemorySize: 25_753_026_560,
};

interface Case {
  readonly name: string;
  readonly tools: FakeMachine["tools"];
  readonly accelerators: readonly (readonly [string, number | null, "dedicated" | "unified"])[];
  readonly notes?: readonly RegExp[];
}

const WINDOWS: readonly Case[] = [
  {
    name: "a card above 4 GB: the registry's size, not the capped one",
    tools: windows([{ ...RX_6600, qwMemorySize: mibToBytes(8_176) }]),
    accelerators: [["AMD Radeon RX 6600 XT", 8_176, "dedicated"]],
  },
  {
    name: "the capped size alone is unknown, not 4 GB",
    tools: windows([RX_6600]),
    accelerators: [["AMD Radeon RX 6600 XT", null, "dedicated"]],
  },
  {
    name: "graphics in the processor beside a card, and a program's adapter that copies the card's memory",
    tools: windows([{ name: "SudoMaker Virtual Display Adapter", adapterRam: CAP }, UHD, RTX_4090]),
    accelerators: [
      ["Intel(R) UHD Graphics 770", null, "unified"],
      ["NVIDIA GeForce RTX 4090", 24_560, "dedicated"],
    ],
    notes: [/SudoMaker Virtual Display Adapter is a virtual adapter/],
  },
  {
    name: "nvidia-smi and Windows mean one card",
    tools: {
      ...windows([RTX_4090]),
      "nvidia-smi": fakeNvidiaSmi([
        {
          fields: nvidiaCard(0, {
            name: "NVIDIA GeForce RTX 4090",
            device: "2684",
            totalMib: "24564",
            address: "00000000:01:00.0",
            "driver_model.current": "WDDM",
          }),
        },
      ]),
    },
    accelerators: [["NVIDIA GeForce RTX 4090", 24_564, "dedicated"]],
  },
  {
    name: "two identical cards: two from each source",
    tools: {
      ...windows([RTX_4090, RTX_4090]),
      "nvidia-smi": fakeNvidiaSmi(
        [0, 1].map((index) => ({
          fields: nvidiaCard(index, {
            name: "NVIDIA GeForce RTX 4090",
            device: "2684",
            totalMib: "24564",
            address: `00000000:0${index + 1}:00.0`,
          }),
        })),
      ),
    },
    accelerators: [
      ["NVIDIA GeForce RTX 4090", 24_564, "dedicated"],
      ["NVIDIA GeForce RTX 4090", 24_564, "dedicated"],
    ],
  },
  {
    name: "a card taken out since is still in the registry, and is not there",
    tools: windows([UHD], { stale: [RTX_4090] }),
    accelerators: [["Intel(R) UHD Graphics 770", null, "unified"]],
  },
  {
    name: "PowerShell is blocked: the registry alone, with a warning",
    tools: {
      ...windows([RTX_4090]),
      powershell: { stdout: "", stderr: "This program is blocked by group policy.", exitCode: 1 },
    },
    accelerators: [["NVIDIA GeForce RTX 4090", 24_560, "dedicated"]],
    notes: [/registry alone/],
  },
  {
    name: "AMD graphics in the processor: carve-out and lent RAM together",
    tools: windows([
      {
        name: "AMD Radeon(TM) 780M Graphics",
        adapterRam: mibToBytes(512),
        pnp: "VEN_1002&DEV_15BF&SUBSYS_381217AA",
        qwMemorySize: mibToBytes(512),
      },
    ]),
    accelerators: [["AMD Radeon(TM) 780M Graphics", 512 + 16 * 1_024, "unified"]],
  },
  {
    name: "Hyper-V and a remote session: no accelerator",
    tools: windows([{ name: "Microsoft Hyper-V Video" }, { name: "Microsoft Remote Display Adapter" }]),
    accelerators: [],
    notes: [/Hyper-V Video/, /Remote Display Adapter/],
  },
  {
    name: "an Arc card beside an AMD card, without any maker's tool",
    tools: windows([
      {
        name: "Intel(R) Arc(TM) Pro B60 Graphics",
        adapterRam: CAP,
        pnp: "VEN_8086&DEV_E211&SUBSYS_00000000",
        qwMemorySize: 0x600000000,
      },
      {
        name: "AMD Radeon RX 6800 XT",
        adapterRam: CAP,
        pnp: "VEN_1002&DEV_73BF&SUBSYS_0E3A1002",
        qwMemorySize: 0x400000000,
      },
    ]),
    accelerators: [
      ["Intel(R) Arc(TM) Pro B60 Graphics", 24_576, "dedicated"],
      ["AMD Radeon RX 6800 XT", 16_384, "dedicated"],
    ],
  },
];

/** A Mac's JSON: GPUs, and the chip with its memory. */
function profiler(gpus: readonly object[], hardware: object = {}): string {
  return JSON.stringify({ SPDisplaysDataType: gpus, SPHardwareDataType: [hardware], SPMemoryDataType: [] });
}

function appleGpu(name: string, cores: string): object {
  return {
    _name: name,
    sppci_model: name,
    sppci_cores: cores,
    spdisplays_vendor: "sppci_vendor_Apple",
    sppci_bus: "spdisplays_builtin",
  };
}

function sysctl(memoryGib: number, wiredLimitMb: number, brand: string): string {
  return `hw.memsize: ${gibToBytes(memoryGib)}\nhw.physicalcpu: 16\nhw.logicalcpu: 16\nmachdep.cpu.brand_string: ${brand}\nhw.optional.neon: 1\niogpu.wired_limit_mb: ${wiredLimitMb}\n`;
}

const MACS: readonly (Case & { readonly limitMib?: number | null })[] = [
  {
    name: "M4 Max: unified memory is all of the RAM",
    tools: {
      system_profiler: profiler([appleGpu("Apple M4 Max", "40")]),
      sysctl: sysctl(128, 0, "Apple M4 Max"),
    },
    accelerators: [["Apple M4 Max", 131_072, "unified"]],
    limitMib: null,
  },
  {
    name: "a raised limit is the person's, and is kept",
    tools: {
      system_profiler: profiler([appleGpu("Apple M3 Max", "40")]),
      sysctl: sysctl(128, 118_000, "Apple M3 Max"),
    },
    accelerators: [["Apple M3 Max", 131_072, "unified"]],
    limitMib: 118_000,
  },
  {
    name: "system_profiler hangs: the processor's name still tells Apple silicon",
    tools: {
      system_profiler: () => ({ kind: "failed", message: "gave no answer within 2.5 s", elapsedMs: 2_500 }),
      sysctl: sysctl(16, 0, "Apple M1"),
    },
    accelerators: [["Apple M1", 16_384, "unified"]],
  },
  {
    name: "an Intel Mac with an AMD card",
    tools: {
      system_profiler: profiler(
        [
          {
            _name: "Intel UHD Graphics 630",
            sppci_model: "Intel UHD Graphics 630",
            spdisplays_vendor: "Intel",
            spdisplays_vram_shared: "1536 MB",
            "spdisplays_device-id": "0x3e9b",
          },
          {
            _name: "AMD Radeon Pro 5500M",
            sppci_model: "AMD Radeon Pro 5500M",
            spdisplays_vendor: "sppci_vendor_amd",
            spdisplays_vram: "8 GB",
            "spdisplays_device-id": "0x7340",
          },
        ],
        { cpu_type: "8-Core Intel Core i9", physical_memory: "32 GB" },
      ),
      sysctl:
        "hw.memsize: 34359738368\nmachdep.cpu.brand_string: Intel(R) Core(TM) i9-9880H CPU @ 2.30GHz\nmachdep.cpu.features: SSE4.2 AVX1.0 FMA F16C\nmachdep.cpu.leaf7_features: AVX2\n",
    },
    accelerators: [
      ["Intel UHD Graphics 630", null, "unified"],
      ["AMD Radeon Pro 5500M", 8_192, "dedicated"],
    ],
  },
];

function told(report: Awaited<ReturnType<typeof readWholeMachine>>) {
  return report.accelerators.map(({ name, memoryTotalBytes, memoryKind }) => [
    name,
    memoryTotalBytes,
    memoryKind,
  ]);
}

function inBytes(accelerators: Case["accelerators"]) {
  return accelerators.map(([name, mib, kind]) => [name, mib === null ? null : mibToBytes(mib), kind]);
}

describe("Windows machines, whole", () => {
  test.each(WINDOWS)("$name", async ({ tools, accelerators, notes = [] }) => {
    const report = await readWholeMachine(
      fakeHost({ platform: "win32", ...(tools === undefined ? {} : { tools }) }),
    );
    expect(told(report)).toEqual(inBytes(accelerators));
    for (const note of notes) expect(report.notes.join("\n")).toMatch(note);
  });

  test("processor, RAM and its modules", async () => {
    const tools = windows([], { ramGib: 64 });
    const report = await readWholeMachine(
      fakeHost({ platform: "win32", ...(tools === undefined ? {} : { tools }) }),
    );
    expect(report).toMatchObject({
      os: { platform: "win32", name: "Microsoft Windows 11 Pro" },
      processor: { name: "Intel(R) Core(TM) i9-14900K", physicalCoreCount: 24, threadCount: 32 },
      ram: {
        totalBytes: gibToBytes(64),
        availableBytes: gibToBytes(1),
        modules: [{ type: "DDR5", transfersPerSecond: 5_600_000_000, dataWidthBits: 64 }],
      },
    });
  });
});

describe("Macs, whole", () => {
  test.each(MACS)("$name", async ({ tools, accelerators, limitMib }) => {
    const report = await readWholeMachine(
      fakeHost({ platform: "darwin", ...(tools === undefined ? {} : { tools }) }),
    );
    expect(told(report)).toEqual(inBytes(accelerators));
    if (limitMib !== undefined) {
      expect(report.accelerators[0]?.details?.workingSetLimitBytes).toBe(
        limitMib === null ? null : mibToBytes(limitMib),
      );
    }
  });
});
