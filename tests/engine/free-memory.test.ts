import { describe, expect, test } from "vitest";
import { giveFreeMemory, parseFreeMemory } from "#engine/free-memory.ts";
import { gibToBytes } from "#engine/units.ts";
import { cardOf, machineOf, unifiedGpu } from "../fixtures/machine.ts";

const MACHINE = machineOf([cardOf("First", gibToBytes(24)), cardOf("Second", gibToBytes(12))], 64);

function freeGib(texts: readonly string[]): readonly (number | null)[] {
  const freed = giveFreeMemory(MACHINE, texts.map(parseFreeMemory));
  if (freed.kind === "failed") throw new Error(freed.message);
  return freed.machine.accelerators.map(({ memoryFreeBytes }) =>
    memoryFreeBytes === null ? null : memoryFreeBytes / gibToBytes(1),
  );
}

test.each([
  { texts: [], free: [null, null] },
  { texts: ["10GiB"], free: [10, 10] },
  { texts: ["0=20GiB"], free: [20, null] },
  { texts: ["1 = 8GiB"], free: [null, 8] },
  { texts: ["10GiB", "0=20GiB"], free: [20, 10] },
  { texts: ["0=20GiB", "10GiB"], free: [20, 10] },
  { texts: ["0=0GiB", "1=0"], free: [0, 0] },
  { texts: ["1=6"], free: [null, 6] },
])("$texts leaves $free GiB free", ({ texts, free }) => {
  expect(freeGib(texts)).toEqual(free);
});

test.each([
  { texts: ["20GiB"], said: "20 GiB cannot be free: Second has 12 GiB in all." },
  { texts: ["2=1GiB"], said: "no accelerator 2: they are counted from 0, here 0 to 1" },
  { texts: ["0=1GiB", "0=2GiB"], said: "accelerator 0 is given twice" },
  { texts: ["1GiB", "2GiB"], said: "all accelerators is given twice" },
  { texts: ["0="], said: '"" is not a memory size' },
  { texts: ["lots"], said: '"lots" is not a memory size' },
])("$texts is refused: $said", ({ texts, said }) => {
  const freed = giveFreeMemory(MACHINE, texts.map(parseFreeMemory));
  expect(freed).toMatchObject({ kind: "failed", message: expect.stringContaining(said) as unknown });
});

test("without an accelerator there is nothing to give", () => {
  expect(giveFreeMemory(machineOf([], 64), [parseFreeMemory("1GiB")])).toMatchObject({ kind: "failed" });
});

describe("what is given", () => {
  test("is marked in the notes and outdoes what a tool read", () => {
    const gpu = {
      ...unifiedGpu("nvidia", gibToBytes(24), { memoryUsedBytes: gibToBytes(1) }),
      witnesses: [{ fact: "memoryFreeBytes", value: 5, source: "nvidia-smi", command: null, isChosen: true }],
    };
    const freed = giveFreeMemory(machineOf([gpu], 64), [parseFreeMemory("20GiB")]);
    if (freed.kind === "failed") throw new Error(freed.message);
    expect(freed.machine.notes).toEqual(["nvidia GPU: 20 GiB free, as given."]);
    const [accelerator] = freed.machine.accelerators;
    expect(accelerator?.details?.memoryUsedBytes).toBeNull();
    expect(accelerator?.witnesses?.map(({ source, isChosen }) => [source, isChosen])).toEqual([
      ["nvidia-smi", false],
      ["given", true],
    ]);
  });

  test("without a unit is read as GiB, and the note says so", () => {
    const freed = giveFreeMemory(MACHINE, [parseFreeMemory("0=20")]);
    expect(freed).toMatchObject({
      machine: { notes: ["Free memory: 20 is read as 20 GiB.", "First: 20 GiB free, as given."] },
    });
  });
});
