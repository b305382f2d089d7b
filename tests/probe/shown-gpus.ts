import { gibToBytes, kibToBytes, mibToBytes } from "#engine/units.ts";
import type { Capture } from "./captures.ts";
import { expectedNames } from "./expectations.ts";

/** What a capture says of one GPU; null where it says nothing of that kind. */
export interface ShownGpu {
  readonly name: string | null;
  readonly memoryBytes: number | null;
}

/** The GPUs of a capture by its line of INDEX.csv, sorted for comparison. */
export function expectedGpus(capture: Capture): readonly ShownGpu[] {
  const names = NAMES[capture.path] ?? statedNames(capture);
  const sizes = SIZES[capture.path] ?? statedSizes(capture, names);
  return names.map((name, index) => ({ name, memoryBytes: sizes[index] ?? null }));
}

/** The same of what a reader found, in words that differ only where the cards do. */
export function comparable(gpus: readonly ShownGpu[]): readonly string[] {
  return gpus
    .map(({ name, memoryBytes }) => `${plainName(name)} with ${String(memoryBytes)} bytes`)
    .sort((one, other) => (one < other ? -1 : 1));
}

/** Tools write makers and trade marks each in their own way. */
function plainName(name: string | null): string {
  const plain = (name ?? "nameless").toLowerCase().replaceAll(/\((r|tm)\)/g, "");
  return plain.replaceAll(/^(nvidia|amd|intel) /g, "").trim();
}

/** A list of links, or of memory alone, names nothing. */
const NAMELESS = /^\(|^\d+ GPUs|names not printed|^AMD (APU )?\(/;

function statedNames(capture: Capture): readonly (string | null)[] {
  const { names, gpuCount, path } = capture;
  if (NAMELESS.test(names) || path.startsWith("nvidia-smi-topo/")) return Array<null>(gpuCount).fill(null);
  return expectedNames(capture, gpuCount).map(shownName);
}

/** "Intel DG2 [Arc A770] (+ …)": the name is in the brackets, remarks are for people; "Device 1f91" and "ERR!" are no names. */
function shownName(stated: string): string | null {
  const bare = stated.replace(/\s\((?!R\)|TM\)).*$/, "");
  const [, marketing] = /\[(?!0x)([^\]]+)\]/.exec(bare) ?? [];
  return bare === "ERR!" || /\bDevice [0-9a-f]{4}$/.test(bare) ? null : (marketing ?? bare);
}

function statedSizes({ path, vram }: Capture, names: readonly (string | null)[]): readonly (number | null)[] {
  // What OpenCL calls global memory is a limit.
  if (path.startsWith("clinfo/") || /^(none|not)\b/i.test(vram)) return names.map(() => null);
  const parts = vram.split(";").filter((part) => !/^\s*(slices?\b|\(empty\))/.test(part));
  const sizes = parts.map(statedBytes);
  const each = sizes.length === names.length ? sizes : names.map(() => sizes[0] ?? null);
  return each.map((sizeBytes, index) => (isNominal(names[index] ?? null) ? null : sizeBytes));
}

/** Graphics in Intel's processors have no memory of their own; the 128 MB that Windows and macOS state are a form. */
function isNominal(name: string | null): boolean {
  return name !== null && name.startsWith("Intel") && !name.includes("Arc");
}

const UNIT_BYTES: Readonly<Record<string, (value: number) => number>> = {
  B: (value) => value,
  KB: kibToBytes,
  MB: mibToBytes,
  MiB: mibToBytes,
  GB: gibToBytes,
  GiB: gibToBytes,
};

/** "24564MiB", "161/512 MB" (used of all), "12566528(0xbfc000) KB", "0x600000000 B", "mem_info_vram_total:4294967296". */
function statedBytes(part: string): number | null {
  if (/4293918720|4294967295/.test(part)) return null;
  const [, bare] = /(?:mem_info_vram_total:? ?|AdapterRAM |^\s*)(\d{7,})(?: |$)(?!B)/.exec(part) ?? [];
  if (bare !== undefined) return Number(bare);
  const [, number = "", unit = ""] =
    /(0x[0-9a-f]+|\d+(?:\.\d+)?)(?:\(0x[0-9a-f]+\))? ?(MiB|GiB|KB|MB|GB|B)\b/.exec(
      part.replace(/\d+\//, ""),
    ) ?? [];
  const value = Number(number);
  return value === 0 ? null : (UNIT_BYTES[unit]?.(value) ?? null);
}

/** Lines of INDEX.csv whose names describe more than the capture prints, or are no list. */
const NAMES: Readonly<Record<string, readonly (string | null)[]>> = {
  "lspci/nn-intel-gma-two-functions.txt": ["Intel Mobile 4 Series Chipset Integrated Graphics Controller"],
  "lspci/nn-tigerlake-gtx1650-domains.txt": [
    "Intel Iris Xe Graphics",
    "NVIDIA GeForce GTX 1650 Mobile / Max-Q",
  ],
  "nvidia-smi-L/8x-a100-mixed-mig.txt": Array<string>(6).fill("NVIDIA A100-SXM4-80GB"),
  "nvidia-smi-csv/jetson-orin-all-na.txt": ["Orin (nvgpu)"],
  "nvidia-smi/540-4-0-jetson-orin.txt": ["Orin (nvgpu)"],
  "rocm-smi/telegraf-rx6700xt_rocm430.json": [null],
  "rocminfo/8x-vega20-epyc.txt": Array<string>(8).fill("AMD Vega 20"),
  "sysctl/m2-pro-mini-iogpu-zero.txt": [null],
  "vulkaninfo/summary-same-gpu-two-drivers.txt": ["AMD Radeon Graphics"],
  "xpu-smi/detail-b580-memory-lines.txt": [null],
};

/** Where INDEX.csv states what the output says, and the note beside it that it is not the memory. */
const SIZES: Readonly<Record<string, readonly (number | null)[]>> = {
  // Heaps: those that are local to the device, together; of an APU they are RAM.
  "vulkaninfo/quadro-k620-vulkan11.txt": [gibToBytes(2)],
  "vulkaninfo/rtx2050-amd-apu-windows.txt": [mibToBytes(3_964), null],
  "vulkaninfo/rx470-radv-plus-llvmpipe.txt": [gibToBytes(4)],
  "vulkaninfo/rx6600-windows.txt": [mibToBytes(8_176)],
  "win-registry/intel-nvidia.reg.txt": [gibToBytes(2), null],
  "win-registry/nvidia-geforce-rtx-2060-super.reg.txt": [gibToBytes(8)],
  // "64 MB of Shared System Memory".
  "system_profiler/snowleopard-intel.txt": [null],
  "system_profiler/mojave-hd530-radeon450.txt": [null, gibToBytes(2)],
};
