import { kibToBytes } from "#engine/units.ts";
import type { Host } from "#probe/host.ts";
import { absent, type HostFacts, NOTHING_KNOWN_OF_HOST, ok, type ProbeAnswer } from "#probe/reading.ts";
import { parseCpuinfo } from "./cpuinfo.ts";

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
    const kib = new RegExp(`^${key}:\\s+(\\d+) kB\\r?\\n`, "m").exec(text)?.[1];
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
