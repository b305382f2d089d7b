import { describe, expect, test } from "vitest";
import { gibToBytes, mibToBytes } from "#engine/units.ts";
import { parseSystemProfiler } from "#probe/apple/system-profiler.ts";
import { parseSysctl, sysctlHostFacts, wiredLimitBytes } from "#probe/apple/sysctl.ts";
import { captureText, capturesOf, HAS_CAPTURES } from "../captures.ts";

describe.skipIf(!HAS_CAPTURES)("captured system_profiler", () => {
  test.each(capturesOf("system_profiler"))("$path: $gpuCount ($names)", ({ path, gpuCount }) => {
    expect(parseSystemProfiler(captureText(path)).devices.length).toBe(gpuCount);
  });

  test.each([
    ["m1-7core.txt", [["Apple M1", "integrated", null, 7]]],
    ["m1-pro-hardware-and-displays.txt", [["Apple M1 Pro", "integrated", null, 16]]],
    ["m1-pro-json-sidecar.json", [["Apple M1 Pro", "integrated", null, 16]]],
    ["m2-max-30core.json", [["Apple M2 Max", "integrated", null, 30]]],
    ["m2-ultra-mac-studio-hardware.txt", [["Apple M2 Ultra", "integrated", null, null]]],
    ["m3-max-40core.json", [["Apple M3 Max", "integrated", null, 40]]],
    ["m4-mac-mini.json", [["Apple M4", "integrated", null, 10]]],
    ["egpu-rx5700xt-catalina.txt", [["Radeon RX 5700 XT", "external", 8_192, null]]],
    ["iris-plus-655.txt", [["Intel Iris Plus Graphics 655", "integrated", null, null]]],
    [
      "sierra-hd530-radeon450-dynamic.txt",
      [
        ["Intel HD Graphics 530", "integrated", null, null],
        ["AMD Radeon Pro 450", "discrete", 2_048, null],
      ],
    ],
    [
      "mojave-hd530-radeon450.txt",
      [
        ["Intel HD Graphics 530", "integrated", null, null],
        ["AMD Radeon Pro 450", "discrete", 2_048, null],
      ],
    ],
    ["hackintosh-gt730.txt", [["Asus GeForce GT 730", "discrete", 1_024, null]]],
    ["snowleopard-hd5770-dual-monitor.txt", [["ATI Radeon HD 5770", "discrete", 1_024, null]]],
    ["snowleopard-intel.txt", [["GMA 950", "integrated", null, null]]],
    ["snowleopard-macmini.txt", [["NVIDIA GeForce 9400", "discrete", 256, null]]],
  ])("%s: %j", (file, expected) => {
    const { devices } = parseSystemProfiler(captureText(`system_profiler/${file}`));
    expect(
      devices.map(({ facts }) => [
        facts.name,
        facts.deviceKind,
        facts.memoryTotalBytes === null ? null : facts.memoryTotalBytes / mibToBytes(1),
        facts.gpuCoreCount,
      ]),
    ).toEqual(expected);
  });

  test.each([
    ["m1-pro-hardware-and-displays.txt", 16, null],
    ["m2-ultra-mac-studio-hardware.txt", 192, null],
    ["macbookair-m1-hardware-memory.txt", 16, "LPDDR4"],
  ])("%s: %i GiB of RAM, type %s", (file, gib, memoryType) => {
    expect(parseSystemProfiler(captureText(`system_profiler/${file}`))).toMatchObject({
      memoryBytes: gibToBytes(gib),
      memoryType,
    });
  });
});

describe.skipIf(!HAS_CAPTURES)("captured sysctl", () => {
  test.each([
    ["darwin-sequoia-m4.txt", "Apple M4 Max", 68_719_476_736, 16],
    ["darwin-sequoia-m3.txt", "Apple M3 Max", 38_654_705_664, 14],
    ["darwin-monterey-m2.txt", "Apple M2", 17_179_869_184, 8],
    ["darwin-bigsur-m1.txt", "Apple processor", null, 8],
    ["darwin-mojave-skylake.txt", "Intel(R) Core(TM) i7-6700K CPU @ 4.00GHz", null, null],
  ])("%s: %s, %s bytes, %s cores", (file, processorName, ramTotalBytes, physicalCoreCount) => {
    expect(sysctlHostFacts(parseSysctl(captureText(`sysctl/${file}`)))).toMatchObject({
      processorName,
      ramTotalBytes,
      physicalCoreCount,
    });
  });

  test.each([
    ["iogpu-raised-118000.txt", mibToBytes(118_000)],
    ["iogpu-set-arrow-form.txt", mibToBytes(114_688)],
    ["m2-pro-mini-iogpu-zero.txt", null],
  ])("%s: the GPU may keep %s bytes, null standing for the system's share", (file, limitBytes) => {
    expect(wiredLimitBytes(parseSysctl(captureText(`sysctl/${file}`)))).toBe(limitBytes);
  });
});
