import type { HostFacts } from "#probe/reading.ts";

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

/** /proc/cpuinfo of x86, ARM and POWER, whose keys differ. A last line without its end was cut, and says nothing. */
export function parseCpuinfo(
  text: string,
): Pick<
  HostFacts,
  "processorName" | "processorVendor" | "physicalCoreCount" | "threadCount" | "instructionSets"
> {
  const value = (key: string): string | null =>
    new RegExp(`^${key}\\s*:[^\\S\\n]*(\\S.*)\\n`, "im").exec(text)?.[1]?.trim() ?? null;
  const flags = (value("flags") ?? value("Features"))?.split(/\s+/) ?? null;
  const entries = threadEntries(text);
  return {
    processorName: value("model name") ?? value("cpu"),
    processorVendor: value("vendor_id"),
    physicalCoreCount: physicalCoreCount(entries),
    threadCount: entries.length === 0 ? null : entries.length,
    instructionSets: flags === null ? null : TELLING_FLAGS.filter((flag) => flags.includes(flag)),
  };
}

type Entry = ReadonlyMap<string, string>;

/**
 * One entry a thread; none where the list is not whole, which shows by entries whose keys differ or repeat, are not
 * numbered from 0 on, or lack the empty line at their end. `siblings` is not asked: in a container (lxcfs) it counts the threads of the whole processor, and the entries those the container has.
 */
function threadEntries(text: string): readonly Entry[] {
  const blocks = text.split(/\n\s*\n/).map((block) => [...block.matchAll(/^([^:\n]+?)\s*:(.*)$/gm)]);
  const keysOf = (block: readonly RegExpExecArray[]): string => block.map(([, key = ""]) => key).join();
  const first = blocks.find((block) => block.some(isNumber));
  if (first === undefined) return [];
  const firstKeys = new Set(first.map(([, key]) => key));
  // ARM and POWER end with a block on the whole computer, which shares no key with those of threads.
  const entries = blocks.filter((block) => block.some(([, key]) => firstKeys.has(key)));
  const isAlike = entries.every((block) => keysOf(block) === keysOf(first));
  const isCut = entries.at(-1) === blocks.at(-1);
  if (!isAlike || isCut || firstKeys.size !== first.length) return [];
  const maps = entries.map((block) => new Map(block.map(([, key = "", value = ""]) => [key, value.trim()])));
  return maps.every((entry, index) => entry.get("processor") === String(index)) ? maps : [];
}

function isNumber([, key = "", value = ""]: RegExpExecArray): boolean {
  return key === "processor" && /^\s*\d+\s*$/.test(value);
}

/** Distinct pairs of socket and core; null where the kernel numbers neither (ARM). */
function physicalCoreCount(entries: readonly Entry[]): number | null {
  const pairs = entries.map((entry) => [entry.get("physical id"), entry.get("core id")]);
  if (pairs.length === 0 || pairs.flat().includes(undefined)) return null;
  return new Set(pairs.map((pair) => pair.join("/"))).size;
}
