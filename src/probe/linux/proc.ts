import { kibToBytes } from "#engine/units.ts";
import type { Host } from "#probe/host.ts";
import { absent, type HostFacts, NOTHING_KNOWN_OF_HOST, ok, type ProbeAnswer } from "#probe/reading.ts";

const SOURCE = "Linux (/proc)";

/** RAM, processor and system from the kernel's own files. */
export async function readProc(host: Host): Promise<ProbeAnswer> {
  const files = [
    "/proc/meminfo",
    "/proc/cpuinfo",
    "/etc/os-release",
    "/proc/sys/kernel/osrelease",
    "/proc/sys/kernel/arch",
  ];
  const [meminfo, cpuinfo, osRelease, kernel, architecture] = await Promise.all(
    files.map((file) => host.readText(file)),
  );
  if ((meminfo ?? cpuinfo ?? null) === null) return absent("/proc is not readable");
  const facts: HostFacts = {
    ...NOTHING_KNOWN_OF_HOST,
    platform: "linux",
    osName: /^PRETTY_NAME="?(.*?)"?$/m.exec(osRelease ?? "")?.[1] ?? null,
    osRelease: kernel?.trim() ?? null,
    architecture: architecture?.trim() ?? null,
    ...parseMeminfo(meminfo ?? ""),
    ...parseCpuinfo(cpuinfo ?? ""),
  };
  const notes = /microsoft/i.test(kernel ?? "")
    ? ["This is WSL: RAM is what Windows lends it, and cards show through its driver only."]
    : [];
  return ok("processor, RAM, operating system", { host: [{ source: SOURCE, facts }], notes });
}

/** /proc/meminfo, in bytes. Kernels before 3.14 do not say what is available, and it is not guessed. */
export function parseMeminfo(text: string): Pick<HostFacts, "ramTotalBytes" | "ramAvailableBytes"> {
  const valueBytes = (key: string): number | null => {
    const kib = new RegExp(`^${key}:\\s+(\\d+) kB$`, "m").exec(text)?.[1];
    return kib === undefined ? null : kibToBytes(Number(kib));
  };
  const totalBytes = valueBytes("MemTotal");
  const availableBytes = valueBytes("MemAvailable");
  return {
    ramTotalBytes: totalBytes === 0 ? null : totalBytes,
    ramAvailableBytes:
      totalBytes !== null && availableBytes !== null && availableBytes > totalBytes ? null : availableBytes,
  };
}

/** Those a runtime chooses its code path by, as the kernel spells them. */
const TELLING_FLAGS = [
  ...[
    "sse4_2",
    "avx",
    "f16c",
    "fma",
    "avx2",
    "avx_vnni",
    "avx_vnni_int8",
    "avx512f",
    "avx512bw",
    "avx512vl",
    "avx512_vnni",
  ],
  ...["avx512_bf16", "avx512_fp16", "amx_tile", "amx_int8", "amx_bf16", "amx_fp16"],
  ...[
    "asimd",
    "asimdhp",
    "asimddp",
    "i8mm",
    "bf16",
    "sve",
    "sve2",
    "svei8mm",
    "svebf16",
    "sme",
    "altivec",
    "vsx",
  ],
];

/** /proc/cpuinfo of x86, ARM and POWER, whose keys differ. */
export function parseCpuinfo(
  text: string,
): Pick<
  HostFacts,
  "processorName" | "processorVendor" | "physicalCoreCount" | "threadCount" | "instructionSets"
> {
  const value = (key: string): string | null =>
    new RegExp(`^${key}\\s*:\\s*(\\S.*)$`, "im").exec(text)?.[1]?.trim() ?? null;
  const threadCount = [...text.matchAll(/^processor\s*:\s*\d+/gim)].length;
  const flags = (value("flags") ?? value("Features"))?.split(/\s+/) ?? null;
  const name = value("model name") ?? value("cpu");
  return {
    processorName: name,
    processorVendor: value("vendor_id"),
    physicalCoreCount: physicalCoreCount(text),
    threadCount: threadCount === 0 ? null : threadCount,
    instructionSets: flags === null ? null : TELLING_FLAGS.filter((flag) => flags.includes(flag)),
  };
}

/** Distinct pairs of socket and core; null where the kernel numbers neither (ARM). */
function physicalCoreCount(text: string): number | null {
  const pairs = new Set<string>();
  for (const block of text.split(/\n\s*\n/)) {
    const socket = /^physical id\s*:\s*(\d+)$/m.exec(block)?.[1];
    const core = /^core id\s*:\s*(\d+)$/m.exec(block)?.[1];
    if (socket !== undefined && core !== undefined) pairs.add(`${socket}/${core}`);
  }
  return pairs.size === 0 ? null : pairs.size;
}
