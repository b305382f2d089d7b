import { describe, expect, test } from "vitest";
import { bytesToMib } from "#engine/units.ts";
import { parseSyclLs } from "#probe/intel/sycl-ls.ts";
import { parseXpuSmiDetails, parseXpuSmiDiscovery } from "#probe/intel/xpu-smi.ts";
import { captureText, capturesOf, HAS_CAPTURES } from "../captures.ts";

describe.skipIf(!HAS_CAPTURES)("captured xpu-smi", () => {
  const lists = capturesOf("xpu-smi").filter(({ path }) => path.includes("discovery"));

  test.each(lists)("$path: $names", ({ path, names }) => {
    const cards = parseXpuSmiDiscovery(captureText(path));
    expect(cards.map(({ number, facts }) => [number, facts.name])).toEqual([[0, names]]);
    expect(cards[0]?.facts.pciAddress).toMatch(/^0000:[0-9a-f]{2}:00\.0$/);
  });

  test.each([
    ["detail-b580-memory-lines.txt", 12_216],
    ["detail-zero-memory.txt", null],
  ])("%s: %s MiB", (file, mib) => {
    const { memoryTotalBytes } = parseXpuSmiDetails(captureText(`xpu-smi/${file}`));
    expect(memoryTotalBytes === null ? null : bytesToMib(memoryTotalBytes)).toBe(mib);
  });
});

describe.skipIf(!HAS_CAPTURES)("captured sycl-ls", () => {
  test.each([
    ["2x-max-1550-fpga-emulation.txt", Array(2).fill("Intel(R) Data Center GPU Max 1550")],
    ["arc-a310-plus-iris-xe.txt", ["Intel(R) Arc(TM) A310 LP Graphics", "Intel(R) Iris(R) Xe Graphics"]],
    ["arc-a770-plus-uhd730.txt", ["Intel(R) Arc(TM) A770 Graphics", "Intel(R) UHD Graphics 730"]],
    ["arc-pro-b70-plus-igpu-rusticl.txt", ["Intel(R) Arc(TM) Pro B70 Graphics", "Intel(R) Graphics"]],
    ["meteorlake-165h.txt", ["Intel(R) Graphics [0x7d55]"]],
  ])("%s: each GPU once, no processor, no emulator", (file, names) => {
    expect(parseSyclLs(captureText(`sycl-ls/${file}`)).map(({ name }) => name)).toEqual(names);
  });
});
