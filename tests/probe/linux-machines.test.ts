import { describe, expect, test } from "vitest";
import { readWholeMachine } from "#probe/replay.ts";
import { gibToBytes, mibToBytes } from "#engine/units.ts";
import { type FakeMachine, fakeHost } from "./fake-host.ts";
import { AMDGPU_IDS, amdMemory, meminfo, PCI_IDS, pciDevice } from "./fake-linux.ts";
import { fakeNvidiaSmi, nvidiaCard } from "./fake-nvidia-smi.ts";

interface Case {
  readonly name: string;
  readonly machine: FakeMachine;
  /** Name, memory in MiB (null: unknown) and its kind, of each accelerator. */
  readonly accelerators: readonly (readonly [string, number | null, "dedicated" | "unified"])[];
  readonly notes?: readonly RegExp[];
  readonly ramBytes?: number;
}

const RTX_3090 = { name: "NVIDIA GeForce RTX 3090", device: "2204", totalMib: "24576" };
const RTX_4090 = { name: "NVIDIA GeForce RTX 4090", device: "2684", totalMib: "24564" };
const ASPEED = pciDevice("0000:03:00.0", "1a03:2000");

const EIGHT_VEGAS = Array.from({ length: 8 }, (_, index) =>
  pciDevice(`0000:2${index}:00.0`, "1002:66a1", amdMemory(32_752, 32_000), "0x038000"),
).reduce((all, one) => ({ ...all, ...one }));

