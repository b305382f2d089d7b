import { describe, expect, test } from "vitest";
import { bytesToMib } from "#engine/units.ts";
import { parseFullReport } from "#probe/nvidia/full-report.ts";
import type { NvidiaGpu } from "#probe/nvidia/gpu-row.ts";
import { parseList } from "#probe/nvidia/list.ts";
import { parseTable } from "#probe/nvidia/table.ts";
import { parseTopology } from "#probe/nvidia/topology.ts";
import { captureText, capturesOf, HAS_CAPTURES } from "../captures.ts";
import { expectedMemoryMib, expectedNames } from "../expectations.ts";

function memoryMib(gpus: readonly NvidiaGpu[]): readonly (number | null)[] {
  return gpus.map(({ facts: { memoryTotalBytes } }) =>
    memoryTotalBytes === null ? null : bytesToMib(memoryTotalBytes),
  );
}

describe.skipIf(!HAS_CAPTURES)("captured tables", () => {
  test.each(capturesOf("nvidia-smi"))("$path: $gpuCount", (capture) => {
    const gpus = parseTable(captureText(capture.path));
    expect(gpus.length).toBe(capture.gpuCount);
    expect(memoryMib(gpus)).toEqual(expectedMemoryMib(capture, gpus.length));
    expect(gpus.map(({ facts, isBroken }) => (isBroken ? "ERR!" : facts.name))).toEqual(
      expectedNames(capture, gpus.length),
    );
  });

  test.each([
    ["450-mig-only-last-gpu-has-slice.txt", [[], [4_864]]],
    ["515-86-01-mig-enabled-no-slices.txt", [[]]],
    ["535-161-08-mig-a100-one-slice.txt", [[9_856]]],
    ["580-126-09-mig-a100-two-slices-cut.txt", [[20_096, 9_984]]],
    ["610-43-02-mig-host-2gpus-8slices.txt", [Array(4).fill(24_192), Array(4).fill(24_192)]],
    ["610-43-02-mig-inside-container-na.txt", [[24_192]]],
  ])("%s: slices of %j MiB", (file, slices) => {
    const gpus = parseTable(captureText(`nvidia-smi/${file}`));
    expect(gpus.every(({ isMigOn }) => isMigOn)).toBe(true);
    expect(gpus.map((gpu) => gpu.slices.map(({ facts }) => bytesToMib(facts.memoryTotalBytes ?? 0)))).toEqual(
      slices,
    );
  });

  test.each([
    ["390-42-mx150.txt", "390.42"],
    ["610-57-04-kmd-header-gtx1650.txt", "610.57.04"],
    ["617-14-kmd-header-rtx3050-laptop-wddm.txt", "617.14"],
    ["wsl2-565-77-01-smi-566-36-driver-4090laptop.txt", "566.36"],
    ["550-78-rtx4070ti.txt", "550.78"],
    ["mixed-gtx1070-p40-no-version-line.txt", null],
  ])("%s: driver %s", (file, driver) => {
    expect(parseTable(captureText(`nvidia-smi/${file}`))[0]?.facts.driverVersion).toBe(driver);
  });

  test("cards under TCC and WDDM side by side", () => {
    const gpus = parseTable(captureText("nvidia-smi/442-92-tcc-and-wddm-mixed.txt"));
    expect(gpus.map(({ facts }) => facts.driverModel)).toEqual(["TCC", "TCC", "WDDM"]);
  });

  test("who holds a slice's memory", () => {
    const gpus = parseTable(captureText("nvidia-smi/610-43-02-mig-host-2gpus-8slices.txt"));
    expect(gpus.map(({ memoryHolders }) => memoryHolders)).toEqual([
      [],
      [{ programName: "python3", kind: "compute", usedBytes: 1_714 * 1024 * 1024 }],
    ]);
  });
});

