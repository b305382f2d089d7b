import { gibToBytes } from "#engine/units.ts";

interface IntelCard {
  readonly name: string;
  /** As the maker states it; null where one id was sold with several sizes. */
  readonly memoryGiB: number | null;
}

/**
 * Intel's cards by PCI device id (kernel: `include/drm/intel/pciids.h`), with the memory their maker's product pages
 * state: many drivers and tools tell neither name nor memory.
 */
const CARDS: Readonly<Record<string, IntelCard>> = {
  "4905": { name: "Intel Iris Xe MAX Graphics", memoryGiB: 4 },
  "4907": { name: "Intel Server GPU SG-18M", memoryGiB: 8 },
  "5690": { name: "Intel Arc A770M Graphics", memoryGiB: 16 },
  "5691": { name: "Intel Arc A730M Graphics", memoryGiB: 12 },
  "5692": { name: "Intel Arc A550M Graphics", memoryGiB: 8 },
  "5693": { name: "Intel Arc A370M Graphics", memoryGiB: 4 },
  "5694": { name: "Intel Arc A350M Graphics", memoryGiB: 4 },
  "56a0": { name: "Intel Arc A770 Graphics", memoryGiB: null },
  "56a1": { name: "Intel Arc A750 Graphics", memoryGiB: 8 },
  "56a2": { name: "Intel Arc A580 Graphics", memoryGiB: 8 },
  "56a5": { name: "Intel Arc A380 Graphics", memoryGiB: 6 },
  "56a6": { name: "Intel Arc A310 Graphics", memoryGiB: 4 },
  "56b1": { name: "Intel Arc Pro A40/A50 Graphics", memoryGiB: 6 },
  "56b3": { name: "Intel Arc Pro A60 Graphics", memoryGiB: 12 },
  "56c0": { name: "Intel Data Center GPU Flex 170", memoryGiB: 16 },
  "56c1": { name: "Intel Data Center GPU Flex 140", memoryGiB: 6 },
  "0bd5": { name: "Intel Data Center GPU Max 1550", memoryGiB: 128 },
  "0bda": { name: "Intel Data Center GPU Max 1100", memoryGiB: 48 },
  e20b: { name: "Intel Arc B580 Graphics", memoryGiB: 12 },
  e20c: { name: "Intel Arc B570 Graphics", memoryGiB: 10 },
  e211: { name: "Intel Arc Pro B60 Graphics", memoryGiB: 24 },
  e212: { name: "Intel Arc Pro B50 Graphics", memoryGiB: 16 },
};

/** Name and stated memory of an Intel card (`8086:e20b`); null for graphics inside processors and unknown ids. */
export function intelCard(
  pciDeviceId: string,
): { readonly name: string; readonly memoryBytes: number | null } | null {
  const card = pciDeviceId.startsWith("8086:") ? CARDS[pciDeviceId.slice(5)] : undefined;
  if (card === undefined) return null;
  return { name: card.name, memoryBytes: card.memoryGiB === null ? null : gibToBytes(card.memoryGiB) };
}

/** Graphics inside an Intel processor always sit at this place. */
export function isIntelIntegratedAddress(pciAddress: string | null): boolean {
  return pciAddress?.startsWith("0000:00:02.") === true;
}
