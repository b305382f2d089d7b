import { describe, expect, test } from "vitest";
import type { Accelerator, AcceleratorDetails } from "#engine/machine.ts";
import { gibToBytes, mibToBytes } from "#engine/units.ts";
import { sharedMemoryText, usableMemory } from "#shared/usable-memory.ts";
import { cardOf, machineOf, unifiedGpu } from "../fixtures/machine.ts";

interface Case {
  readonly of: string;
  readonly totalMiB: number | null;
  readonly freeMiB?: number;
  readonly kind?: Accelerator["memoryKind"];
  readonly details?: Partial<AcceleratorDetails>;
  readonly lines: readonly string[];
}

function acceleratorOf({ totalMiB, freeMiB, kind = "dedicated", details = {} }: Case): Accelerator {
  const memoryBytes = totalMiB === null ? null : mibToBytes(totalMiB);
  const memoryFreeBytes = freeMiB === undefined ? null : mibToBytes(freeMiB);
  const vendor = kind === "unified" ? "apple" : "nvidia";
  return { ...unifiedGpu(vendor, memoryBytes, details), memoryKind: kind, memoryFreeBytes };
}

/** The sum in a computer that has this accelerator and 64 GiB of RAM. */
function usable(accelerator: Accelerator) {
  return usableMemory(accelerator, { ...machineOf([], 64), accelerators: [accelerator] });
}

function sumOf(accelerator: Accelerator): readonly string[] {
  return usable(accelerator).lines.map(({ sign, label, text }) => `${sign} ${label}: ${text}`.trim());
}

test.each<Case>([
  {
    of: "a card whose driver tells everything",
    totalMiB: 24_564,
    freeMiB: 22_528,
    details: { memoryReservedBytes: mibToBytes(500) },
    lines: [
      "Reported total: 23.99 GiB",
      "− Reserve: 0.50 GiB",
      "= Usable when idle: 23.49 GiB",
      "− In use now: 1.50 GiB",
      "= Usable right now: 21.99 GiB",
    ],
  },
  {
    of: "a card whose driver keeps more than the usual reserve",
    totalMiB: 81_559,
    freeMiB: 80_919,
    details: { memoryReservedBytes: mibToBytes(640) },
    lines: [
      "Reported total: 79.65 GiB",
      "− Reserve: 0.63 GiB",
      "= Usable when idle: 79.02 GiB",
      "− In use now: 0.00 GiB",
      "= Usable right now: 79.02 GiB",
    ],
  },
  {
    of: "a card that displays and programs share",
    totalMiB: 24_564,
    freeMiB: 22_528,
    details: {
      memoryReservedBytes: mibToBytes(500),
      isDisplayAttached: true,
      memoryHolders: [
        { programName: "Xorg", kind: "graphics", usedBytes: mibToBytes(512) },
        { programName: "python3", kind: "compute", usedBytes: mibToBytes(1000) },
      ],
    },
    lines: [
      "Reported total: 23.99 GiB",
      "− Reserve: 0.50 GiB",
      "= Usable when idle: 23.49 GiB",
      "− Displays and drawing now: 0.50 GiB",
      "− Otherwise in use now: 1.00 GiB",
      "= Usable right now: 21.99 GiB",
    ],
  },
  {
    of: "a card whose reserve nobody tells",
    totalMiB: 8192,
    freeMiB: 7168,
    lines: [
      "Reported total: 8.00 GiB",
      "− Reserve: 0.50 GiB",
      "= Usable when idle: 7.50 GiB",
      "− In use now: 1.00 GiB",
      "= Usable right now: 6.50 GiB",
    ],
  },
  {
    of: "a card of which only the total is known",
    totalMiB: 8192,
    lines: [
      "Reported total: 8.00 GiB",
      "− Reserve: 0.50 GiB",
      "= Usable when idle: 7.50 GiB",
      "− In use now: not reported",
      "= Usable right now: not known",
    ],
  },
  {
    of: "a card that tells what is in use and not what is free",
    totalMiB: 8192,
    details: { memoryUsedBytes: mibToBytes(2048), memoryReservedBytes: mibToBytes(1024) },
    lines: [
      "Reported total: 8.00 GiB",
      "− Reserve: 1.00 GiB",
      "= Usable when idle: 7.00 GiB",
      "− In use now: 2.00 GiB",
      "= Usable right now: not known",
    ],
  },
  {
    of: "an Apple GPU, of which one program may keep a part",
    totalMiB: 65_536,
    freeMiB: 40_960,
    kind: "unified",
    details: { workingSetLimitBytes: mibToBytes(49_152) },
    lines: [
      "Reported total: 64.00 GiB",
      "− Kept from a single program: 16.00 GiB",
      "− Reserve: 0.06 GiB",
      "= Usable when idle: 47.94 GiB",
      "− In use now: 8.00 GiB",
      "= Usable right now: 39.94 GiB",
    ],
  },
  { of: "a card whose size nobody knows", totalMiB: null, lines: ["= Usable right now: not known"] },
])("the sum of $of", (row) => {
  expect(sumOf(acceleratorOf(row))).toEqual(row.lines);
});

