import { describe, expect, test } from "vitest";
import type { OperatingSystem, Processor } from "../../src/engine/machine.ts";
import {
  acceleratorMemory,
  coresText,
  failedSourcesText,
  freeText,
  memoryKindText,
  ramCopyText,
  ramMemory,
  systemText,
} from "../../src/shared/machine-text.ts";
import { cardOf, machineOf, unifiedGpu } from "../fixtures/machine.ts";
import { GIB, MIB } from "./fits.ts";

describe("an accelerator's memory", () => {
  const TOTAL_24 = { totalBytes: 24 * GIB, totalText: "24.0 GiB" };
  const NO_TOTAL = { totalBytes: null, totalText: "Size not known" };

  test.each([
    { ...TOTAL_24, freeBytes: 23 * GIB, useText: "23.0 GiB free, 1.0 GiB in use", usedFraction: 1 / 24 },
    { ...TOTAL_24, freeBytes: 24 * GIB, useText: "24.0 GiB free, 0 MiB in use", usedFraction: 0 },
    { ...TOTAL_24, freeBytes: 0, useText: "0 MiB free, 24.0 GiB in use", usedFraction: 1 },
    { ...TOTAL_24, freeBytes: 24 * GIB + MIB, useText: "24.0 GiB free, 0 MiB in use", usedFraction: 0 },
    { ...TOTAL_24, freeBytes: null, useText: "free memory not known", usedFraction: null },
    { ...NO_TOTAL, freeBytes: 4 * GIB, useText: "4.0 GiB free", usedFraction: null },
    { ...NO_TOTAL, freeBytes: null, useText: "free memory not known", usedFraction: null },
  ])("$totalText, of it $freeBytes bytes free: $useText", ({ totalBytes, freeBytes, ...expected }) => {
    const accelerator = { ...cardOf("card", totalBytes), memoryFreeBytes: freeBytes };
    expect(acceleratorMemory(accelerator)).toEqual(expected);
  });
});

test.each([
  [20 * GIB, "20.0 GiB, detected"],
  [0, "0 MiB, detected"],
  [null, "not known"],
])("%s bytes free: %s", (memoryFreeBytes, text) => {
  expect(freeText({ ...cardOf("card", 24 * GIB), memoryFreeBytes })).toBe(text);
});

test("what the driver keeps for itself is neither free nor in use", () => {
  const memoryReservedBytes = 436 * MIB;
  const gpu = unifiedGpu("nvidia", 24_564 * MIB, { memoryReservedBytes });
  const { useText, usedFraction } = acceleratorMemory({ ...gpu, memoryFreeBytes: 23_104 * MIB });
  expect(useText).toBe("22.6 GiB free, 1.0 GiB in use");
  expect(usedFraction).toBeCloseTo(1460 / 24_564, 6);
});

test.each([
  [32 * GIB, 20 * GIB, "20.0 GiB available, 12.0 GiB in use"],
  [32 * GIB, null, "available memory not known"],
])("RAM of %d bytes with %d available", (totalBytes, availableBytes, useText) => {
  expect(ramMemory({ totalBytes, availableBytes, source: "test" }).useText).toBe(useText);
});

test.each([
  [
    { bytesPerSecond: 14.83e9, threadCount: 2 },
    "15 GB/s when copied on 2 threads, bytes read and written counted",
  ],
  [
    { bytesPerSecond: 7.14e9, threadCount: 1 },
    "7.1 GB/s when copied on one thread, bytes read and written counted",
  ],
  [
    { bytesPerSecond: 312e9, threadCount: 8 },
    "310 GB/s when copied on 8 threads, bytes read and written counted",
  ],
])("measured: %j", (copy, text) => {
  const ram = { totalBytes: null, availableBytes: null, source: "test" };
  expect(ramCopyText({ ...ram, copy: { ...copy, source: "measured" } })).toBe(text);
  expect(ramCopyText(ram)).toBeNull();
});

test("what kind of memory it is", () => {
  expect(memoryKindText("dedicated")).toBe("VRAM");
  expect(memoryKindText("unified")).toBe("Unified memory, shared with the processor");
});

const PROCESSOR: Processor = {
  name: null,
  vendor: null,
  physicalCoreCount: null,
  threadCount: null,
  source: "test",
};

test.each([
  [16, 32, "16 cores, 32 threads"],
  [1, 1, "1 core, 1 thread"],
  [8, null, "8 cores"],
  [null, 12, "12 threads"],
  [null, null, "Number of cores not known"],
])("%s cores and %s threads", (physicalCoreCount, threadCount, text) => {
  expect(coresText({ ...PROCESSOR, physicalCoreCount, threadCount })).toBe(text);
});

const SYSTEM: OperatingSystem = {
  platform: null,
  name: null,
  release: null,
  architecture: null,
  source: "test",
};

test.each<[Partial<OperatingSystem>, string]>([
  [
    { platform: "linux", name: "Debian GNU/Linux", release: "12", architecture: "x64" },
    "Debian GNU/Linux 12, x64",
  ],
  [{ platform: "linux", architecture: "arm64" }, "linux, arm64"],
  [{ name: "Windows 11" }, "Windows 11"],
  [{ architecture: "x64" }, "x64"],
  [{}, ""],
])("%o", (known, text) => {
  expect(systemText({ ...SYSTEM, ...known })).toBe(text);
});

test.each([
  [[], null],
  [["nvidia-smi"], "nvidia-smi did not answer."],
  [["nvidia-smi", "lspci"], "nvidia-smi and 1 other source did not answer."],
  [["nvidia-smi", "lspci", "lscpu"], "nvidia-smi and 2 other sources did not answer."],
])("however many sources failed (%j), one line says so", (names, text) => {
  const failed = names.map((name) => ({ name, status: "failed", message: "", elapsedMs: 1 }) as const);
  const answered = { name: "Node", status: "ok", message: "", elapsedMs: 1 } as const;
  expect(failedSourcesText({ ...machineOf([], 16), probes: [answered, ...failed] })).toBe(text);
});
