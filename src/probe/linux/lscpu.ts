import type { Host } from "#probe/host.ts";
import {
  absent,
  failed,
  type HostFacts,
  NOTHING_KNOWN_OF_HOST,
  ok,
  type ProbeAnswer,
} from "#probe/reading.ts";

/** The processor's name where the kernel prints only part numbers (ARM), and how many cores and sockets there are. */
export async function readLscpu(host: Host): Promise<ProbeAnswer> {
  const result = await host.run({ tool: "lscpu", arguments: [] });
  if (result.kind === "absent") return absent("lscpu is not installed");
  if (result.kind === "failed") return failed(`lscpu ${result.message}`);
  const facts = { ...NOTHING_KNOWN_OF_HOST, ...parseLscpu(result.stdout) };
  return ok(facts.processorName ?? "no name", { host: [{ source: "lscpu", facts }] });
}

/**
 * Several models (big and small cores) are named together; cores are per socket or per cluster. Their sum counts only
 * where it agrees with the threads beside it: of a list with lines lost it would be too small.
 */
export function parseLscpu(
  text: string,
): Pick<
  HostFacts,
  "architecture" | "processorName" | "processorVendor" | "physicalCoreCount" | "threadCount"
> {
  const values = (key: string): readonly string[] =>
    [...text.matchAll(new RegExp(`^\\s*${key}:\\s+(\\S[^\\n]*?)\\s*\\n`, "gm"))].map(
      ([, value = ""]) => value,
    );
  const names = [...new Set(values("Model name"))].filter((name) => name !== "-");
  const cores = values("Core\\(s\\) per (?:socket|cluster)").map(Number);
  const groups = values("(?:Socket|Cluster)\\(s\\)").map(Number);
  const isCounted =
    cores.length > 0 && groups.length >= cores.length && [...cores, ...groups].every(Number.isInteger);
  const count = cores.reduce((sum, perGroup, index) => sum + perGroup * (groups[index] ?? 0), 0);
  const threads = Number(values("CPU\\(s\\)")[0] ?? Number.NaN);
  const mostPerCore = Math.max(0, ...values("Thread\\(s\\) per core").map(Number));
  const isAgreed = count > 0 && count <= threads && threads <= count * mostPerCore;
  return {
    architecture: values("Architecture")[0] ?? null,
    processorName: names.length === 0 ? null : names.join(", "),
    processorVendor: values("Vendor ID")[0] ?? null,
    physicalCoreCount: isCounted && isAgreed ? count : null,
    threadCount: Number.isInteger(threads) && threads > 0 ? threads : null,
  };
}