describe.skipIf(!HAS_CAPTURES)("captured full reports", () => {
  test.each(capturesOf("nvidia-smi-xml"))("$path: $names, $vram", (capture) => {
    const gpus = parseFullReport(captureText(capture.path));
    expect(memoryMib(gpus)).toEqual(expectedMemoryMib(capture, gpus.length));
    expect(gpus.map(({ facts }) => facts.name)).toEqual(expectedNames(capture, gpus.length));
  });

  test.each([
    ["netdata-rtx-4090-driver-535.xml", "10de:2684", "1458:40bf"],
    ["netdata-rtx-3060.xml", "10de:2520", "1028:0a83"],
    ["telegraf-a10g.xml", null, null], // masked by who stored it
  ])("%s: device %s on board %s", (file, pciDeviceId, pciSubsystemId) => {
    const [gpu] = parseFullReport(captureText(`nvidia-smi-xml/${file}`));
    expect(gpu?.facts).toMatchObject(
      pciSubsystemId === null ? { pciDeviceId } : { pciDeviceId, pciSubsystemId },
    );
  });

  test.each([
    ["netdata-a100-sxm4-mig.xml", 2],
    ["telegraf-a100-sxm4-v12.xml", 4],
  ])("%s has %i slices, listed before the card's own total", (file, count) => {
    const [gpu] = parseFullReport(captureText(`nvidia-smi-xml/${file}`));
    expect(gpu?.isMigOn).toBe(true);
    expect(gpu?.slices.map(({ facts }) => bytesToMib(facts.memoryTotalBytes ?? 0))).toEqual(
      Array(count).fill(19_968),
    );
  });

  test.each([
    ["netdata-rtx-2080-win.xml", 275, "WDDM"],
    ["netdata-rtx-4090-driver-535.xml", 450, null],
    ["netdata-rtx-3060.xml", null, null],
  ])("%s: power limit %s W, driver model %s", (file, watts, driverModel) => {
    const [gpu] = parseFullReport(captureText(`nvidia-smi-xml/${file}`));
    expect(gpu?.facts).toMatchObject({ powerLimitWatts: watts, driverModel });
  });

  test("programs without their folders, which name people", () => {
    const [gpu] = parseFullReport(captureText("nvidia-smi-xml/netdata-rtx-2080-win.xml"));
    expect(gpu?.memoryHolders.slice(0, 2)).toEqual([
      { programName: "PhoneExperienceHost.exe", kind: "both", usedBytes: null },
      { programName: "a program", kind: "both", usedBytes: null },
    ]);
  });
});

describe.skipIf(!HAS_CAPTURES)("captured lists and matrices", () => {
  test("slices of a list belong to the card above them", () => {
    const cards = parseList(captureText("nvidia-smi-L/8x-a100-mixed-mig.txt"));
    expect(cards.map(({ index }) => index)).toEqual([0, 1, 3, 4, 5, 6]);
    expect(cards.map(({ sliceProfiles }) => [...sliceProfiles.values()])).toEqual([
      ["4g.40gb", "3g.40gb"],
      ["1g.10gb"],
      ["2g.20gb"],
      ["3g.40gb"],
      [],
      [],
    ]);
    expect(cards.every(({ name }) => name === "NVIDIA A100-SXM4-80GB")).toBe(true);
  });

  test("seven slices on one card", () => {
    const [card, ...others] = parseList(captureText("nvidia-smi-L/a100-seven-slices.txt"));
    expect([card?.sliceProfiles.size, others.length]).toEqual([7, 0]);
  });

  test.each([
    ["6x-h100-with-nics.txt", 6, "nvlink", 18],
    ["ml-engineering-2gpu-a.txt", 2, "nvlink", 2],
    ["ml-engineering-2gpu-b.txt", 2, "host-bridge", null],
    ["ml-engineering-8gpu-a.txt", 8, "nvlink", 12],
    ["ml-engineering-8gpu-b.txt", 8, "nvlink", 18],
    ["p5-48xlarge-8x-h100-nv18.txt", 8, "nvlink", 18],
  ])("%s: %i cards, %s %s", (file, cardCount, kind, linkCount) => {
    const links = parseTopology(captureText(`nvidia-smi-topo/${file}`));
    expect(links.length).toBe((cardCount * (cardCount - 1)) / 2);
    expect(links.every((link) => link.kind === kind && link.linkCount === linkCount)).toBe(true);
  });
});
