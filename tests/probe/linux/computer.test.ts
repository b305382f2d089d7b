import { describe, expect, test } from "vitest";
import { gibToBytes, mibToBytes } from "#engine/units.ts";
import { parseDmidecode } from "#probe/linux/dmidecode.ts";
import { parseLscpu } from "#probe/linux/lscpu.ts";
import { parseCpuinfo } from "#probe/linux/cpuinfo.ts";
import { parseMeminfo } from "#probe/linux/proc.ts";
import { parseKfdNode } from "#probe/amd/kfd.ts";
import { captureText, HAS_CAPTURES } from "../captures.ts";

describe.skipIf(!HAS_CAPTURES)("captured /proc/cpuinfo", () => {
  test.each([
    ["linux-rhel7-ivybridge", "Intel(R) Xeon(R) CPU E5-2650 v2 @ 2.60GHz", ["avx"], ["avx2", "avx512f"]],
    [
      "linux-rhel7-skylake_avx512",
      "Intel(R) Xeon(R) Gold 6132 CPU @ 2.60GHz",
      ["avx2", "avx512f", "avx512vl"],
      ["amx_tile"],
    ],
    ["linux-rocky8.5-zen4", "AMD EPYC 9654 96-Core Processor", ["avx2", "avx512f"], ["amx_tile"]],
    ["linux-rocky9-zen5", "AMD Ryzen 9 9950X 16-Core Processor", ["avx512_bf16", "avx_vnni"], ["amx_tile"]],
    ["linux-scientific7-k10", "AMD Opteron(tm) Processor 6136", [], ["avx", "avx2"]],
    ["linux-ubuntu20.04-zen3", "AMD Ryzen 9 5950X 16-Core Processor", ["avx2"], ["avx512f"]],
    ["linux-ubuntu26.04-arrowlake_s", "Intel(R) Core(TM) Ultra 9 285", ["avx2", "avx_vnni"], ["avx512f"]],
    [
      "linux-unknown-sapphirerapids",
      "Intel(R) Xeon(R) Platinum 8480+",
      ["amx_tile", "amx_int8", "amx_bf16"],
      [],
    ],
    ["linux-unknown-neoverse_v2", null, ["sve", "bf16", "asimd"], ["avx2"]],
    ["linux-asahi-m1", null, ["asimd"], ["sve"]],
  ])("%s: %s", (file, name, present, missing) => {
    const facts = parseCpuinfo(captureText(`cpuinfo/${file}.txt`));
    expect(facts.processorName).toBe(name);
    expect(facts.instructionSets).toEqual(expect.arrayContaining(present));
    for (const flag of missing) expect(facts.instructionSets).not.toContain(flag);
  });

  test("POWER has a name and no list of flags", () => {
    expect(parseCpuinfo(captureText("cpuinfo/linux-rhel8-power9.txt"))).toMatchObject({
      processorName: "POWER9, altivec supported",
      instructionSets: null,
    });
  });
});

test("cores are counted by socket and core, threads by entries (synthetic)", () => {
  const entry = (processor: number, socket: number, core: number) =>
    `processor\t: ${processor}\nvendor_id\t: AuthenticAMD\nmodel name\t: AMD EPYC\nphysical id\t: ${socket}\ncore id\t\t: ${core}\n\n`;
  const text = [
    entry(0, 0, 0),
    entry(1, 0, 1),
    entry(2, 1, 0),
    entry(3, 1, 1),
    entry(4, 0, 0),
    entry(5, 0, 1),
  ].join("");
  expect(parseCpuinfo(text)).toMatchObject({ physicalCoreCount: 4, threadCount: 6 });
});

describe.skipIf(!HAS_CAPTURES)("captured /proc/meminfo", () => {
  test.each([
    ["jc.txt", 3_997_272, "known"],
    ["node-exporter.txt", 3_742_148, "unknown"],
  ])("%s: %i KiB, available %s", (file, kib, available) => {
    const facts = parseMeminfo(captureText(`meminfo/${file}`));
    expect(facts.ramTotalBytes).toBe(kib * 1024);
    expect(facts.ramAvailableBytes === null ? "unknown" : "known").toBe(available);
  });
});

describe.skipIf(!HAS_CAPTURES)("captured lscpu", () => {
  test.each([
    ["hp-pavilion-ryzen.txt", "AMD Ryzen 7 3750H with Radeon Vega Mobile Gfx", 4, 8],
    ["lscpu-x86_64-epyc_7451.txt", "AMD EPYC 7451 24-Core Processor", 48, 96],
    ["lscpu-vmware_fpe.txt", "AMD Opteron(tm) Processor 6328", null, null],
    ["lscpu-arm-A510-A710-A715-X3.txt", "Cortex-A510, Cortex-A710, Cortex-A715, Cortex-X3", null, 8],
  ])("%s: %s, %s cores, %s threads", (file, name, cores, threads) => {
    const facts = parseLscpu(captureText(`lscpu/${file}`));
    expect(facts.processorName).toBe(name);
    if (cores !== null) expect(facts.physicalCoreCount).toBe(cores);
    if (threads !== null) expect(facts.threadCount).toBe(threads);
  });
});

describe.skipIf(!HAS_CAPTURES)("captured dmidecode", () => {
  test.each([
    ["ddr5-ecc-udimm.txt", 1, 32 * 1024, "DDR5", 5_600],
    ["ddr5-sodimm-kingston.txt", 1, 32 * 1024, "DDR5", 5_600],
    ["dell-r640.txt", 8, 32 * 1024, "DDR4", 2_933],
    ["hp-dl360-gen8.txt", 8, 8 * 1024, "DDR3", 1_333],
    ["hpe-server.txt", 8, 32 * 1024, "DDR4", 2_400],
    ["hynix-kingmax.txt", 2, 8 * 1024, "DDR4", 2_667],
    ["lenovo-thinkpad.txt", 2, 4 * 1024, "DDR3", 1_333],
  ])("%s: %i x %i MiB %s at %i MT/s", (file, count, mib, ...[type, megatransfers]) => {
    const modules = parseDmidecode(captureText(`dmidecode/${file}`));
    expect(modules.length).toBe(count);
    expect(modules[0]).toMatchObject({
      sizeBytes: mibToBytes(mib),
      type,
      transfersPerSecond: megatransfers * 1e6,
      dataWidthBits: 64,
    });
  });

  test("a guest's odd modules have no type and no speed", () => {
    const modules = parseDmidecode(captureText("dmidecode/hyperv-2019.txt"));
    expect(
      modules.map(({ sizeBytes, type, transfersPerSecond }) => [sizeBytes, type, transfersPerSecond]),
    ).toEqual([
      [mibToBytes(3_968), null, null],
      [mibToBytes(128), null, null],
    ]);
    expect(modules.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)).toBe(gibToBytes(4));
  });
});

test.each([
  [
    "gfx_target_version 110501\nlocation_id 50176\ndomain 0\nsimd_count 80\nsimd_per_cu 2\n",
    ["0000:c4:00.0", { gfxTarget: "gfx1151", gpuCoreCount: 40 }],
  ],
  [
    "gfx_target_version 90010\nlocation_id 768\ndomain 1\nsimd_count 416\nsimd_per_cu 4\n",
    ["0001:03:00.0", { gfxTarget: "gfx90a", gpuCoreCount: 104 }],
  ],
  ["gfx_target_version 0\nlocation_id 0\nsimd_count 0\n", null],
  ["", null],
])("a node of the compute driver: %j (synthetic)", (text, expected) => {
  expect(parseKfdNode(text)).toEqual(expected);
});
