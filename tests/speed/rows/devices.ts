import { findCard } from "#engine/card-search.ts";
import type { Card } from "#engine/card.ts";
import { isKnown } from "#engine/fact.ts";
import { numberOf, readCsv, textOf } from "../../fixtures/read-csv.ts";

/** Finds the card behind a device label; null where there is none, or where the label leaves open which. */
export type FindDevice = (label: string) => Card | null;

/**
 * Labels that name several cards are decided by the bandwidth in `device_map.csv`; where that is empty too, the cards
 * must agree within a tenth. Rows that name an "H100 80GB" (2.0 or 3.35 TB/s) so stay out.
 */
export function deviceFinder(folder: string, cards: readonly Card[]): FindDevice {
  const bandwidths = new Map(
    readCsv(`${folder}/device_map.csv`).map((row) => [
      textOf(row, "device_in_speed_csv"),
      numberOf(row, "bandwidth_GBps"),
    ]),
  );
  return (label) => {
    const search = findCard(cardLabel(label), cards);
    if (search.kind !== "ambiguous") return search.kind === "found" ? search.card : null;
    const stated = bandwidths.get(label) ?? null;
    return oneOf(search.cards, stated === null ? null : stated * 1e9);
  };
}

/** Drops what the table adds to a card's name: the computer around it, and what was not recorded. */
function cardLabel(label: string): string {
  return label
    .replace(/ \+ .*/, "")
    .replace(/\((?:\d+GB; )?GPU cores not recorded\)|\(memory size not recorded\)/, "")
    .trim();
}

const SAME_BANDWIDTH = 0.1;

function oneOf(cards: readonly Card[], stated: number | null): Card | null {
  const known = cards.flatMap((card) =>
    isKnown(card.memoryBandwidthBytesPerSecond)
      ? [{ card, bandwidth: card.memoryBandwidthBytesPerSecond.value }]
      : [],
  );
  const [first] = known;
  if (first === undefined) return null;
  const wanted = stated ?? first.bandwidth;
  const alike = known.filter(({ bandwidth }) => Math.abs(bandwidth / wanted - 1) < SAME_BANDWIDTH);
  if (stated === null && alike.length < known.length) return null;
  return alike[0]?.card ?? null;
}

/** RAM and processor of a device label. */
export interface RowProcessor {
  readonly ramBytesPerSecond: number;
  readonly coreCount: number;
}

/**
 * Peak bandwidth of the platform (`cpu_memory.csv`; channels × rate × 8 bytes where that has no line) and cores. The
 * rows do not state the RAM; a two-socket computer counts as one socket, since a token's reads cross no socket twice.
 */
const PROCESSORS: Readonly<Record<string, readonly [gigabytesPerSecond: number, coreCount: number]>> = {
  "AMD Ryzen 9 7950X (CPU)": [83.2, 16],
  "AMD Ryzen Threadripper 3970X (CPU)": [102.4, 32],
  "Intel Core i7-7820HQ (CPU)": [38.4, 4],
  "Intel Xeon 6980P (CPU)": [614.4, 128],
  "AMD Ryzen AI 5 340 (CPU)": [89.6, 6],
  "AmpereOne A192-32X (CPU, 512GB)": [332.8, 192],
  "CIX CP8180 (12-core Arm CPU)": [88, 12],
  "CIX P1 (CPU; Radxa Orion O6)": [88, 12],
  "Raspberry Pi 5 16GB (CPU)": [17.1, 4],
  "Raspberry Pi 5 8GB (CPU)": [17.1, 4],
  "Raspberry Pi 500+ 16GB (CPU)": [17.1, 4],
  "NVIDIA GeForce RTX 4070 Laptop GPU + laptop CPU (64 GB RAM)": [89.6, 8],
  "NVIDIA RTX A6000 + AMD Threadripper PRO 7965WX": [332.8, 24],
  "NVIDIA GeForce RTX 3090 + 2x AMD EPYC 9115": [576, 16],
  "NVIDIA Tesla P100-PCIE-16GB + 2x Intel Xeon E5-2697A v4": [76.8, 16],
  "NVIDIA GeForce RTX 4080 + AMD Ryzen 9 7950X": [83.2, 16],
};

/** The processor behind a device label; null where it is not in the list. `2 threads` in a note means what it says. */
export function processorOf(label: string, notes: string): RowProcessor | null {
  const known = PROCESSORS[label];
  if (known === undefined) return null;
  const [gigabytesPerSecond, coreCount] = known;
  const threads = /(\d+) threads/.exec(notes)?.[1];
  return {
    ramBytesPerSecond: gigabytesPerSecond * 1e9,
    coreCount: threads === undefined ? coreCount : Number(threads),
  };
}
