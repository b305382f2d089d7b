import path from "node:path";
import { expect, test } from "vitest";
import { changeMachine, isChanged, NO_CHANGE, type HardwareChange } from "#engine/changed-machine.ts";
import { gibToBytes } from "#engine/units.ts";
import { loadCatalog } from "../../src/catalog/load.ts";
import { fixtureMachine } from "../cli/terminal.ts";

const { cards } = await loadCatalog(path.join(import.meta.dirname, "../../catalog"));
const MACHINE = fixtureMachine("two-unlike-cards");

test.each([
  { change: {}, names: ["NVIDIA GeForce RTX 4090", "NVIDIA GeForce RTX 3060"], ramGib: 128 },
  { change: { leftOutIds: ["gpu-1"] }, names: ["NVIDIA GeForce RTX 4090"], ramGib: 128 },
  { change: { leftOutIds: ["gpu-0", "gpu-1"] }, names: [], ramGib: 128 },
  { change: { ram: "64GiB" }, names: ["NVIDIA GeForce RTX 4090", "NVIDIA GeForce RTX 3060"], ramGib: 64 },
  {
    change: { leftOutIds: ["gpu-1"], added: ["RTX 4090", "GPU@8GiB"], ram: "32GiB" },
    names: ["NVIDIA GeForce RTX 4090", "NVIDIA GeForce RTX 4090", "GPU with 8 GiB"],
    ramGib: 32,
  },
])("$change gives $names and $ramGib GiB of RAM", ({ change, names, ramGib }) => {
  const whole: HardwareChange = { ...NO_CHANGE, ...change };
  const changed = changeMachine(MACHINE, whole, cards);
  if (changed.kind === "failed") throw new Error(changed.message);
  expect(changed.machine.accelerators.map(({ name }) => name)).toEqual(names);
  expect(new Set(changed.machine.accelerators.map(({ id }) => id)).size).toBe(names.length);
  expect(changed.machine.ram.totalBytes).toBe(gibToBytes(ramGib));
  expect(changed.machine.notes.length > 0).toBe(isChanged(whole));
});

test.each([
  [{ added: ["RTX 9999"] }, "RTX 9999"],
  [{ added: ["0x RTX 4090"] }, "0"],
  [{ ram: "lots" }, "lots"],
  [{ freeById: { "gpu-0": "40GiB" } }, "40 GiB cannot be free"],
])("%j is refused with what is wrong", (change, said) => {
  const changed = changeMachine(MACHINE, { ...NO_CHANGE, ...change }, cards);
  expect(changed).toMatchObject({ kind: "failed", message: expect.stringContaining(said) as unknown });
});

test("what is free is given of a detected card by its id, whatever is left out before it", () => {
  const freeById = { "gpu-1": "8GiB", "gpu-of-another-day": "1GiB" };
  const changed = changeMachine(MACHINE, { ...NO_CHANGE, leftOutIds: ["gpu-0"], freeById }, cards);
  if (changed.kind === "failed") throw new Error(changed.message);
  expect(changed.machine.accelerators.map(({ memoryFreeBytes }) => memoryFreeBytes)).toEqual([gibToBytes(8)]);
  expect(changed.machine.notes).toContain("NVIDIA GeForce RTX 3060: 8 GiB free, as given.");
  expect(isChanged({ ...NO_CHANGE, freeById })).toBe(true);
});
