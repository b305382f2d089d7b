import type { Accelerator, AcceleratorVendor, MachineReport, MemoryKind } from "#engine/machine.ts";
import { gibToBytes, mibToBytes } from "#engine/units.ts";

/** A place that can hold part of a model. */
export interface Room {
  readonly name: string;
  readonly acceleratorId: string | null;
  readonly memoryKind: MemoryKind;
  readonly capacityBytes: number;
  readonly marginBytes: number;
  /** What a runtime takes there before it holds anything of the model. */
  readonly overheadBytes: number;
}

/** Every place of a machine; cards are those whose memory is known, the largest first. */
export interface Rooms {
  readonly cards: readonly Room[];
  /** RAM that is not an accelerator's unified memory; null where its size is unknown or nothing is left. */
  readonly ram: Room | null;
  readonly isRamKnown: boolean;
}

/**
 * Left free on a card, for what no term covers. llama.cpp leaves 1,024 MiB when it fits a model by itself
 * (`--fit-target`); that would refuse starts that are known to succeed, so this is a quarter of it. Our choice.
 */
const CARD_MARGIN_BYTES = mibToBytes(256);

/** Left to the system and other programs when a model is in RAM: a tenth, at least 2 GiB. Our choice. */
const SYSTEM_SHARE_FRACTION = 0.1;
const SYSTEM_SHARE_MINIMUM_BYTES = gibToBytes(2);

/**
 * What a process takes on a device before any model: CUDA context and kernels, 456 MiB on a headless RTX 4090
 * (llama.cpp issue 15860). Metal logs nothing unaccounted. No such figure was found for the others, which are
 * taken to be like CUDA, the larger one, so that the error is on the safe side.
 */
const RUNTIME_OVERHEAD_BYTES: Record<AcceleratorVendor, number> = {
  nvidia: mibToBytes(456),
  amd: mibToBytes(456),
  intel: mibToBytes(456),
  other: mibToBytes(456),
  apple: 0,
};

/**
 * Share of unified memory Metal gives one process by default: two thirds up to 32 GiB, three quarters above
 * (`recommendedMaxWorkingSetSize` as llama.cpp logs it on 8 to 192 GiB Macs; newer systems give up to 78 %).
 */
const APPLE_SMALL_SHARE_FRACTION = 2 / 3;
const APPLE_LARGE_SHARE_FRACTION = 3 / 4;
const APPLE_LARGE_FROM_BYTES = gibToBytes(33);

/** The places of this machine, as far as their size is known. */
export function machineRooms(machine: MachineReport): Rooms {
  const cards = machine.accelerators
    .map((accelerator) => acceleratorRoom(accelerator))
    .filter((room) => room !== null)
    .sort((one, other) => other.capacityBytes - one.capacityBytes);
  return { cards, ram: ramRoom(machine.ram.totalBytes, cards), isRamKnown: machine.ram.totalBytes !== null };
}

/** A card that this machine does not have, for "how many of these would do". */
export function imaginedCard(name: string, capacityBytes: number, overheadBytes: number): Room {
  return {
    name,
    acceleratorId: null,
    memoryKind: "dedicated",
    capacityBytes,
    marginBytes: CARD_MARGIN_BYTES,
    overheadBytes,
  };
}

/** Name, memory and overhead of the card that stands for "an 80 GB card": what nvidia-smi reports of an H100. */
export const REFERENCE_CARD = imaginedCard("80 GB card", mibToBytes(81_559), RUNTIME_OVERHEAD_BYTES.nvidia);

/** What is free for a model's own bytes. */
export function freeBytes(room: Room): number {
  return Math.max(0, room.capacityBytes - room.marginBytes - room.overheadBytes);
}

function acceleratorRoom(accelerator: Accelerator): Room | null {
  const { memoryTotalBytes, memoryKind } = accelerator;
  if (memoryTotalBytes === null) return null;
  return {
    name: accelerator.name,
    acceleratorId: accelerator.id,
    memoryKind,
    capacityBytes:
      memoryKind === "unified" ? unifiedLimitBytes(accelerator, memoryTotalBytes) : memoryTotalBytes,
    marginBytes: CARD_MARGIN_BYTES,
    overheadBytes: RUNTIME_OVERHEAD_BYTES[accelerator.vendor],
  };
}

function unifiedLimitBytes(accelerator: Accelerator, totalBytes: number): number {
  if (accelerator.vendor !== "apple") return totalBytes - systemShareBytes(totalBytes);
  const share = totalBytes < APPLE_LARGE_FROM_BYTES ? APPLE_SMALL_SHARE_FRACTION : APPLE_LARGE_SHARE_FRACTION;
  return Math.floor(totalBytes * share);
}

function ramRoom(totalBytes: number | null, cards: readonly Room[]): Room | null {
  if (totalBytes === null) return null;
  const unifiedBytes = cards
    .filter((card) => card.memoryKind === "unified")
    .reduce((sum, card) => sum + card.capacityBytes, 0);
  const capacityBytes = totalBytes - unifiedBytes;
  const marginBytes = systemShareBytes(totalBytes);
  if (capacityBytes <= marginBytes) return null;
  return {
    name: "RAM",
    acceleratorId: null,
    memoryKind: "system",
    capacityBytes,
    marginBytes,
    overheadBytes: 0,
  };
}

function systemShareBytes(totalBytes: number): number {
  return Math.max(SYSTEM_SHARE_MINIMUM_BYTES, Math.ceil(totalBytes * SYSTEM_SHARE_FRACTION));
}
