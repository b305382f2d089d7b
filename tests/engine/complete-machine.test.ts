import path from "node:path";
import { expect, test } from "vitest";
import { completeMachine } from "#engine/complete-machine.ts";
import type { Accelerator, AcceleratorDetails, MachineReport } from "#engine/machine.ts";
import { gibToBytes } from "#engine/units.ts";
import { loadCatalog } from "../../src/catalog/load.ts";
import { fixtureMachine } from "../cli/terminal.ts";

const { cards } = await loadCatalog(path.join(import.meta.dirname, "../../catalog"));

function machineWith(change: Partial<Accelerator>): MachineReport {
  const base = fixtureMachine("rtx-4090");
  return {
    ...base,
    accelerators: base.accelerators.map((one) => ({ ...one, memoryTotalBytes: null, ...change })),
  };
}

function details(deviceKind: AcceleratorDetails["deviceKind"]): AcceleratorDetails {
  return { deviceKind } as AcceleratorDetails; // the rest is not looked at
}

test.each([
  { of: "a card known by name", change: { name: "AMD Radeon RX 7900 XTX", vendor: "amd" as const }, gib: 24 },
  { of: "a card of two sizes", change: { name: "NVIDIA GeForce RTX 4060 Ti" }, gib: null },
  { of: "a card nobody knows", change: { name: "Some GPU" }, gib: null },
  { of: "another maker's card of that name", change: { vendor: "amd" as const }, gib: null },
  { of: "a slice of a card", change: { details: details("slice") }, gib: null },
  { of: "unified memory", change: { memoryKind: "unified" as const }, gib: null },
])("memory of $of: $gib GiB", ({ change, gib }) => {
  const machine = machineWith(change);
  const completed = completeMachine(machine, cards);
  const bytes = completed.accelerators[0]?.memoryTotalBytes ?? null;
  if (gib === null) {
    expect(completed).toBe(machine);
  } else {
    expect(Math.abs((bytes ?? 0) - gibToBytes(gib))).toBeLessThan(gibToBytes(0.1));
    expect(completed.accelerators[0]?.source).toMatch(/^card database: /);
    expect(completed.notes.at(-1)).toContain("No tool reports the memory of");
  }
});

test("what a tool reported is never replaced", () => {
  const machine = fixtureMachine("two-unlike-cards");
  expect(completeMachine(machine, cards)).toBe(machine);
});

test.each([
  { id: "1002:1900", vendor: "amd" as const, kind: "integrated" as const, name: null },
  { id: "10de:2684", vendor: "nvidia" as const, kind: "discrete" as const, name: "NVIDIA GeForce RTX 4090" },
  { id: "10de:2684", vendor: "nvidia" as const, kind: "virtual" as const, name: null },
  { id: "1002:1586", vendor: "amd" as const, kind: "integrated" as const, name: null },
])("a $kind device known as $id alone is called $name", ({ id, vendor, kind, name }) => {
  const bare = `${vendor.toUpperCase()} GPU (PCI device ${id})`;
  const change = { name: bare, vendor, details: { ...details(kind), pciDeviceId: id }, witnesses: [] };
  const machine = machineWith({ ...change, memoryTotalBytes: gibToBytes(24) });
  const [accelerator] = completeMachine(machine, cards).accelerators;
  expect(accelerator?.name).toBe(name ?? bare);
  if (name !== null) {
    expect(completeMachine(machine, cards).notes.at(-1)).toContain(id);
    expect(accelerator?.witnesses).toEqual([
      { fact: "name", value: name, source: `card database, by PCI id ${id}`, command: null, isChosen: true },
    ]);
  }
});

test.each([
  { processor: "AMD RYZEN AI MAX+ 395 w/ Radeon 8060S", name: "AMD Radeon 8060S" },
  { processor: "AMD Ryzen 9 9950X 16-Core Processor", name: null },
  { processor: null, name: null },
])("graphics that share their id in a $processor: $name", ({ processor, name }) => {
  for (const shown of ["AMD GPU (PCI device 1002:1586)", "AMD Radeon Graphics"]) {
    const machine = machineWith({
      name: shown,
      vendor: "amd",
      memoryKind: "unified",
      memoryTotalBytes: gibToBytes(62.5),
      details: { ...details("integrated"), pciDeviceId: "1002:1586" },
      witnesses: [],
    });
    const inside = { ...machine, processor: { ...machine.processor, name: processor } };
    const completed = completeMachine(inside, cards);
    expect(completed.accelerators[0]?.name).toBe(name ?? shown);
    if (name !== null) expect(completed.accelerators[0]?.witnesses?.[0]?.source).toContain(processor);
  }
});
