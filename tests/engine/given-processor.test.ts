import path from "node:path";
import { describe, expect, test } from "vitest";
import { changeMachine, isChanged, NO_CHANGE } from "#engine/changed-machine.ts";
import {
  giveProcessor,
  NO_PROCESSOR_CHANGE,
  type ProcessorChange,
} from "#engine/hardware/given-processor.ts";
import type { MachineReport } from "#engine/machine.ts";
import { speedRam } from "#engine/speed/speed-device.ts";
import { readSavedReport } from "#probe/saved-report.ts";
import { loadCatalog } from "../../src/catalog/load.ts";
import { fixtureMachine } from "../cli/terminal.ts";

const { cards } = await loadCatalog(path.join(import.meta.dirname, "../../catalog"));
const MACHINE = fixtureMachine("two-unlike-cards");

function given(change: Partial<ProcessorChange>, machine = MACHINE): MachineReport {
  const result = giveProcessor(machine, { ...NO_PROCESSOR_CHANGE, ...change });
  if (result.kind === "failed") throw new Error(result.message);
  return result.machine;
}

describe("each field of the processor is given by itself, and said to be", () => {
  test("cores alone: the name stays, threads are no longer known", () => {
    const { processor, ram, notes } = given({ cores: " 12 " });
    expect(processor).toMatchObject({
      name: MACHINE.processor.name,
      physicalCoreCount: 12,
      threadCount: null,
      source: `given (cores); else ${MACHINE.processor.source}`,
    });
    expect(ram).toEqual(MACHINE.ram);
    expect(notes).toContain("Processor: 12 cores, as given.");
  });

  test("a name alone: the cores stay, what the old one can do does not", () => {
    const machine = { ...MACHINE, processor: { ...MACHINE.processor, instructionSets: ["avx2"] } };
    const { processor } = given({ name: "AMD Ryzen 9 9950X" }, machine);
    expect(processor.physicalCoreCount).toBe(MACHINE.processor.physicalCoreCount);
    expect(processor.name).toBe("AMD Ryzen 9 9950X");
    expect(processor).not.toHaveProperty("instructionSets");
  });

  test("nothing given leaves the machine as it is", () => {
    expect(given({})).toBe(MACHINE);
  });
});

test.each([
  ["90GB/s", 90e9, undefined],
  ["89.6 gb/s", 89.6e9, undefined],
  ["60GB/s measured", null, 60e9],
])("a RAM bandwidth of %s is %s known, %s copied, whatever modules and copy say", (text, known, copied) => {
  const copy = { bytesPerSecond: 15e9, threadCount: 2, source: "measured here" };
  const { ram } = given({ ramBandwidth: text }, { ...MACHINE, ram: { ...MACHINE.ram, copy } });
  const { bandwidthBytesPerSecond, copyBytesPerSecond } = speedRam(ram);
  expect("value" in bandwidthBytesPerSecond ? bandwidthBytesPerSecond.value : null).toBe(known);
  expect(copyBytesPerSecond).toBe(copied);
});

test.each([
  [{ cores: "0" }, "not a number of cores"],
  [{ cores: "many" }, "not a number of cores"],
  [{ cores: "5000" }, "from 1 to 4096"],
  [{ name: " " }, "empty"],
  [{ ramBandwidth: "90" }, "not a bandwidth"],
  [{ ramBandwidth: "90GiB" }, "not a bandwidth"],
  [{ ramBandwidth: "0GB/s" }, "no bandwidth of RAM"],
  [{ ramBandwidth: "90000GB/s" }, "no bandwidth of RAM"],
])("%j is refused with what is wrong", (change, said) => {
  const result = giveProcessor(MACHINE, { ...NO_PROCESSOR_CHANGE, ...change });
  expect(result).toMatchObject({ kind: "failed", message: expect.stringContaining(said) as unknown });
});

test("a change of the processor counts as one beside other changes, and can be put back by itself", () => {
  const processor = { ...NO_PROCESSOR_CHANGE, cores: "4" };
  const change = { ...NO_CHANGE, added: ["RTX 3090"], ram: "64GiB", processor };
  const changed = changeMachine(MACHINE, change, cards);
  if (changed.kind === "failed") throw new Error(changed.message);
  expect(changed.machine.processor.physicalCoreCount).toBe(4);
  expect(changed.machine.accelerators).toHaveLength(3);
  expect(isChanged({ ...NO_CHANGE, processor })).toBe(true);
  const back = changeMachine(MACHINE, { ...change, processor: NO_PROCESSOR_CHANGE }, cards);
  expect(back.kind === "ok" && back.machine.processor).toEqual(MACHINE.processor);
});

test("a machine with a given bandwidth is read back as it was saved", () => {
  const machine = given({ ramBandwidth: "60GB/s measured" });
  expect(readSavedReport(JSON.parse(JSON.stringify(machine)))).toEqual({ kind: "ok", machine });
});