describe("what the sum leaves to say", () => {
  test.each<{
    details: Partial<AcceleratorDetails>;
    kind: Accelerator["memoryKind"];
    notes: readonly string[];
  }>([
    { details: {}, kind: "dedicated", notes: [] },
    {
      details: { isDisplayAttached: true },
      kind: "dedicated",
      notes: ["A display is attached: what it takes is part of what is in use."],
    },
    {
      details: { carveOutBytes: gibToBytes(8), sharedRamBytes: gibToBytes(16) },
      kind: "unified",
      notes: [
        "8.0 GiB of the total is set aside for it by the firmware and is no RAM.",
        "16.0 GiB of the total is ordinary RAM that it may use.",
      ],
    },
    {
      details: {},
      kind: "unified",
      notes: ["It is the computer's RAM: what programs take of that is gone for models."],
    },
  ])("$kind, $details", ({ details, kind, notes }) => {
    const accelerator = { ...unifiedGpu("amd", gibToBytes(24), details), memoryKind: kind };
    expect(usable(accelerator).notes).toEqual(notes);
  });
});

test("more said to be free than there can be is said to be inexact", () => {
  const accelerator = acceleratorOf({
    of: "",
    totalMiB: 8192,
    freeMiB: 8192,
    details: { memoryReservedBytes: mibToBytes(512) },
    lines: [],
  });
  expect(usable(accelerator).notes).toEqual([
    "The driver keeps the whole reserve for itself.",
    "More is said to be free than the driver leaves: one of the two is inexact.",
  ]);
});

test("an accelerator that was typed in has a sum as well", () => {
  expect(sumOf(cardOf("GPU", gibToBytes(24)))[0]).toBe("Reported total: 24.00 GiB");
});

describe("memory that is the computer's RAM", () => {
  const textOf = (gpu: Accelerator, ramGiB: number): string | null => {
    const machine = machineOf([gpu], ramGiB);
    return machine.accelerators.map((one) => sharedMemoryText(one, machine))[0] ?? null;
  };

  test("says so, and how much of it the GPU may take", () => {
    expect(textOf(unifiedGpu("apple", gibToBytes(192)), 192)).toBe(
      "This is the computer's RAM, not memory beside it; the GPU may take 144.0 GiB of it.",
    );
    expect(textOf(unifiedGpu("amd", gibToBytes(64), { carveOutBytes: gibToBytes(4) }), 124)).toBe(
      "All but 4.0 GiB of this is the computer's RAM, not memory beside it; the GPU may take 64.0 GiB of it.",
    );
  });

  test("of unknown size says the one thing that is known", () => {
    expect(textOf(unifiedGpu("apple", null), 16)).toBe("This is the computer's RAM, not memory beside it.");
  });

  test("is not what a card has of its own", () => {
    expect(textOf(cardOf("RTX 4090", gibToBytes(24)), 64)).toBeNull();
  });
});
