import type { Accelerator, MachineReport } from "./machine.ts";
import { gibToBytes } from "./units.ts";

/**
 * Of laptops: "RTX 4060 Laptop GPU", "RX 6700M", "Arc A370M", "MX450"; they are soldered in. Not a server's "V100S" or
 * "R9700S".
 */
const LAPTOP_NAME = /\b(laptop|mobile|notebook|MX\d{3}|(?![VR]\d)\w*\d{3,4}[MS])\b/i;

export function isOfLaptop({ name }: { readonly name: string }): boolean {
  return LAPTOP_NAME.test(name);
}

/** The largest card that a second one could be put beside; null where there is none, as in a laptop. */
export function cardToDouble({ accelerators }: MachineReport): Accelerator | null {
  const cards = accelerators.flatMap((card) => {
    const { memoryKind, memoryTotalBytes: bytes, details } = card;
    const kind = details?.deviceKind ?? "discrete";
    const isBoard = kind === "discrete" || kind === "external";
    return memoryKind === "dedicated" && bytes !== null && isBoard && !isOfLaptop(card)
      ? [{ card, bytes }]
      : [];
  });
  return cards.sort((one, other) => other.bytes - one.bytes)[0]?.card ?? null;
}

/** The machine with one more of a card. */
export function withOneMore(machine: MachineReport, card: Accelerator): MachineReport {
  return { ...machine, accelerators: [...machine.accelerators, { ...card, id: `${card.id}+1` }] };
}

/** What is sold, one or two modules a channel and upwards. */
const RAM_SIZES_GIB = [16, 32, 48, 64, 96, 128, 192, 256, 384, 512, 768, 1024, 1536, 2048];

/** Firmware and graphics keep a little of what is built in. Our choice. */
const REPORTED_SHARE = 0.97;

/** RAM that the machine could have instead, the smallest first; none where it is an accelerator's unified memory. */
export function largerRam({ accelerators, ram }: MachineReport): readonly number[] {
  const { totalBytes } = ram;
  if (totalBytes === null || accelerators.some(({ memoryKind }) => memoryKind === "unified")) return [];
  return RAM_SIZES_GIB.map((size) => gibToBytes(size)).filter((bytes) => bytes * REPORTED_SHARE > totalBytes);
}

/** The machine with RAM of that size. */
export function withRam(machine: MachineReport, ramBytes: number): MachineReport {
  return { ...machine, ram: { ...machine.ram, totalBytes: Math.floor(ramBytes * REPORTED_SHARE) } };
}
