import { mibToBytes } from "#engine/units.ts";
import { type HostFacts, NOTHING_KNOWN_OF_HOST } from "#probe/reading.ts";

/** The names asked for; those a system does not have are left out of its answer. */
export const SYSCTL_NAMES: readonly string[] = [
  ...["hw.model", "hw.memsize", "hw.physicalcpu", "hw.logicalcpu", "machdep.cpu.brand_string"],
  ...[
    "machdep.cpu.features",
    "machdep.cpu.leaf7_features",
    "hw.optional.neon",
    "hw.optional.arm.FEAT_DotProd",
  ],
  ...[
    "hw.optional.arm.FEAT_I8MM",
    "hw.optional.arm.FEAT_BF16",
    "hw.optional.arm.FEAT_SME",
    "iogpu.wired_limit_mb",
  ],
];

/** What `sysctl` prints, as "name: value"; after a change as "name: old -> new". */
export type SysctlValues = ReadonlyMap<string, string>;

/** Reads whole lines only: a last one without its line break may be cut. */
export function parseSysctl(text: string): SysctlValues {
  const lines = [...text.matchAll(/^([\w.]+): *([^\n]*)\n/gm)];
  return new Map(lines.map(([, name = "", value = ""]) => [name, value.replace(/^.* -> /, "").trim()]));
}

/**
 * The most the GPU may keep in RAM, where a person has set it (`iogpu.wired_limit_mb`, since macOS 14); null where it
 * is 0, which stands for the system's own share.
 */
export function wiredLimitBytes(values: SysctlValues): number | null {
  const mib = wholeNumber(values, "iogpu.wired_limit_mb");
  return mib === null || mib === 0 ? null : mibToBytes(mib);
}

/** Processor and RAM of a Mac. */
export function sysctlHostFacts(values: SysctlValues): HostFacts {
  const memoryBytes = wholeNumber(values, "hw.memsize");
  const cores = wholeNumber(values, "hw.physicalcpu") ?? wholeNumber(values, "machdep.cpu.core_count");
  const threads = wholeNumber(values, "hw.logicalcpu") ?? wholeNumber(values, "machdep.cpu.thread_count");
  return {
    ...NOTHING_KNOWN_OF_HOST,
    processorName: values.get("machdep.cpu.brand_string") ?? null,
    physicalCoreCount: cores === 0 ? null : cores,
    threadCount: threads === 0 ? null : threads,
    instructionSets: instructionSets(values),
    ramTotalBytes: memoryBytes === 0 ? null : memoryBytes,
  };
}

const FLAGS: readonly (readonly [string, string])[] = [
  ["hw.optional.neon", "asimd"],
  ["hw.optional.arm.FEAT_DotProd", "asimddp"],
  ["hw.optional.arm.FEAT_I8MM", "i8mm"],
  ["hw.optional.arm.FEAT_BF16", "bf16"],
  ["hw.optional.arm.FEAT_SME", "sme"],
];

const INTEL_FEATURES: Readonly<Record<string, string>> = {
  "SSE4.2": "sse4_2",
  "AVX1.0": "avx",
  F16C: "f16c",
  FMA: "fma",
  AVX2: "avx2",
  AVX512F: "avx512f",
};

function instructionSets(values: SysctlValues): readonly string[] | null {
  const intel = `${values.get("machdep.cpu.features") ?? ""} ${values.get("machdep.cpu.leaf7_features") ?? ""}`;
  const ofIntel = intel
    .split(/\s+/)
    .map((feature) => INTEL_FEATURES[feature])
    .filter((flag) => flag !== undefined);
  const ofArm = FLAGS.filter(([name]) => values.get(name) === "1").map(([, flag]) => flag);
  return ofIntel.length + ofArm.length === 0 ? null : [...ofArm, ...ofIntel];
}

function wholeNumber(values: SysctlValues, name: string): number | null {
  const text = values.get(name) ?? "";
  return /^\d+$/.test(text) ? Number(text) : null;
}
