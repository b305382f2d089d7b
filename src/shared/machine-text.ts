import type { ProcessorChange } from "#engine/hardware/given-processor.ts";
import type {
  Accelerator,
  CopyDisturbance,
  MachineReport,
  OperatingSystem,
  Processor,
  Ram,
} from "#engine/machine.ts";
import { toldText } from "./english/told-text.ts";
import { formatBandwidth, formatMeasuredBandwidth, formatMemory } from "./format.ts";
import { commaText } from "#words/lists.ts";
import { say } from "#words/say.ts";

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
  return memoryFreeBytes === null ? say("not known") : detectedText(formatMemory(memoryFreeBytes));
}

function detectedText(text: string): string {
  return say("{text}, detected", { text });
}

/** RAM: how much, and how much of it a new program could take. */
export function ramMemory(ram: Ram): MemoryState {
  return memoryState(ram.totalBytes, ram.availableBytes, "available");
}

/** "Dedicated memory (VRAM)" or what else it is. */
export function memoryKindText(kind: Accelerator["memoryKind"]): string {
  return kind === "dedicated" ? "VRAM" : say("Unified memory, shared with the processor");
}

/** "15 GB/s when copied on 2 threads, read and written bytes counted"; null where it was not measured. */
export function ramCopyText({ copy }: Ram): string | null {
  if (copy === undefined) return null;
  const { bytesPerSecond, threadCount, disturbance } = copy;
  const copied = say(
    "{bandwidth} when copied on {count, plural, one {one thread} other {# threads}}, bytes read and written counted",
    { bandwidth: formatMeasuredBandwidth(bytesPerSecond), count: threadCount },
  );
  if (disturbance === undefined) return copied;
  const values = { copied, reason: disturbanceText(disturbance, threadCount) };
  return disturbance.isAccepted
    ? say("{copied}. Disturbed: {reason}. It counts all the same.", values)
    : say("{copied}. Disturbed: {reason}. So no speed is told by it.", values);
}

function disturbanceText(
  { processorFraction, lateThreadCount }: CopyDisturbance,
  threadCount: number,
): string {
  return lateThreadCount > 0
    ? say("only {count} of {total} threads were ready in time", {
        count: threadCount,
        total: threadCount + lateThreadCount,
      })
    : say("other programs had the processor for {percent} % of the time", {
        percent: Math.round(100 * (1 - processorFraction)),
      });
}

/** "90 GB/s, given" or "60 GB/s measured, given"; null where nobody gave it. */
export function givenBandwidthText({ bandwidth }: Ram): string | null {
  if (bandwidth === undefined) return null;
  const { bytesPerSecond, isMeasured, source } = bandwidth;
  const text = formatBandwidth(bytesPerSecond);
  return commaText([isMeasured ? say("{bandwidth} measured", { bandwidth: text }) : text, toldText(source)]);
}

/** What was detected of the processor, a text a field of the editor: shown where nothing is given. */
export function detectedProcessorTexts({
  processor,
  ram,
}: MachineReport): Readonly<Record<keyof ProcessorChange, string>> {
  const { name, physicalCoreCount } = processor;
  return {
    name: name === null ? say("not known") : detectedText(name),
    cores: physicalCoreCount === null ? say("not known") : detectedText(String(physicalCoreCount)),
    ramBandwidth:
      ram.copy?.disturbance?.isAccepted === false || ram.copy === undefined
        ? say("not known; for example {examples}", { examples: "90GB/s, 60GB/s measured" })
        : say("{bandwidth} measured", { bandwidth: formatMeasuredBandwidth(ram.copy.bytesPerSecond) }),
  };
}

/** "nvidia-smi did not answer." or "nvidia-smi and 2 other sources did not answer."; null where all did. */
export function failedSourcesText({ probes }: MachineReport): string | null {
  const [first, ...others] = probes.filter(({ status }) => status === "failed");
  if (first === undefined) return null;
  const name = toldText(first.name);
  if (others.length === 0) return say("{name} did not answer.", { name });
  return say("{name} and {count, plural, one {# other source} other {# other sources}} did not answer.", {
    name,
    count: others.length,
  });
}

/** What an empty list of accelerators means: there is none, or a source that might know one gave no answer. */
export function noAcceleratorText({ probes }: MachineReport): {
  readonly title: string;
  readonly text: string;
} {
  const silent = probes.filter((probe) => probe.status === "failed").map((probe) => toldText(probe.name));
  if (silent.length === 0) {
    return { title: say("No GPU found"), text: say("Verdicts are for the processor and RAM.") };
  }
  return {
    title: say("No GPU known"),
    text: say(
      "Whether there is one is not known: {sources} gave no answer. Verdicts are for the processor and RAM.",
      { sources: commaText(silent) },
    ),
  };
}

/** "16 cores, 32 threads", as far as it is known. */
export function coresText(processor: Processor): string {
  const { physicalCoreCount, threadCount } = processor;
  const cores =
    physicalCoreCount === null
      ? []
      : [say("{count, plural, one {# core} other {# cores}}", { count: physicalCoreCount })];
  const threads =
    threadCount === null
      ? []
      : [say("{count, plural, one {# thread} other {# threads}}", { count: threadCount })];
  const parts = [...cores, ...threads];
  return parts.length === 0 ? say("Number of cores not known") : commaText(parts);
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
  freeWord: "free" | "available",
  reservedBytes = 0,
): MemoryState {
  if (totalBytes === null) {
    return {
      totalText: say("Size not known"),
      useText: freeMemoryText(freeBytes, freeWord),
      usedFraction: null,
    };
  }
  const totalText = formatMemory(totalBytes);
  if (freeBytes === null) return { totalText, useText: freeMemoryText(null, freeWord), usedFraction: null };
  const takenBytes = Math.max(0, totalBytes - freeBytes);
  const usedBytes = Math.max(0, takenBytes - reservedBytes);
  const used = say("{memory} in use", { memory: formatMemory(usedBytes) });
  const useText = commaText([freeMemoryText(freeBytes, freeWord), used]);
  return { totalText, useText, usedFraction: takenBytes / totalBytes };
}

function freeMemoryText(freeBytes: number | null, word: "free" | "available"): string {
  if (freeBytes === null)
    return word === "free" ? say("free memory not known") : say("available memory not known");
  const memory = formatMemory(freeBytes);
  return word === "free" ? say("{memory} free", { memory }) : say("{memory} available", { memory });
}
