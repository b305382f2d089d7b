import type { Accelerator, MachineReport } from "#engine/machine.ts";
import { machineRooms, type Room } from "#engine/placement/rooms.ts";
import { machineRightNow } from "#engine/right-now.ts";
import { formatMemory, formatMemoryInSum } from "./format.ts";
import { say } from "#words/say.ts";

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

/** The sum that the estimates count with; a term nobody reports is said, never taken as 0 in silence. */
export function usableMemory(accelerator: Accelerator, machine: MachineReport): UsableMemory {
  const { memoryTotalBytes: totalBytes } = accelerator;
  const idle = roomOf(accelerator, machine);
  if (totalBytes === null || idle === null) {
    return {
      lines: [{ sign: "=", label: say("Usable right now"), text: say("not known") }],
      notes: [say("No source says how much memory it has.")],
    };
  }
  const lines = [
    sumLine("", say("Reported total"), totalBytes),
    ...(idle.capacityBytes < totalBytes
      ? [sumLine("−", limitLabel(accelerator), totalBytes - idle.capacityBytes)]
      : []),
    sumLine("−", say("Reserve"), idle.marginBytes),
    sumLine("=", say("Usable when idle"), usableBytes(idle)),
    ...nowLines(accelerator, machine, usableBytes(idle)),
  ];
  return { lines, notes: memoryNotes(accelerator, idle) };
}

/** That unified memory is the RAM over again, and how much of it the GPU may have; null for memory of its own. */
export function sharedMemoryText(accelerator: Accelerator, machine: MachineReport): string | null {
  if (accelerator.memoryKind !== "unified") return null;
  const capacityBytes = roomOf(accelerator, machine)?.capacityBytes ?? null;
  if (capacityBytes === null) return say("This is the computer's RAM, not memory beside it.");
  const memory = formatMemory(capacityBytes);
  const carvedOutBytes = accelerator.details?.carveOutBytes ?? null;
  return carvedOutBytes === null || carvedOutBytes === 0
    ? say("This is the computer's RAM, not memory beside it; the GPU may take {memory} of it.", { memory })
    : say(
        "All but {carved} of this is the computer's RAM, not memory beside it; the GPU may take {memory} of it.",
        { memory, carved: formatMemory(carvedOutBytes) },
      );
}

/** The place that estimates fill on it; null where its size is unknown. */
function roomOf({ id }: Accelerator, machine: MachineReport): Room | null {
  const rooms = machineRooms(machine).flatMap(({ cards }) => cards);
  return rooms.find(({ acceleratorId }) => acceleratorId === id) ?? null;
}

/** What a runtime and the model share; what a runtime takes for itself is part of each estimate. */
function usableBytes({ capacityBytes, marginBytes }: Room): number {
  return Math.max(0, capacityBytes - marginBytes);
}

function limitLabel({ vendor }: Accelerator): string {
  return vendor === "apple" ? say("Kept from a single program") : say("Left to the system");
}

/** From the idle sum to this moment: what displays and programs hold, as far as it is told. */
function nowLines(accelerator: Accelerator, machine: MachineReport, idleBytes: number): readonly SumLine[] {
  const now = accelerator.memoryFreeBytes === null ? null : roomOf(accelerator, machineRightNow(machine));
  if (now === null) {
    return [
      sumLine("−", say("In use now"), accelerator.details?.memoryUsedBytes ?? null),
      { sign: "=", label: say("Usable right now"), text: say("not known") },
    ];
  }
  const inUseBytes = Math.max(0, idleBytes - usableBytes(now));
  const displayBytes = Math.min(inUseBytes, drawingBytes(accelerator) ?? 0); // unknown: part of the next line
  return [
    ...(displayBytes === 0 ? [] : [sumLine("−", say("Displays and drawing now"), displayBytes)]),
    sumLine(
      "−",
      displayBytes === 0 ? say("In use now") : say("Otherwise in use now"),
      inUseBytes - displayBytes,
    ),
    sumLine("=", say("Usable right now"), usableBytes(now)),
  ];
}

/** What programs hold that only draw; null where nobody tells it. */
function drawingBytes({ details }: Accelerator): number | null {
  const told = (details?.memoryHolders ?? []).flatMap(({ kind, usedBytes }) =>
    kind === "graphics" && usedBytes !== null ? [usedBytes] : [],
  );
  return told.length === 0 ? null : told.reduce((sum, bytes) => sum + bytes);
}

function sumLine(sign: SumLine["sign"], label: string, bytes: number | null): SumLine {
  return { sign, label, text: bytes === null ? say("not reported") : formatMemoryInSum(bytes) };
}

function memoryNotes(accelerator: Accelerator, { marginBytes }: Room): readonly string[] {
  const { memoryKind, details } = accelerator;
  const { carveOutBytes = null, sharedRamBytes = null } = details ?? {};
  return [
    ...reserveNotes(accelerator, marginBytes),
    ...(carveOutBytes === null
      ? []
      : [
          say("{memory} of the total is set aside for it by the firmware and is no RAM.", {
            memory: formatMemory(carveOutBytes),
          }),
        ]),
    ...(sharedRamBytes === null
      ? []
      : [
          say("{memory} of the total is ordinary RAM that it may use.", {
            memory: formatMemory(sharedRamBytes),
          }),
        ]),
    ...(memoryKind === "unified" && carveOutBytes === null && sharedRamBytes === null
      ? [say("It is the computer's RAM: what programs take of that is gone for models.")]
      : []),
    ...(details?.isDisplayAttached === true && drawingBytes(accelerator) === null
      ? [say("A display is attached: what it takes is part of what is in use.")]
      : []),
  ];
}

/** How much of the reserve a driver says that it keeps. */
function reserveNotes(
  { memoryTotalBytes, memoryFreeBytes, details }: Accelerator,
  marginBytes: number,
): readonly string[] {
  const reservedBytes = details?.memoryReservedBytes ?? null;
  if (reservedBytes === null) return [];
  const memory = formatMemoryInSum(reservedBytes);
  const isOddlyFree =
    memoryTotalBytes !== null &&
    memoryFreeBytes !== null &&
    memoryFreeBytes > memoryTotalBytes - reservedBytes;
  return [
    marginBytes > reservedBytes
      ? say("Of the reserve the driver keeps {memory} for itself.", { memory })
      : say("The driver keeps the whole reserve for itself."),
    ...(isOddlyFree
      ? [say("More is said to be free than the driver leaves: one of the two is inexact.")]
      : []),
  ];
}
