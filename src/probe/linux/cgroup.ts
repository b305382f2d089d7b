import type { Host } from "#probe/host.ts";
import { absent, NOTHING_KNOWN_OF_HOST, ok, type ProbeAnswer } from "#probe/reading.ts";
import { wholeNumber } from "./whole-number.ts";

/** Above this a limit is none: v1 writes "no limit" as the largest page-aligned 63-bit number. */
const NO_LIMIT_FROM_BYTES = 2 ** 60;

/** The memory limit that this process (a container, a job, a service) runs under, at any level above it. */
export async function readCgroup(host: Host): Promise<ProbeAnswer> {
  const groups = (await host.readText("/proc/self/cgroup")) ?? "";
  const limits = [...(await version2Limits(host, groups)), ...(await version1Limits(host, groups))];
  if (limits.length === 0) return absent("no memory limit is set for this process");
  const lowest = limits.reduce((one, other) => (other.limitBytes < one.limitBytes ? other : one));
  const facts = {
    ...NOTHING_KNOWN_OF_HOST,
    ramLimitBytes: lowest.limitBytes,
    ramLimitLeftBytes: lowest.usedBytes === null ? null : Math.max(0, lowest.limitBytes - lowest.usedBytes),
  };
  return ok(`limit in ${lowest.file}`, { host: [{ source: "container limit (cgroup)", facts }] });
}

interface Limit {
  readonly file: string;
  readonly limitBytes: number;
  readonly usedBytes: number | null;
}

async function version2Limits(host: Host, groups: string): Promise<readonly Limit[]> {
  const path = /^0::(\/.*)$/m.exec(groups)?.[1] ?? "/";
  const folders = upwards("/sys/fs/cgroup", path);
  return await limitsIn(host, folders, { limit: "memory.max", used: "memory.current" });
}

async function version1Limits(host: Host, groups: string): Promise<readonly Limit[]> {
  const path = /^\d+:(?:[^:]*,)?memory(?:,[^:]*)?:(\/.*)$/m.exec(groups)?.[1] ?? "/";
  const folders = upwards("/sys/fs/cgroup/memory", path);
  return await limitsIn(host, folders, { limit: "memory.limit_in_bytes", used: "memory.usage_in_bytes" });
}

/** The group's folder and those above it: a limit at any level counts. Inside a container only the top is visible. */
function upwards(mount: string, path: string): readonly string[] {
  const parts = path.split("/").filter((part) => part !== "" && part !== "..");
  return [...Array(parts.length + 1).keys()].map((count) => [mount, ...parts.slice(0, count)].join("/"));
}

async function limitsIn(
  host: Host,
  folders: readonly string[],
  names: { readonly limit: string; readonly used: string },
): Promise<readonly Limit[]> {
  const limits = await Promise.all(folders.map((folder) => limitIn(host, folder, names)));
  return limits.filter((limit) => limit !== null);
}

async function limitIn(
  host: Host,
  folder: string,
  names: { readonly limit: string; readonly used: string },
): Promise<Limit | null> {
  const file = `${folder}/${names.limit}`;
  const own = parseMemoryLimitBytes((await host.readText(file)) ?? "");
  const stat = (await host.readText(`${folder}/memory.stat`)) ?? "";
  const inherited = parseMemoryLimitBytes(`${statValue(stat, "hierarchical_memory_limit") ?? ""}\n`);
  const known = [own, inherited].filter((limitBytes) => limitBytes !== null);
  if (known.length === 0) return null;
  return {
    file,
    limitBytes: Math.min(...known),
    usedBytes: await usedBytes(host, folder, { ...names, stat }),
  };
}

/** Bytes of a limit file; null for "max", the v1 number that means the same, and anything else. */
export function parseMemoryLimitBytes(text: string): number | null {
  const bytes = wholeNumber(text);
  return bytes === null || bytes >= NO_LIMIT_FROM_BYTES || bytes === 0 ? null : bytes;
}

/** Held by the group, without the file cache that the kernel gives back when asked. */
async function usedBytes(
  host: Host,
  folder: string,
  { used, stat }: { readonly used: string; readonly stat: string },
): Promise<number | null> {
  const heldBytes = wholeNumber((await host.readText(`${folder}/${used}`)) ?? "");
  if (heldBytes === null) return null;
  const cached = statValue(stat, "total_inactive_file") ?? statValue(stat, "inactive_file");
  return cached === null ? heldBytes : Math.max(0, heldBytes - Number(cached));
}

function statValue(stat: string, key: string): string | null {
  return new RegExp(`^${key} (\\d+)\\n`, "m").exec(stat)?.[1] ?? null;
}
