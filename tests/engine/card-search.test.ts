import { describe, expect, test } from "vitest";
import { type CardSearch, findCard, matchCard } from "#engine/card-search.ts";
import type { Accelerator } from "#engine/machine.ts";
import { mibToBytes } from "#engine/units.ts";
import { SHIPPED } from "../catalog/shipped.ts";
import { cardOf, unifiedGpu } from "../fixtures/machine.ts";

const { cards } = SHIPPED;

function names(search: CardSearch): readonly string[] {
  if (search.kind === "none") return [];
  return search.kind === "found" ? [search.card.name] : search.cards.map(({ name }) => name).sort();
}

describe("one card by what people and tools write", () => {
  test.each([
    ["RTX 4090", "NVIDIA GeForce RTX 4090"],
    ["rtx4090", "NVIDIA GeForce RTX 4090"],
    ["RTX-4090", "NVIDIA GeForce RTX 4090"],
    ["4090", "NVIDIA GeForce RTX 4090"],
    ["geforce-rtx-4090", "NVIDIA GeForce RTX 4090"],
    ["GeForce RTX 4090", "NVIDIA GeForce RTX 4090"],
    ["RTX 4090 24GB", "NVIDIA GeForce RTX 4090"],
    ["NVIDIA Corporation AD102 [GeForce RTX 4090] (rev a1)", "NVIDIA GeForce RTX 4090"],
    ["NVIDIA GeForce RTX 4090 Laptop GPU", "NVIDIA GeForce RTX 4090 Laptop GPU"],
    ["RTX 4090 Laptop", "NVIDIA GeForce RTX 4090 Laptop GPU"],
    ["RTX 4090 Mobile", "NVIDIA GeForce RTX 4090 Laptop GPU"],
    ["RTX 4090 D", "NVIDIA GeForce RTX 4090 D"],
    ["RTX 4070 Ti SUPER", "NVIDIA GeForce RTX 4070 Ti SUPER"],
    ["rtx 3080ti", "NVIDIA GeForce RTX 3080 Ti"],
    ["RTX 3060", "NVIDIA GeForce RTX 3060"],
    ["RTX 3060 12 GB", "NVIDIA GeForce RTX 3060"],
    ["RTX 3060 8GB", "NVIDIA GeForce RTX 3060 8GB"],
    ["4060 Ti 16GB", "NVIDIA GeForce RTX 4060 Ti 16GB"],
    ["GTX 1060 6GB", "NVIDIA GeForce GTX 1060 6GB"],
    ["GTX 980 Ti", "NVIDIA GeForce GTX 980 Ti"],
    ["GeForce GTX 970", "NVIDIA GeForce GTX 970"],
    ["GTX 960 4GB", "NVIDIA GeForce GTX 960 4GB"],
    ["GTX TITAN X", "NVIDIA GeForce GTX TITAN X"],
    ["TITAN X (Pascal)", "NVIDIA TITAN X Pascal"],
    ["GTX 980M 8GB", "NVIDIA GeForce GTX 980M 8GB"],
    ["RTX 2070", "NVIDIA GeForce RTX 2070"],
    ["GeForce RTX 2070 with Max-Q Design", "NVIDIA GeForce RTX 2070 with Max-Q Design"],
    ["A100-SXM4-80GB", "NVIDIA A100-SXM4-80GB"],
    ["A100 PCIe 40GB", "NVIDIA A100-PCIE-40GB"],
    ["H100 NVL", "NVIDIA H100 NVL"],
    ["H200", "NVIDIA H200"],
    ["L40S", "NVIDIA L40S"],
    ["T4", "Tesla T4"],
    ["NVIDIA Tesla P40", "Tesla P40"],
    ["RTX 6000 Ada", "NVIDIA RTX 6000 Ada Generation"],
    ["RTX A6000", "NVIDIA RTX A6000"],
    ["RTX PRO 6000", "NVIDIA RTX PRO 6000 Blackwell Workstation Edition"],
    ["DGX Spark", "NVIDIA GB10"],
    ["7900 XTX", "AMD Radeon RX 7900 XTX"],
    ["RX 7900 XT", "AMD Radeon RX 7900 XT"],
    ["AMD Radeon(TM) RX 5600M Series", "AMD Radeon RX 5600M"],
    ["AMD Radeon 890M Graphics (RADV STRIX1)", "AMD Radeon 890M"],
    ["MI300X", "AMD Instinct MI300X"],
    ["AMD Ryzen AI Max+ 395", "AMD Radeon 8060S"],
    ["Intel(R) Arc(TM) A770 Graphics", "Intel Arc A770"],
    ["B580", "Intel Arc B580"],
    ["M3 Max 40-Core GPU", "Apple M3 Max (40-core GPU)"],
    ["M6 16GB", "Apple M6 (12-core GPU, 16GB)"],
    ["M6 32GB", "Apple M6 (12-core GPU)"],
  ])("%s is %s", (text, name) => {
    expect(names(findCard(text, cards))).toEqual([name]);
  });
});

