import type { Accelerator, MachineReport } from "./machine.ts";
import { gibToBytes } from "./units.ts";

/**
 * Of laptops and ready-made boards: "RTX 4060 Laptop GPU", "RX 6700M", "Arc A370M", "MX450", "RTX 2080 with Max-Q
 * Design"; they are soldered in. Not a server's "V100S" or "R9700S", nor a "Max-Q Workstation Edition", which is a card.
 */
const LAPTOP_NAME =
  /\b(laptop|mobile|notebook|max-q(?! workstation)|embedded|MX\d{3}|Vega M|Arc Pro A\d\dM|(?![VR]\d)\w*\d{3,4}[MS])\b/i;

/** The same without a mark in the name: what the catalog has among laptops, and what Macs have (`catalog/hardware/`). */
const UNMARKED_NAMES = [
  /\b(RTX 2050|GTX 1650 Ti|T5[05]0|T1200|Quadro T\d000|Quadro RTX 3000|Quadro P(5[02]0|3000|[345]200))\b/i,
  /\bRadeon Pro (4|5)\d\dX?\b|\bRadeon Pro 5[357]00\b|\bRadeon Pro Vega \d\dX?\b/i,
];

/** Nobody sells it alone, nor puts two of it into a computer. */
export function isSolderedIn({ name }: { readonly name: string }): boolean {
  return [LAPTOP_NAME, ...UNMARKED_NAMES].some((pattern) => pattern.test(name));
}

/** The largest card that a second one could be put beside; null where there is none, as in a laptop. */
export function cardToDouble({ accelerators }: MachineReport): Accelerator | null {
  const cards = accelerators.flatMap((card) => {
    const { memoryKind, memoryTotalBytes: bytes, details } = card;
    const kind = details?.deviceKind ?? "discrete";
    const isBoard = kind === "discrete" || kind === "external";
    return memoryKind === "dedicated" && bytes !== null && isBoard && !isSolderedIn(card)
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
