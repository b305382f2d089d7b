import type { Processor, Ram, RamModule } from "#engine/machine.ts";
import { isKnown } from "#engine/fact.ts";
import { speedRam } from "#engine/speed/speed-device.ts";
import { commaText } from "#words/lists.ts";
import { say } from "#words/say.ts";
import { toldText } from "./english/told-text.ts";
import { formatBandwidth, formatMemory } from "./format.ts";

/** A family of instructions as people call it, by the flag that has it; the flags after it are named in brackets. */
const FAMILIES: readonly {
  readonly flag: string;
  readonly name: string;
  readonly parts: Readonly<Record<string, string>>;
}[] = [
  { flag: "avx2", name: "AVX2", parts: {} },
  { flag: "avx_vnni", name: "AVX-VNNI", parts: {} },
  {
    flag: "avx512f",
    name: "AVX-512",
    parts: { avx512_vnni: "VNNI", avx512_bf16: "BF16", avx512_fp16: "FP16" },
  },
  { flag: "amx_tile", name: "AMX", parts: { amx_int8: "INT8", amx_bf16: "BF16", amx_fp16: "FP16" } },
  {
    flag: "asimd",
    name: "NEON",
    parts: { asimddp: "dotprod", asimdhp: "FP16", i8mm: "I8MM", bf16: "BF16" },
  },
  { flag: "sve", name: "SVE", parts: {} },
  { flag: "sve2", name: "SVE2", parts: {} },
  { flag: "sme", name: "SME", parts: {} },
  { flag: "vsx", name: "VSX", parts: {} },
];

/** "AVX2, AVX-512 (VNNI, BF16)": what decides how fast a model runs on the processor; null where it is not known. */
export function instructionSetsText({ instructionSets }: Processor): string | null {
  if (instructionSets === undefined) return null;
  const has = (flag: string): boolean => instructionSets.includes(flag);
  const families = FAMILIES.filter(({ flag }) => has(flag)).map(({ name, parts }) => {
    const present = Object.entries(parts).flatMap(([flag, part]) => (has(flag) ? [partText(part)] : []));
    return present.length === 0 ? name : `${name} (${commaText(present)})`;
  });
  return families.length > 0 ? commaText(families) : olderText(has);
}

/** The one part whose name is words. */
function partText(part: string): string {
  return part === "dotprod" ? say("dot product") : part;
}

/** Of x86 without AVX2 the best there is, since runtimes then fall back to it. */
function olderText(has: (flag: string) => boolean): string | null {
  if (has("avx")) return say("AVX, no AVX2");
  return has("sse4_2") ? say("SSE4.2, no AVX") : null;
}

/** "2 x 16.0 GiB DDR5 at 5600 MT/s", unlike modules one after the other; null where they are not known. */
export function ramModulesText({ modules = [] }: Ram): string | null {
  if (modules.length === 0) return null;
  const counts = new Map<string, number>();
  for (const module of modules) counts.set(moduleText(module), (counts.get(moduleText(module)) ?? 0) + 1);
  return commaText([...counts].map(([text, count]) => (count === 1 ? text : `${count} x ${text}`)));
}

const TRANSFERS_PER_MT = 1e6;

function moduleText({ sizeBytes, type, transfersPerSecond }: RamModule): string {
  const module = `${formatMemory(sizeBytes)}${type === null ? "" : ` ${type}`}`;
  return transfersPerSecond === null
    ? module
    : say("{module} at {speed} MT/s", { module, speed: Math.round(transfersPerSecond / TRANSFERS_PER_MT) });
}

/** "90 GB/s (2 modules, 2 channels taken)", what the modules can give; null where they are not known, or a person said it. */
export function ramBandwidthText(ram: Ram): string | null {
  const { bandwidthBytesPerSecond } = speedRam(ram);
  if (ram.bandwidth !== undefined || !isKnown(bandwidthBytesPerSecond)) return null;
  const { value, source } = bandwidthBytesPerSecond;
  return say("{value} ({source})", { value: formatBandwidth(value), source: toldText(source) });
}

/** All that is known of the RAM beside its size, for one line; null where nothing is. */
export function ramKindText(ram: Ram): string | null {
  const parts = [ramModulesText(ram), ramBandwidthText(ram)].filter((part) => part !== null);
  return parts.length === 0 ? null : commaText(parts);
}