describe("several cards, never a guess", () => {
  test.each([
    ["RTX 4060 Ti", ["NVIDIA GeForce RTX 4060 Ti 16GB", "NVIDIA GeForce RTX 4060 Ti 8GB"]],
    ["H100 80GB", ["NVIDIA H100 80GB HBM3", "NVIDIA H100 PCIe"]],
    ["A100 80GB", ["NVIDIA A100 80GB PCIe", "NVIDIA A100-SXM4-80GB"]],
    ["RTX 6000", ["NVIDIA Quadro RTX 6000", "NVIDIA RTX 6000 Ada Generation"]],
    ["GeForce GTX 960", ["NVIDIA GeForce GTX 960 2GB", "NVIDIA GeForce GTX 960 4GB"]],
    ["GTX 970M", ["NVIDIA GeForce GTX 970M 3GB", "NVIDIA GeForce GTX 970M 6GB"]],
    ["MI50", ["AMD Instinct MI50 16 GB", "AMD Instinct MI50 32 GB"]],
    ["M2 Ultra", ["Apple M2 Ultra (60-core GPU)", "Apple M2 Ultra (76-core GPU)"]],
    ["M2 Ultra 192GB", ["Apple M2 Ultra (60-core GPU)", "Apple M2 Ultra (76-core GPU)"]],
    ["Strix Halo", ["AMD Radeon 8040S", "AMD Radeon 8050S", "AMD Radeon 8060S"]],
  ])("%s", (text, expected) => {
    expect(names(findCard(text, cards))).toEqual(expected);
  });
});

test.each([
  "",
  "GPU",
  "NVIDIA",
  "AMD Radeon Graphics",
  "Intel Graphics",
  "RTX",
  "RTX 409",
  "RTX 4099",
  "RTX 4090 48GB",
  "90",
])("no card is called %j", (text) => {
  expect(findCard(text, cards)).toEqual({ kind: "none" });
});

interface Seen {
  readonly name: string;
  readonly vendor?: Accelerator["vendor"];
  readonly pciDeviceId?: string;
  readonly memoryMiB?: number;
  readonly gpuCoreCount?: number;
}

function seen({ name, vendor = "nvidia", pciDeviceId, memoryMiB, gpuCoreCount }: Seen): Accelerator {
  const { details } = unifiedGpu(vendor, null, {
    pciDeviceId: pciDeviceId ?? null,
    gpuCoreCount: gpuCoreCount ?? null,
  });
  const card = cardOf(name, memoryMiB === undefined ? null : mibToBytes(memoryMiB));
  return { ...card, vendor, ...(details === undefined ? {} : { details }) };
}