const NVIDIA: readonly Case[] = [
  {
    name: "two identical cards, seen by driver, kernel and lspci, are two",
    machine: {
      tools: {
        "nvidia-smi": fakeNvidiaSmi([
          { fields: nvidiaCard(0, { ...RTX_3090, address: "00000000:01:00.0" }) },
          { fields: nvidiaCard(1, { ...RTX_3090, address: "00000000:02:00.0" }) },
        ]),
        lspci:
          "0000:01:00.0 VGA compatible controller [0300]: NVIDIA Corporation GA102 [GeForce RTX 3090] [10de:2204] (rev a1)\n0000:02:00.0 VGA compatible controller [0300]: NVIDIA Corporation GA102 [GeForce RTX 3090] [10de:2204] (rev a1)\n",
      },
      files: {
        ...pciDevice("0000:01:00.0", "10de:2204"),
        ...pciDevice("0000:02:00.0", "10de:2204"),
        ...PCI_IDS,
      },
    },
    accelerators: [
      ["NVIDIA GeForce RTX 3090", 24_576, "dedicated"],
      ["NVIDIA GeForce RTX 3090", 24_576, "dedicated"],
    ],
  },
  {
    name: "a container without lspci and without /sys still has its card",
    machine: {
      tools: {
        "nvidia-smi": fakeNvidiaSmi([
          { fields: nvidiaCard(0, { ...RTX_4090, address: "00000000:01:00.0" }) },
        ]),
      },
    },
    accelerators: [["NVIDIA GeForce RTX 4090", 24_564, "dedicated"]],
  },
  {
    name: "a card that fell off the bus is listed without memory beside the good one",
    machine: {
      tools: {
        "nvidia-smi": fakeNvidiaSmi(
          [{ fields: nvidiaCard(0, { ...RTX_3090, address: "00000000:01:00.0" }) }],
          {
            before: "Unable to determine the device handle for GPU1: 0000:02:00.0: Unknown Error\n",
            exitCode: 15,
          },
        ),
      },
      files: {
        ...pciDevice("0000:01:00.0", "10de:2204"),
        ...pciDevice("0000:02:00.0", "10de:2204"),
        ...PCI_IDS,
      },
    },
    accelerators: [
      ["NVIDIA GeForce RTX 3090", 24_576, "dedicated"],
      ["NVIDIA GeForce RTX 3090", null, "dedicated"],
    ],
    notes: [/lost a card/],
  },
  {
    name: "a broken card (ERR!) between good ones is not counted",
    machine: {
      tools: {
        "nvidia-smi": fakeNvidiaSmi([
          { fields: nvidiaCard(0, { ...RTX_3090, address: "00000000:01:00.0" }) },
          { fields: nvidiaCard(1, { ...RTX_3090, name: "ERR!", address: "00000000:02:00.0" }) },
        ]),
      },
      files: { ...pciDevice("0000:01:00.0", "10de:2204"), ...pciDevice("0000:02:00.0", "10de:2204") },
    },
    accelerators: [["NVIDIA GeForce RTX 3090", 24_576, "dedicated"]],
    notes: [/0000:02:00\.0 does not answer its driver/],
  },
  {
    name: "MIG: the slices are the devices, the card is not",
    machine: {
      tools: {
        "nvidia-smi": fakeNvidiaSmi([
          {
            fields: nvidiaCard(0, {
              name: "NVIDIA A100-SXM4-40GB",
              device: "20b0",
              totalMib: "40960",
              address: "00000000:07:00.0",
              "mig.mode.current": "Enabled",
            }),
            sliceMib: [19_968, 19_968],
            sliceProfile: "3g.20gb",
          },
        ]),
      },
    },
    accelerators: [
      ["NVIDIA A100-SXM4-40GB MIG 3g.20gb", 19_968, "dedicated"],
      ["NVIDIA A100-SXM4-40GB MIG 3g.20gb", 19_968, "dedicated"],
    ],
  },
  {
    name: "MIG inside a container: the card's memory is N/A, the slice has a total",
    machine: {
      tools: {
        "nvidia-smi": fakeNvidiaSmi([
          {
            fields: nvidiaCard(0, {
              name: "NVIDIA RTX PRO 6000 Blackwell",
              totalMib: "[N/A]",
              address: "00000000:61:00.0",
              "mig.mode.current": "Enabled",
            }),
            sliceMib: [24_192],
          },
        ]),
      },
    },
    accelerators: [["NVIDIA RTX PRO 6000 Blackwell MIG 1g.10gb", 24_192, "dedicated"]],
  },
  {
    name: "MIG switched on with no slice set up: nothing runs there",
    machine: {
      tools: {
        "nvidia-smi": fakeNvidiaSmi([
          {
            fields: nvidiaCard(0, {
              name: "NVIDIA A100 80GB PCIe",
              totalMib: "81920",
              address: "00000001:00:00.0",
              "mig.mode.current": "Enabled",
            }),
          },
        ]),
      },
    },
    accelerators: [],
    notes: [/none is set up/],
  },
  {
    name: "MIG switched on, but the full report is cut off: said so, and nothing guessed",
    machine: {
      tools: {
        "nvidia-smi": (words) =>
          words.includes("-x")
            ? '<?xml version="1.0" ?><nvidia_smi_log><gpu><product_name>NVIDIA A100'
            : fakeNvidiaSmi([
                {
                  fields: nvidiaCard(0, {
                    name: "NVIDIA A100 80GB PCIe",
                    totalMib: "81920",
                    address: "00000001:00:00.0",
                    "mig.mode.current": "Enabled",
                  }),
                },
              ])(words),
      },
    },
    accelerators: [],
    notes: [/slices, and these could not be read/],
  },
  {
    name: "GB10: memory is the RAM, and tools number its PCI domain differently",
    machine: {
      tools: {
        "nvidia-smi": fakeNvidiaSmi([
          {
            fields: nvidiaCard(0, {
              name: "NVIDIA GB10",
              device: "2e12",
              totalMib: "[N/A]",
              address: "0000000F:01:00.0",
            }),
          },
        ]),
        lspci:
          "0001:01:00.0 VGA compatible controller [0300]: NVIDIA Corporation Device [10de:2e12] (rev a1)\n",
      },
      files: meminfo(120),
    },
    accelerators: [["NVIDIA GB10", 122_880, "unified"]],
    ramBytes: gibToBytes(120),
  },
  {
    name: "Jetson Orin: no PCI at all, every number N/A",
    machine: {
      tools: {
        "nvidia-smi": fakeNvidiaSmi([
          { fields: nvidiaCard(0, { name: "Orin (nvgpu)", "pci.bus_id": "[N/A]" }) },
        ]),
      },
      files: { ...meminfo(62), "/proc/device-tree/model": "NVIDIA Jetson AGX Orin Developer Kit\0" },
    },
    accelerators: [["NVIDIA Jetson AGX Orin Developer Kit", 63_488, "unified"]],
  },
  {
    name: "an older Jetson without nvidia-smi is known by its board",
    machine: {
      files: { ...meminfo(8), "/proc/device-tree/model": "NVIDIA Jetson Xavier NX Developer Kit\0" },
    },
    accelerators: [["NVIDIA Jetson Xavier NX Developer Kit", 8_192, "unified"]],
  },
  {
    name: "GH200: the name's 480GB is the processor's memory",
    machine: {
      tools: {
        "nvidia-smi": fakeNvidiaSmi([
          {
            fields: nvidiaCard(0, {
              name: "NVIDIA GH200 480GB",
              device: "2342",
              totalMib: "97871",
              address: "00000009:01:00.0",
            }),
          },
        ]),
      },
      files: meminfo(480),
    },
    accelerators: [["NVIDIA GH200 480GB", 97_871, "dedicated"]],
  },
  {
    name: "WSL2: lspci shows adapters of Windows only, the driver shows the card",
    machine: {
      tools: {
        "nvidia-smi": fakeNvidiaSmi([
          {
            fields: nvidiaCard(0, {
              name: "NVIDIA GeForce RTX 4090 Laptop GPU",
              device: "2757",
              totalMib: "16376",
              address: "00000000:01:00.0",
            }),
          },
        ]),
        lspci: "5582:00:00.0 3D controller [0302]: Microsoft Corporation Device [1414:008e]\n",
      },
      files: {
        ...meminfo(16),
        ...pciDevice("5582:00:00.0", "1414:008e", {}, "0x030200"),
        "/proc/sys/kernel/osrelease": "5.15.167.4-microsoft-standard-WSL2\n",
      },
    },
    accelerators: [["NVIDIA GeForce RTX 4090 Laptop GPU", 16_376, "dedicated"]],
    notes: [/virtual adapter of Windows/, /This is WSL/],
  },
  {
    name: "a driver that is not loaded leaves the card without memory, and says why",
    machine: {
      tools: {
        "nvidia-smi": {
          stdout: "NVIDIA-SMI has failed because it couldn't communicate with the NVIDIA driver.\n",
          exitCode: 9,
        },
      },
      files: { ...pciDevice("0000:01:00.0", "10de:2684"), ...PCI_IDS },
    },
    accelerators: [["NVIDIA GeForce RTX 4090", null, "dedicated"]],
    notes: [/driver is not loaded/],
  },
  {
    name: "eight cards in eight PCI domains are eight",
    machine: {
      tools: {
        "nvidia-smi": fakeNvidiaSmi(
          Array.from({ length: 8 }, (_, index) => ({
            fields: nvidiaCard(index, {
              name: "NVIDIA A100-SXM4-80GB",
              device: "20b2",
              totalMib: "81920",
              address: `0000000${index + 1}:00:00.0`,
            }),
          })),
        ),
      },
    },
    accelerators: Array.from({ length: 8 }, () => ["NVIDIA A100-SXM4-80GB", 81_920, "dedicated"] as const),
  },
  {
    name: "a vGPU's share counts, not the card that lspci names",
    machine: {
      tools: {
        "nvidia-smi": fakeNvidiaSmi([
          {
            fields: nvidiaCard(0, {
              name: "GRID T4-4C",
              device: "1eb8",
              totalMib: "4096",
              address: "00000000:02:01.0",
            }),
          },
        ]),
      },
      files: pciDevice("0000:02:01.0", "10de:1eb8", {}, "0x030200"),
    },
    accelerators: [["GRID T4-4C", 4_096, "dedicated"]],
  },
  {
    name: "a driver too old for questions is read from its table",
    machine: {
      tools: {
        "nvidia-smi": fakeNvidiaSmi([], {
          table:
            "| NVIDIA-SMI 340.29     Driver Version: 340.29         |\n|===+===+===|\n|   0  GRID K520           Off  | 0000:00:03.0     Off |                  N/A |\n| N/A   71C    P0    91W / 125W |   2320MiB /  4095MiB |    100%      Default |\n",
        }),
      },
      files: { ...pciDevice("0000:00:02.0", "1013:00b8"), ...pciDevice("0000:00:03.0", "10de:118a") },
    },
    accelerators: [["GRID K520", 4_095, "dedicated"]],
    notes: [/virtual machine's adapter/],
  },
];

const AMD_AND_INTEL: readonly Case[] = [
  {
    name: "a card without any tool: memory from amdgpu, name from AMD's list by revision, the PCI window left alone",
    machine: {
      files: {
        ...pciDevice("0000:2f:00.0", "1002:744c", { revision: "0xc8", ...amdMemory(24_560, 32_000) }),
        ...AMDGPU_IDS,
      },
    },
    accelerators: [["AMD Radeon RX 7900 XTX", 24_560, "dedicated"]],
  },
  {
    name: "Strix Halo with 512 MB carved out: the sum with GTT counts, amd-smi's 512 MB does not",
    machine: {
      tools: {
        "amd-smi": (words) =>
          words.length > 0
            ? { stdout: "", exitCode: 1 }
            : "| AMD-SMI 26.2.2    amdgpu version: 6.16  ROCm version: 7.2.1    |\n| 0000:c4:00.0    AMD Radeon Graphics | N/A        N/A   0                 N/A |\n|   0       0     N/A             N/A | N/A        N/A              499/512 MB |\n",
      },
      files: {
        ...pciDevice("0000:c4:00.0", "1002:1586", { revision: "0xc1", ...amdMemory(512, 63_488, 512) }),
        ...AMDGPU_IDS,
        ...meminfo(124),
      },
    },
    accelerators: [["AMD Radeon 8060S Graphics", 64_000, "unified"]],
    ramBytes: gibToBytes(124),
  },
  {
    name: "Strix Halo with 96 GB carved out: more memory for the GPU than RAM",
    machine: {
      files: {
        ...pciDevice("0000:c5:00.0", "1002:1586", { revision: "0xc1", ...amdMemory(98_304, 15_360, 98_304) }),
        ...AMDGPU_IDS,
        ...meminfo(30),
      },
    },
    accelerators: [["AMD Radeon 8060S Graphics", 113_664, "unified"]],
    ramBytes: gibToBytes(30),
  },
  {
    name: "a card and graphics inside the processor, both AMD, are told apart",
    machine: {
      tools: {
        "rocm-smi":
          '{"card0": {"Device ID": "0x744c", "VRAM Total Memory (B)": "25753026560", "PCI Bus": "0000:03:00.0", "Card Series": "Navi 31 [Radeon RX 7900 XT/7900 XTX]"}, "card1": {"Device ID": "0x164e", "VRAM Total Memory (B)": "536870912", "PCI Bus": "0000:0f:00.0"}}',
      },
      files: {
        ...pciDevice("0000:03:00.0", "1002:744c", { revision: "0xc8", ...amdMemory(24_560, 15_000) }),
        ...pciDevice("0000:0f:00.0", "1002:164e", { revision: "0xc9", ...amdMemory(512, 15_000) }),
      },
    },
    accelerators: [
      ["AMD Radeon RX 7900 XT/7900 XTX", 24_560, "dedicated"],
      ["AMD GPU (PCI device 1002:164e)", 15_512, "unified"],
    ],
  },
  {
    name: "eight cards behind a management chip; their two heads are one card each",
    machine: {
      files: {
        ...ASPEED,
        ...PCI_IDS,
        ...EIGHT_VEGAS,
        ...pciDevice("0000:20:00.1", "1002:66a1", {}, "0x038000"),
      },
    },
    accelerators: Array.from(
      { length: 8 },
      () => ["AMD Radeon Pro VII/Radeon Instinct MI50 32GB", 32_752, "dedicated"] as const,
    ),
    notes: [/ASPEED Graphics Family is the display chip/],
  },
  {
    name: "Intel's graphics inside the processor and its card are told apart; the card's memory is the kernel's",
    machine: {
      files: {
        ...pciDevice("0000:00:02.0", "8086:4680"),
        ...pciDevice("0000:03:00.0", "8086:56a0", {
          "tile0/physical_vram_size_bytes": String(16_288 * 1024 * 1024),
        }),
        ...PCI_IDS,
      },
    },
    accelerators: [
      ["Intel AlderLake-S GT1", null, "unified"],
      ["Intel Arc A770", 16_288, "dedicated"],
    ],
  },
  {
    name: "Arc B580 with a driver that states no memory: what Intel states of it counts",
    machine: { files: pciDevice("0000:06:00.0", "8086:e20b") },
    accelerators: [["Intel Arc B580 Graphics", 12_288, "dedicated"]],
  },
  {
    name: "Arc B580 with xpu-smi: what the driver leaves counts before what Intel states",
    machine: {
      tools: {
        "xpu-smi": (words) =>
          words.includes("-d")
            ? "|           | Memory Physical Size: 12216.00 MiB                        |\n"
            : "+---+---+\n| 0         | Device Name: Intel(R) Arc(TM) B580 Graphics      |\n|           | PCI BDF Address: 0000:06:00.0                     |\n+---+---+\n",
      },
      files: pciDevice("0000:06:00.0", "8086:e20b"),
    },
    accelerators: [["Intel(R) Arc(TM) B580 Graphics", 12_216, "dedicated"]],
  },
  {
    name: "Arc A770 was sold with 8 and with 16 GB: unknown rather than a guess",
    machine: { files: { ...pciDevice("0000:03:00.0", "8086:56a0"), ...PCI_IDS } },
    accelerators: [["Intel Arc A770", null, "dedicated"]],
  },
  {
    name: "old Intel graphics with two PCI functions are one",
    machine: {
      files: {
        ...pciDevice("0000:00:02.0", "8086:2a42"),
        ...pciDevice("0000:00:02.1", "8086:2a43", {}, "0x038000"),
      },
    },
    accelerators: [["Intel GPU (PCI device 8086:2a42)", null, "unified"]],
  },
  {
    name: "a Vulkan driver tells a card's memory where nothing else does, and the processor it lists is left out",
    machine: {
      tools: {
        vulkaninfo:
          "GPU0:\n\tvendorID = 0x1002\n\tdeviceID = 0x67df\n\tdeviceType = PHYSICAL_DEVICE_TYPE_DISCRETE_GPU\n\tdeviceName = AMD Radeon RX 470 Graphics (RADV POLARIS10)\nmemoryHeaps: count = 2\n\tmemoryHeaps[0]:\n\t\tsize = 4026531840 (0xf0000000) (3.75 GiB)\n\t\tflags: count = 1\n\t\t\tMEMORY_HEAP_DEVICE_LOCAL_BIT\n\tmemoryHeaps[1]:\n\t\tsize = 268435456 (0x10000000) (256.00 MiB)\n\t\tflags: count = 1\n\t\t\tMEMORY_HEAP_DEVICE_LOCAL_BIT\nGPU1:\n\tvendorID = 0x10005\n\tdeviceID = 0x0000\n\tdeviceType = PHYSICAL_DEVICE_TYPE_CPU\n\tdeviceName = llvmpipe (LLVM 15.0.7, 256 bits)\n",
      },
      files: pciDevice("0000:01:00.0", "1002:67df"),
    },
    accelerators: [["AMD Radeon RX 470 Graphics", 4_096, "dedicated"]],
  },
];

const NO_CARDS: readonly Case[] = [
  {
    name: "virtio, QXL, VMware, Hyper-V, Bochs and management chips are set aside",
    machine: {
      files: {
        ...ASPEED,
        ...pciDevice("0000:00:02.0", "1af4:1050"),
        ...pciDevice("0000:00:03.0", "1b36:0100"),
        ...pciDevice("0000:00:0f.0", "15ad:0405"),
        ...pciDevice("0000:00:08.0", "1414:5353"),
        ...pciDevice("0000:00:09.0", "1234:1111"),
        ...pciDevice("0000:0a:00.0", "102b:0534"),
      },
    },
    accelerators: [],
    notes: [/1af4:1050/, /1b36:0100/, /15ad:0405/, /1414:5353/, /1234:1111/, /102b:0534/],
  },
  {
    name: "a container's limit is the RAM there is",
    machine: {
      files: {
        ...meminfo(256),
        "/proc/self/cgroup": "0::/\n",
        "/sys/fs/cgroup/memory.max": `${gibToBytes(8)}\n`,
      },
    },
    accelerators: [],
    ramBytes: gibToBytes(8),
  },
  {
    name: "a limit above the RAM is none",
    machine: {
      files: {
        ...meminfo(16),
        "/proc/self/cgroup": "0::/\n",
        "/sys/fs/cgroup/memory.max": `${gibToBytes(512)}\n`,
      },
    },
    accelerators: [],
    ramBytes: gibToBytes(16),
  },
];

describe("Linux machines, whole", () => {
  test.each([...NVIDIA, ...AMD_AND_INTEL, ...NO_CARDS])(
    "$name",
    async ({ machine, accelerators, notes = [], ramBytes }) => {
      const report = await readWholeMachine(fakeHost(machine));
      expect(
        report.accelerators.map(({ name, memoryTotalBytes, memoryKind }) => [
          name,
          memoryTotalBytes,
          memoryKind,
        ]),
      ).toEqual(accelerators.map(([name, mib, kind]) => [name, mib === null ? null : mibToBytes(mib), kind]));
      for (const note of notes) expect(report.notes.join("\n")).toMatch(note);
      if (ramBytes !== undefined) expect(report.ram.totalBytes).toBe(ramBytes);
      const ids = report.accelerators.map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
    },
  );

  test("every value of every source is kept, the chosen ones marked", async () => {
    const report = await readWholeMachine(
      fakeHost({
        tools: {
          "nvidia-smi": fakeNvidiaSmi([
            { fields: nvidiaCard(0, { ...RTX_3090, address: "00000000:01:00.0" }) },
          ]),
        },
        files: { ...pciDevice("0000:01:00.0", "10de:2204"), ...PCI_IDS },
        library: {
          graphics: {
            controllers: [
              { vendor: "NVIDIA Corporation", model: "GA102", busAddress: "01:00.0", memoryTotal: 24_576 },
            ],
          },
        },
      }),
    );
    const witnesses = report.accelerators[0]?.witnesses ?? [];
    expect(
      witnesses
        .filter(({ fact }) => fact === "memoryTotalBytes")
        .map(({ value, source, isChosen }) => [value, source, isChosen]),
    ).toEqual([
      [mibToBytes(24_576), "nvidia-smi", true],
      [mibToBytes(24_576), "systeminformation graphics", false],
    ]);
    expect(witnesses.filter(({ fact }) => fact === "pciAddress").length).toBe(3);
  });

  test("links between cards go by their ids", async () => {
    const cards = [0, 1].map((index) => ({
      fields: nvidiaCard(index, { ...RTX_3090, address: `00000000:0${index + 1}:00.0` }),
    }));
    const topology = "\tGPU0\tGPU1\tCPU Affinity\nGPU0\t X \tNV4\t0-23\nGPU1\tNV4\t X \t0-23\n";
    const report = await readWholeMachine(
      fakeHost({ tools: { "nvidia-smi": fakeNvidiaSmi(cards, { topology }) } }),
    );
    expect(report.links).toEqual([
      { fromId: "0000:01:00.0", toId: "0000:02:00.0", kind: "nvlink", linkCount: 4 },
    ]);
  });

  test("who holds memory now", async () => {
    const card = {
      fields: nvidiaCard(0, { ...RTX_4090, address: "00000000:01:00.0" }),
      programs: [["/usr/lib/xorg/Xorg", "G", "312 MiB"]] as const,
    };
    const report = await readWholeMachine(fakeHost({ tools: { "nvidia-smi": fakeNvidiaSmi([card]) } }));
    expect(report.accelerators[0]?.details?.memoryHolders).toEqual([
      { programName: "Xorg", kind: "graphics", usedBytes: mibToBytes(312) },
    ]);
  });

  test("an APU's parts are kept apart", async () => {
    const files = pciDevice("0000:c4:00.0", "1002:1586", amdMemory(512, 63_488, 512));
    const report = await readWholeMachine(fakeHost({ files }));
    expect(report.accelerators[0]?.details).toMatchObject({
      deviceKind: "integrated",
      carveOutBytes: mibToBytes(512),
      sharedRamBytes: mibToBytes(63_488),
    });
  });
});
