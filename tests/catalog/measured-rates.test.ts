import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { readMeasuredRates, withMeasuredRates, writeMeasuredRates } from "#catalog/own/measured-rates.ts";
import { isMachineRate, type MachineRate } from "#engine/speed/calibration/machine-rate.ts";
import { ratesOfMachine } from "#engine/speed/calibration/rates-of-machine.ts";
import { machineOf } from "../fixtures/machine.ts";

const RATE: MachineRate = {
  machine: "NVIDIA GeForce RTX 3090 + AMD Ryzen 9 5950X",
  test: "decode",
  tokensPerSecond: 101.5,
  modelId: "llama-3.1-8b",
  quantization: "Q4_K_M",
  backend: "cuda",
  runtimeId: "llama.cpp",
  depth: 0,
  tokenCount: 128,
};

let folder = "";

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "fitment-rates-"));
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

test("what is written is read; no file is no rate", async () => {
  expect(await readMeasuredRates(folder)).toEqual({ kind: "ok", rates: [] });
  await writeMeasuredRates(path.join(folder, "new"), [RATE]);
  expect(await readMeasuredRates(path.join(folder, "new"))).toEqual({ kind: "ok", rates: [RATE] });
});

test.each([
  ["no JSON", "{"],
  ["another form", '{"rates": {}}'],
  ["a rate of nothing", JSON.stringify({ rates: [{ ...RATE, tokensPerSecond: 0 }] })],
  ["a packing nobody knows", JSON.stringify({ rates: [{ ...RATE, quantization: "Q99" }] })],
])("a broken file is said in a note, and the machine stays: %s", async (_case, content) => {
  await writeFile(path.join(folder, "measured-rates.json"), content);
  const machine = machineOf([], 32);
  const { notes, measuredRates } = await withMeasuredRates(machine, folder);
  expect(measuredRates).toBeUndefined();
  expect(notes.at(-1)).toMatch(/^Measured rates: .*measured-rates\.json/);
});

test.each<[string, unknown]>([
  ["null", null],
  ["a text", "fast"],
  ["a negative depth", { ...RATE, depth: -1 }],
  ["no number", { ...RATE, tokensPerSecond: Number.NaN }],
  ["an unknown back end", { ...RATE, backend: "opencl" }],
])("%s is no rate", (_case, value) => {
  expect(isMachineRate(value)).toBe(false);
});

test("rates of other parts do not count", () => {
  const machine = { ...machineOf([], 32), measuredRates: [RATE] };
  expect(ratesOfMachine(machine)).toEqual([]);
});