describe("the card behind a detected accelerator", () => {
  test.each<Seen & { readonly why: string; readonly is: readonly string[] }>([
    {
      why: "a PCI id of one card is enough",
      name: "NVIDIA GPU (PCI device 10de:2684)",
      pciDeviceId: "10de:2684",
      is: ["NVIDIA GeForce RTX 4090"],
    },
    {
      why: "memory decides between cards of one PCI id",
      name: "AMD Radeon Graphics",
      vendor: "amd",
      pciDeviceId: "1002:744c",
      memoryMiB: 24_560,
      is: ["AMD Radeon RX 7900 XTX"],
    },
    {
      why: "another size, another card",
      name: "AMD Radeon Graphics",
      vendor: "amd",
      pciDeviceId: "1002:744c",
      memoryMiB: 20_464,
      is: ["AMD Radeon RX 7900 XT"],
    },
    {
      why: "two of one size stay two",
      name: "AMD Radeon Graphics",
      vendor: "amd",
      pciDeviceId: "1002:744c",
      memoryMiB: 16_368,
      is: ["AMD Radeon RX 7900 GRE", "AMD Radeon RX 7900M"],
    },
    {
      why: "the name decides between cards of one PCI id and one size",
      name: "AMD Radeon RX 7900 GRE",
      vendor: "amd",
      pciDeviceId: "1002:744c",
      memoryMiB: 16_368,
      is: ["AMD Radeon RX 7900 GRE"],
    },
    {
      why: "one driver name for two sizes: memory decides",
      name: "NVIDIA GeForce RTX 4060 Ti",
      memoryMiB: 16_380,
      is: ["NVIDIA GeForce RTX 4060 Ti 16GB"],
    },
    {
      why: "the plain name does not win over the memory",
      name: "NVIDIA GeForce RTX 3060",
      pciDeviceId: "10de:2544",
      memoryMiB: 8192,
      is: ["NVIDIA GeForce RTX 3060 8GB"],
    },
    {
      why: "a cut name does not hide the laptop chip",
      name: "NVIDIA GeForce RTX 4090 ...",
      memoryMiB: 16_376,
      is: ["NVIDIA GeForce RTX 4090 Laptop GPU"],
    },
    {
      why: "a cut name is not the card that would have found room",
      name: "NVIDIA GeForce RTX 3050 ...",
      memoryMiB: 4094,
      is: [
        "NVIDIA GeForce RTX 3050 A Laptop GPU",
        "NVIDIA GeForce RTX 3050 Laptop GPU",
        "NVIDIA GeForce RTX 3050 Max-Q",
        "NVIDIA GeForce RTX 3050 Ti Laptop GPU",
        "NVIDIA GeForce RTX 3050 Ti Max-Q",
      ],
    },
    {
      why: "a name that is cut inside a word",
      name: "NVIDIA RTX 4000 Ada Gene...",
      memoryMiB: 20_475,
      is: ["NVIDIA RTX 4000 Ada Generation"],
    },
    {
      why: "a name that is cut inside a size",
      name: "NVIDIA A100 80G...",
      memoryMiB: 81_920,
      is: ["NVIDIA A100 80GB PCIe"],
    },
    {
      why: "a name that is cut before the size: memory decides",
      name: "Tesla V100-SXM2...",
      memoryMiB: 16_258,
      is: ["Tesla V100-SXM2-16GB"],
    },
    {
      why: "the RTX 20 drivers name laptop and desktop chips alike: the PCI id tells",
      name: "NVIDIA GeForce RTX 2070",
      pciDeviceId: "10de:1f10",
      memoryMiB: 8192,
      is: ["NVIDIA GeForce RTX 2070 Laptop GPU"],
    },
    {
      why: "a modified card is still the card",
      name: "NVIDIA GeForce RTX 4090",
      pciDeviceId: "10de:2684",
      memoryMiB: 49_140,
      is: ["NVIDIA GeForce RTX 4090"],
    },
    {
      why: "an older driver reports less",
      name: "A100-SXM4-40GB",
      memoryMiB: 40_537,
      is: ["NVIDIA A100-SXM4-40GB"],
    },
    {
      why: "the core count tells Apple chips apart",
      name: "Apple M3 Max",
      vendor: "apple",
      memoryMiB: 65_536,
      gpuCoreCount: 30,
      is: ["Apple M3 Max (30-core GPU)"],
    },
    {
      why: "one chip whose bandwidth goes by the computer's memory: 16 GB",
      name: "Apple M6",
      vendor: "apple",
      memoryMiB: 16_384,
      gpuCoreCount: 12,
      is: ["Apple M6 (12-core GPU, 16GB)"],
    },
    {
      why: "and any other size",
      name: "Apple M6",
      vendor: "apple",
      memoryMiB: 24_576,
      gpuCoreCount: 12,
      is: ["Apple M6 (12-core GPU)"],
    },
    {
      why: "without it they stay two",
      name: "Apple M3 Max",
      vendor: "apple",
      is: ["Apple M3 Max (30-core GPU)", "Apple M3 Max (40-core GPU)"],
    },
    { why: "the maker must agree", name: "RTX 4090", vendor: "amd", is: [] },
    { why: "a name that says nothing is no card", name: "Intel Graphics", vendor: "intel", is: [] },
  ])("$why", (row) => {
    expect(names(matchCard(seen(row), cards))).toEqual(row.is);
  });
});

test("a search through all cards takes a few milliseconds at most", () => {
  findCard("RTX 4090", cards);
  const start = performance.now();
  for (let round = 0; round < 100; round += 1) findCard("no such card", cards);
  expect((performance.now() - start) / 100).toBeLessThan(20);
});
