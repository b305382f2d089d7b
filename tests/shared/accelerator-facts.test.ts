import path from "node:path";
import { expect, test } from "vitest";
import type { Accelerator, Witness } from "#engine/machine.ts";
import { gibToBytes, mibToBytes } from "#engine/units.ts";
import { acceleratorFacts, memoryHolderTexts, type AcceleratorFact } from "#shared/accelerator-facts.ts";
import { loadCatalog } from "../../src/catalog/load.ts";
import { cardOf, unifiedGpu } from "../fixtures/machine.ts";

const { cards } = await loadCatalog(path.join(import.meta.dirname, "../../catalog"));

function witness(fact: string, value: Witness["value"], source: string, isChosen = false): Witness {
  return { fact, value, source, command: null, isChosen };
}

const RTX_4090: Accelerator = {
  ...unifiedGpu("nvidia", mibToBytes(24_564), {
    isDisplayAttached: true,
    memoryReservedBytes: mibToBytes(436),
  }),
  name: "NVIDIA GeForce RTX 4090",
  memoryKind: "dedicated",
  source: "nvidia-smi",
};

function factOf(accelerator: Accelerator, label: string): AcceleratorFact | undefined {
  return acceleratorFacts(accelerator, cards).find((fact) => fact.label === label);
}

test.each([
  { label: "Memory", text: "24.0 GiB", source: "nvidia-smi" },
  { label: "Kept by the driver", text: "436 MiB", source: "nvidia-smi" },
  { label: "Display", text: "attached", source: "nvidia-smi" },
  { label: "Compute capability", text: "8.9", source: "card database" },
  { label: "Architecture", text: "Ada Lovelace", source: "card database" },
  { label: "Memory bandwidth", text: "1008 GB/s", source: "card database" },
  { label: "FP16 on tensor units", text: "165 TFLOPS", source: "card database" },
])("an RTX 4090: $label is $text", ({ label, text, source }) => {
  const fact = factOf(RTX_4090, label);
  expect(fact).toMatchObject({ text, disagreement: null });
  expect(fact?.source).toContain(source);
});

test("what no tool told has no line, what the database lacks is unknown with the reason", () => {
  expect(factOf(RTX_4090, "Power limit")).toBeUndefined();
  expect(factOf(RTX_4090, "NVLink")?.text).toBeNull();
  expect(factOf(cardOf("Some GPU", null), "Memory")).toMatchObject({
    text: null,
    source: "no source says it",
  });
  expect(factOf(cardOf("Some GPU", null), "Memory bandwidth")?.source).toBe(
    "the card database has no Some GPU",
  );
});

const TOTAL = "memoryTotalBytes";

test.each<{ of: string; witnesses: readonly Witness[]; source: string; disagreement: string | null }>([
  {
    of: "two sources that say the same",
    witnesses: [
      witness(TOTAL, mibToBytes(24_564), "nvidia-smi", true),
      witness(TOTAL, mibToBytes(24_564), "registry"),
    ],
    source: "nvidia-smi, registry",
    disagreement: null,
  },
  {
    of: "a difference below 1 %",
    witnesses: [
      witness(TOTAL, mibToBytes(24_564), "nvidia-smi", true),
      witness(TOTAL, gibToBytes(24), "systeminformation"),
    ],
    source: "nvidia-smi",
    disagreement: null,
  },
  {
    of: "a difference above 1 %",
    witnesses: [
      witness(TOTAL, mibToBytes(24_564), "nvidia-smi", true),
      witness(TOTAL, gibToBytes(4), "systeminformation"),
    ],
    source: "nvidia-smi",
    disagreement: "24.0 GiB (nvidia-smi); systeminformation says 4.0 GiB",
  },
])("memory of $of", ({ witnesses, source, disagreement }) => {
  expect(factOf({ ...RTX_4090, witnesses }, "Memory")).toMatchObject({ source, disagreement });
});

test("the card database is heard where it contradicts a tool", () => {
  const accelerator = { ...RTX_4090, memoryTotalBytes: gibToBytes(22) };
  expect(factOf(accelerator, "Memory")?.disagreement).toBe(
    "22.0 GiB (nvidia-smi); card database says 24.0 GiB",
  );
});

test("a difference too small for the usual digits is shown with more of them", () => {
  const witnesses = [
    witness(TOTAL, mibToBytes(2048), "nvidia-smi", true),
    witness(TOTAL, mibToBytes(2080), "lspci"),
  ];
  const accelerator = { ...cardOf("Some GPU", mibToBytes(2048)), witnesses };
  expect(factOf(accelerator, "Memory")?.disagreement).toBe("2.00 GiB (nvidia-smi); lspci says 2.03 GiB");
});

test("what is free at two moments is no disagreement", () => {
  const witnesses = [
    witness("memoryFreeBytes", gibToBytes(20), "nvidia-smi", true),
    witness("memoryFreeBytes", gibToBytes(10), "another tool"),
  ];
  const accelerator = { ...RTX_4090, memoryFreeBytes: gibToBytes(20), witnesses };
  expect(factOf(accelerator, "Free now")).toMatchObject({ text: "20.0 GiB", disagreement: null });
});

test("who holds memory: the largest first, an unknown amount said and last", () => {
  const memoryHolders = [
    { programName: "gnome-shell", kind: "graphics", usedBytes: null },
    { programName: "Xorg", kind: "graphics", usedBytes: mibToBytes(300) },
    { programName: "python3", kind: "compute", usedBytes: gibToBytes(12) },
  ] as const;
  expect(memoryHolderTexts(unifiedGpu("nvidia", null, { memoryHolders }))).toEqual([
    "python3: 12.0 GiB, computing",
    "Xorg: 300 MiB, drawing",
    "gnome-shell: amount not reported, drawing",
  ]);
});

test.each([
  { of: "the chosen source", chosen: "nvidia-smi", readAt: "2026-11-25T14:30:00.000Z" },
  { of: "a source whose time was not written down", chosen: "lspci", readAt: null },
])("a fact was read when $of was", ({ chosen, readAt }) => {
  const witnesses: readonly Witness[] = [
    { ...witness(TOTAL, mibToBytes(24_564), "nvidia-smi"), readAt: "2026-11-25T14:30:00.000Z" },
    witness(TOTAL, mibToBytes(24_564), "lspci"),
  ].map((one) => ({ ...one, isChosen: one.source === chosen }));
  expect(factOf({ ...RTX_4090, witnesses }, "Memory")?.readAt).toBe(readAt);
});

test("what the card database says was not read at any time", () => {
  expect(factOf(RTX_4090, "Memory bandwidth")?.readAt).toBeNull();
});
