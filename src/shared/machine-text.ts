import type { ProcessorChange } from "#engine/hardware/given-processor.ts";
import type { Accelerator, OperatingSystem, Processor, Ram, MachineReport } from "#engine/machine.ts";
import { formatBandwidth, formatMeasuredBandwidth, formatMemory } from "./format.ts";

/** A device's memory as a card on screen shows it. */
export interface MemoryState {
  /** "24.0 GiB", or that nobody says. */
  readonly totalText: string;
  readonly useText: string;
  /** Share that is not free, 0 to 1; null where it is not known. */
  readonly usedFraction: number | null;
}

/** Memory of an accelerator: how much, and how much of it is in use. */
export function acceleratorMemory(accelerator: Accelerator): MemoryState {
  const { memoryTotalBytes, memoryFreeBytes, details } = accelerator;
  return memoryState(memoryTotalBytes, memoryFreeBytes, "free", details?.memoryReservedBytes ?? 0);
}

/** What a tool says is free: the field for another figure shows it. */
export function freeText({ memoryFreeBytes }: Accelerator): string {
  return memoryFreeBytes === null ? "not known" : `${formatMemory(memoryFreeBytes)}, detected`;
}

/** RAM: how much, and how much of it a new program could take. */
export function ramMemory(ram: Ram): MemoryState {
  return memoryState(ram.totalBytes, ram.availableBytes, "available");
}

/** "Dedicated memory (VRAM)" or what else it is. */
export function memoryKindText(kind: Accelerator["memoryKind"]): string {
  return kind === "dedicated" ? "VRAM" : "Unified memory, shared with the processor";
}

/** "15 GB/s when copied on 2 threads, read and written bytes counted"; null where it was not measured. */
export function ramCopyText({ copy }: Ram): string | null {
  if (copy === undefined) return null;
  const { bytesPerSecond, threadCount } = copy;
  const threads = threadCount === 1 ? "one thread" : `${threadCount} threads`;
  return `${formatMeasuredBandwidth(bytesPerSecond)} when copied on ${threads}, bytes read and written counted`;
}

/** "90 GB/s, given" or "60 GB/s measured, given"; null where nobody gave it. */
export function givenBandwidthText({ bandwidth }: Ram): string | null {
  if (bandwidth === undefined) return null;
  const { bytesPerSecond, isMeasured, source } = bandwidth;
  return `${formatBandwidth(bytesPerSecond)}${isMeasured ? " measured" : ""}, ${source}`;
}

/** What was detected of the processor, a text a field of the editor: shown where nothing is given. */
export function detectedProcessorTexts({
  processor,
  ram,
}: MachineReport): Readonly<Record<keyof ProcessorChange, string>> {
  const { name, physicalCoreCount } = processor;
  return {
    name: name === null ? "not known" : `${name}, detected`,
    cores: physicalCoreCount === null ? "not known" : `${physicalCoreCount}, detected`,
    ramBandwidth:
      ram.copy === undefined
        ? "90GB/s, 60GB/s measured"
        : `${formatMeasuredBandwidth(ram.copy.bytesPerSecond)} measured`,
  };
}

/** "nvidia-smi did not answer." or "nvidia-smi and 2 other sources did not answer."; null where all did. */
export function failedSourcesText({ probes }: MachineReport): string | null {
  const [first, ...others] = probes.filter(({ status }) => status === "failed");
  if (first === undefined) return null;
  if (others.length === 0) return `${first.name} did not answer.`;
  const more = others.length === 1 ? "1 other source" : `${others.length} other sources`;
  return `${first.name} and ${more} did not answer.`;
}

/** What an empty list of accelerators means: there is none, or a source that might know one gave no answer. */
export function noAcceleratorText({ probes }: MachineReport): {
  readonly title: string;
  readonly text: string;
} {
  const silent = probes.filter((probe) => probe.status === "failed").map((probe) => probe.name);
  if (silent.length === 0) return { title: "No GPU found", text: "Verdicts are for the processor and RAM." };
  return {
    title: "No GPU known",
    text: `Whether there is one is not known: ${silent.join(", ")} gave no answer. Verdicts are for the processor and RAM.`,
  };
}

/** "16 cores, 32 threads", as far as it is known. */
export function coresText(processor: Processor): string {
  const { physicalCoreCount, threadCount } = processor;
  const parts = [counted(physicalCoreCount, "core"), counted(threadCount, "thread")].filter(
    (part) => part !== null,
  );
  return parts.length === 0 ? "Number of cores not known" : parts.join(", ");
}

/** "Debian GNU/Linux 12, x64", as far as it is known. */
export function systemText(os: OperatingSystem): string {
  const name = [os.name ?? os.platform, os.release].filter((part) => part !== null).join(" ");
  return [name, os.architecture].filter((part) => part !== null && part !== "").join(", ");
}

/** What a driver keeps for itself is neither free nor in use; where nobody says how much, it counts as in use. */
function memoryState(
  totalBytes: number | null,
  freeBytes: number | null,
  freeWord: string,
  reservedBytes = 0,
): MemoryState {
  if (totalBytes === null) {
    const useText =
      freeBytes === null ? `${freeWord} memory not known` : `${formatMemory(freeBytes)} ${freeWord}`;
    return { totalText: "Size not known", useText, usedFraction: null };
  }
  const totalText = formatMemory(totalBytes);
  if (freeBytes === null) return { totalText, useText: `${freeWord} memory not known`, usedFraction: null };
  const takenBytes = Math.max(0, totalBytes - freeBytes);
  const usedBytes = Math.max(0, takenBytes - reservedBytes);
  const useText = `${formatMemory(freeBytes)} ${freeWord}, ${formatMemory(usedBytes)} in use`;
  return { totalText, useText, usedFraction: takenBytes / totalBytes };
}

function counted(count: number | null, word: string): string | null {
  if (count === null) return null;
  return `${count} ${word}${count === 1 ? "" : "s"}`;
}
