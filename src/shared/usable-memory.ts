import type { Accelerator } from "#engine/machine.ts";
import { formatMemory, formatMemoryInSum } from "./format.ts";

/** One line of a sum; `sign` stands before it, and is empty where the sum starts. */
export interface SumLine {
  readonly sign: "" | "−" | "=";
  readonly label: string;
  readonly text: string;
}

/** How much of an accelerator's memory a model can have: idle and right now, from the reported total down. */
export interface UsableMemory {
  readonly lines: readonly SumLine[];
  /** What the sum leaves to say, as sentences. */
  readonly notes: readonly string[];
}

const NOT_REPORTED = "not reported";

/** The sum, as far as its terms are known: a term nobody reports is said, never taken as 0 in silence. */
export function usableMemory(accelerator: Accelerator): UsableMemory {
  const { memoryTotalBytes: totalBytes, memoryFreeBytes: freeBytes } = accelerator;
  if (totalBytes === null) {
    return { lines: rightNow(freeBytes), notes: ["No source says how much memory it has."] };
  }
  const limitBytes = accelerator.details?.workingSetLimitBytes ?? null;
  const lines =
    limitBytes !== null && limitBytes < totalBytes
      ? limitedSum(totalBytes, limitBytes, freeBytes)
      : reservedSum(accelerator, totalBytes);
  return { lines: [sumLine("", "Reported total", totalBytes), ...lines], notes: memoryNotes(accelerator) };
}

/** A driver keeps a part of a card for itself, and programs hold some of the rest. */
function reservedSum(accelerator: Accelerator, totalBytes: number): readonly SumLine[] {
  const { memoryFreeBytes: freeBytes, details } = accelerator;
  const reservedBytes = details?.memoryReservedBytes ?? null;
  const idleBytes = totalBytes - (reservedBytes ?? 0); // an unknown reserve makes it "at most"
  const atMost = reservedBytes === null ? "at most " : "";
  const idle: SumLine = {
    sign: "=",
    label: "Usable when idle",
    text: `${atMost}${formatMemoryInSum(idleBytes)}`,
  };
  const reserve =
    accelerator.memoryKind === "unified" && reservedBytes === null
      ? []
      : [sumLine("−", "Driver reserve", reservedBytes)];
  const usedBytes = details?.memoryUsedBytes ?? null;
  const inUseBytes = freeBytes === null ? usedBytes : Math.max(0, idleBytes - freeBytes);
  const nowBytes = freeBytes ?? (usedBytes === null ? null : Math.max(0, idleBytes - usedBytes));
  return [...reserve, idle, sumLine("−", "In use now", inUseBytes), ...rightNow(nowBytes)];
}

/** Apple: one program may keep so much and no more, whatever is free. */
function limitedSum(totalBytes: number, limitBytes: number, freeBytes: number | null): readonly SumLine[] {
  const nowBytes = freeBytes === null ? null : Math.min(limitBytes, freeBytes);
  return [
    sumLine("−", "Kept from a single program", totalBytes - limitBytes),
    sumLine("=", "Usable when idle", limitBytes),
    sumLine("−", "Of that in use now", nowBytes === null ? null : limitBytes - nowBytes),
    ...rightNow(nowBytes),
  ];
}

function rightNow(bytes: number | null): readonly SumLine[] {
  return [
    bytes === null
      ? { sign: "=", label: "Usable right now", text: "not known" }
      : sumLine("=", "Usable right now", bytes),
  ];
}

function sumLine(sign: SumLine["sign"], label: string, bytes: number | null): SumLine {
  return { sign, label, text: bytes === null ? NOT_REPORTED : formatMemoryInSum(bytes) };
}

function memoryNotes({
  memoryKind,
  memoryTotalBytes,
  memoryFreeBytes,
  details,
}: Accelerator): readonly string[] {
  const { carveOutBytes = null, sharedRamBytes = null } = details ?? {};
  const reservedBytes = details?.memoryReservedBytes ?? null;
  const isOddlyFree =
    reservedBytes !== null &&
    memoryTotalBytes !== null &&
    memoryFreeBytes !== null &&
    memoryFreeBytes > memoryTotalBytes - reservedBytes;
  return [
    ...(carveOutBytes === null
      ? []
      : [`${formatMemory(carveOutBytes)} of the total is set aside for it by the firmware and is no RAM.`]),
    ...(sharedRamBytes === null
      ? []
      : [`${formatMemory(sharedRamBytes)} of the total is ordinary RAM that it may use.`]),
    ...(memoryKind === "unified" && carveOutBytes === null && sharedRamBytes === null
      ? ["It is the computer's RAM: what programs take of that is gone for models."]
      : []),
    ...(details?.isDisplayAttached === true
      ? ["A display is attached: what it takes is part of what is in use."]
      : []),
    ...(isOddlyFree ? ["More is said to be free than the reserve leaves: one of the two is inexact."] : []),
  ];
}
