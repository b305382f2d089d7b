import { describe, expect, test } from "vitest";
import { bytesToMib } from "#engine/units.ts";
import { parseDxdiag } from "#probe/windows/dxdiag.ts";
import { parseRegistry } from "#probe/windows/registry.ts";
import { parseVideoControllers } from "#probe/windows/video-controllers.ts";
import { allCaptures, captureText, capturesOf, HAS_CAPTURES } from "../captures.ts";

function mib(bytes: number | null): number | null {
  return bytes === null ? null : bytesToMib(bytes);
}

describe.skipIf(!HAS_CAPTURES)("captured Win32_VideoController", () => {
  const captures = allCaptures().filter(({ path }) => path.startsWith("win32-videocontroller/"));

  test.each(captures)("$path: $gpuCount ($names)", ({ path, gpuCount }) => {
    const controllers = parseVideoControllers(captureText(path));
    expect(controllers.filter(({ setAside }) => setAside === null).length).toBe(gpuCount);
  });

  test.each([
    ["amd-radeon-rx6600xt.txt", [["AMD Radeon RX 6600 XT", null]]],
    ["radeon-pro-w7900-capped.txt", [["AMD Radeon PRO W7900", null]]],
    ["rtx3060-capped.txt", [["NVIDIA GeForce RTX 3060", null]]],
    [
      "apu-rtx3050ti-select.txt",
      [
        ["AMD Radeon(TM) Graphics", 512],
        ["NVIDIA GeForce RTX 3050 Ti Laptop GPU", null],
      ],
    ],
    [
      "intel-nvidia.txt",
      [
        ["Intel(R) HD Graphics 4600", 1_024],
        ["NVIDIA GeForce GTX 950", 2_048],
      ],
    ],
    [
      "two-virtual-intel-rtx5070ti.txt",
      [
        ["Intel(R) Graphics", 2_147_479_552 / 1024 / 1024],
        ["NVIDIA GeForce RTX 5070 Ti Laptop GPU", null],
      ],
    ],
  ])("%s: %j, nothing at the 4 GB cap", (file, expected) => {
    const real = parseVideoControllers(captureText(`win32-videocontroller/${file}`)).filter(
      ({ setAside }) => setAside === null,
    );
    expect(real.map(({ name, adapterRamBytes }) => [name, mib(adapterRamBytes)])).toEqual(expected);
  });

  test.each([
    ["intel-nvidia.txt", ["8086:0412", "10de:1402"]],
    ["nvidia-geforce-rtx-2060-super.txt", ["10de:1f06"]],
  ])("%s: device ids %j", (file, ids) => {
    const controllers = parseVideoControllers(captureText(`win32-videocontroller/${file}`));
    expect(controllers.map(({ facts }) => facts.pciDeviceId).filter((id) => id !== null)).toEqual(ids);
  });
});

describe.skipIf(!HAS_CAPTURES)("captured registry", () => {
  test.each([
    [
      "reg-query-arc-pro-b60-rx6800xt.txt",
      [
        ["Intel(R) Arc(TM) Pro B60 Graphics", 24_576],
        ["AMD Radeon RX 6800 XT", 16_384],
      ],
    ],
    [
      "reg-query-rtx4080super-virtual.txt",
      [
        ["Virtual Desktop Monitor", null],
        ["NVIDIA GeForce RTX 4080 SUPER", 16_376],
      ],
    ],
    ["nvidia-geforce-rtx-2060-super.reg.txt", [["NVIDIA GeForce RTX 2060 SUPER", 8_192]]],
    [
      "intel-nvidia.reg.txt",
      [
        ["NVIDIA GeForce GTX 950", 2_048],
        ["Intel(R) HD Graphics 4600", null],
      ],
    ],
  ])("%s: %j", (file, expected) => {
    const entries = parseRegistry(captureText(`win-registry/${file}`)).filter(
      ({ description }) => description !== null && !description.startsWith("Microsoft"),
    );
    expect(entries.map(({ description, memoryBytes }) => [description, mib(memoryBytes)])).toEqual(expected);
  });
});

/** "NVIDIA Dedicated 4043 MB; Intel Dedicated 112 MB": of cards with memory of their own. */
describe.skipIf(!HAS_CAPTURES)("captured dxdiag", () => {
  test.each(capturesOf("dxdiag"))("$path: $gpuCount ($names)", ({ path, gpuCount }) => {
    expect(parseDxdiag(captureText(path)).length).toBe(gpuCount);
  });

  test.each([
    ["gtx1060-two-monitors.txt", [6_052]],
    ["gtx1080-three-monitors.txt", [8_079]],
    ["gtx750-chinese.txt", [2_007]],
    ["gtx970-hd4600.txt", [4_043, null]],
    ["intel-rtx4060laptop-virtual.txt", [7_957, null]],
    ["irisxe-three-monitors.txt", [null]],
    ["rog-ally-z1-extreme.txt", [9_570]],
    ["rtx2080ti-131072mb.txt", [11_027]],
    ["rtx3090-two-monitors.txt", [24_340]],
    ["rtx4090-three-monitors-parsec.txt", [22_612]],
    ["rtx4090-uhd770-sudomaker.txt", [24_142, null]],
    ["rx5700xt-single.txt", [8_151]],
    ["uhd630-gtx1660ti-maxq.txt", [5_979, null]],
    ["win7-mobility-hd5800.txt", [1_017]],
  ])("%s: %j MiB", (file, expected) => {
    const sizes = parseDxdiag(captureText(`dxdiag/${file}`)).map(({ facts }) => mib(facts.memoryTotalBytes));
    expect([...sizes].sort(descending)).toEqual([...expected].sort(descending));
  });

  test("an APU's carve-out and the RAM lent to it are kept apart", () => {
    const [ally] = parseDxdiag(captureText("dxdiag/rog-ally-z1-extreme.txt"));
    expect([mib(ally?.facts.carveOutBytes ?? null), mib(ally?.facts.sharedRamBytes ?? null)]).toEqual([
      3_072, 6_498,
    ]);
  });
});

function descending(one: number | null, other: number | null): number {
  return (other ?? 0) - (one ?? 0);
}
