import type { Card } from "#engine/card.ts";
import { isKnown, type Fact } from "#engine/fact.ts";
import type { Ram, RamBandwidth, RamCopy } from "#engine/machine.ts";
import type { AcceleratorVendor } from "#engine/accelerator-vendor.ts";
import { generationOf } from "./generation.ts";

/** What a rate depends on of one device of a placement. */
export type SpeedDevice = SpeedAccelerator | SpeedRam;

export interface SpeedAccelerator extends ComputePeaks {
  readonly kind: "accelerator";
  readonly name: string;
  readonly vendor: AcceleratorVendor;
  readonly gfxTarget: string | null;
  /** Null where it cannot be told: then the maker's constants are used, with a wider interval. */
  readonly generation: string | null;
  readonly bandwidthBytesPerSecond: Fact<number>;
  /** Of its link to the computer, one way. */
  readonly linkBytesPerSecond: Fact<number>;
}

/** Operations per second at most; which of them counts is `PrefillConstants`' affair. */
export interface ComputePeaks {
  /** FP16 on matrix units, summed in FP16 where that is faster. */
  readonly matrixFlops: Fact<number>;
  readonly vectorFlops: Fact<number>;
  readonly coreCount: Fact<number>;
}

export interface SpeedRam {
  readonly kind: "ram";
  readonly bandwidthBytesPerSecond: Fact<number>;
  readonly totalBytes: number | null;
  /** How fast it was copied on this machine, bytes read and written; absent where nobody measured it. */
  readonly copyBytesPerSecond?: number;
}

/** What the card database knows of a card, as a rate needs it. Memory shared with the computer may have RAM's bandwidth. */
export function speedAccelerator(card: Card, ram: SpeedRam): SpeedAccelerator {
  const { name, vendor } = card;
  const gfxTarget = valueOf(card.gfxTarget);
  return {
    kind: "accelerator",
    name,
    vendor,
    gfxTarget,
    generation: generationOf({
      vendor,
      gfxTarget,
      architecture: valueOf(card.architecture),
      computeCapability: valueOf(card.computeCapability),
    }),
    bandwidthBytesPerSecond:
      card.memoryKind === "unified" && !isKnown(card.memoryBandwidthBytesPerSecond)
        ? ram.bandwidthBytesPerSecond
        : card.memoryBandwidthBytesPerSecond,
    linkBytesPerSecond: linkOf(card),
    matrixFlops: isKnown(card.fp16TensorFp16SumFlops) ? card.fp16TensorFp16SumFlops : card.fp16TensorFlops,
    vectorFlops: card.fp32Flops,
    coreCount: card.gpuCoreCount,
  };
}

/** An accelerator of which nothing but its name is known: no figure, but the reason. */
export function unknownAccelerator(
  name: string,
  vendor: AcceleratorVendor,
  reason: string,
): SpeedAccelerator {
  const missing = { missing: reason };
  return {
    kind: "accelerator",
    name,
    vendor,
    gfxTarget: null,
    generation: null,
    bandwidthBytesPerSecond: missing,
    linkBytesPerSecond: missing,
    matrixFlops: missing,
    vectorFlops: missing,
    coreCount: missing,
  };
}

/** The computer's RAM: as a person gave it, else its modules' rate times the width of their channels, where both are known. */
export function speedRam(ram: Ram): SpeedRam {
  if (ram.bandwidth !== undefined) return givenRam(ram.bandwidth, ram.totalBytes);
  const facts = {
    kind: "ram",
    bandwidthBytesPerSecond: ramBandwidth(ram),
    totalBytes: ram.totalBytes,
  } as const;
  return ram.copy === undefined || !tellsSpeed(ram.copy)
    ? facts
    : { ...facts, copyBytesPerSecond: ram.copy.bytesPerSecond };
}

/** Neither stated nor copied: figures then take what a PC has, and reach far (`resolve.ts`). */
export function isRamSpeedUnknown(ram: Ram): boolean {
  const { bandwidthBytesPerSecond, copyBytesPerSecond } = speedRam(ram);
  return !isKnown(bandwidthBytesPerSecond) && copyBytesPerSecond === undefined;
}

/** What other programs disturbed says how busy the computer was rather than how fast its memory is. */
function tellsSpeed({ disturbance }: RamCopy): boolean {
  return disturbance === undefined || disturbance.isAccepted;
}

function givenRam({ bytesPerSecond, isMeasured, source }: RamBandwidth, totalBytes: number | null): SpeedRam {
  return isMeasured
    ? {
        kind: "ram",
        bandwidthBytesPerSecond: { missing: "of the RAM's speed only a copy is given" },
        totalBytes,
        copyBytesPerSecond: bytesPerSecond,
      }
    : { kind: "ram", bandwidthBytesPerSecond: { value: bytesPerSecond, source }, totalBytes };
}

const BITS_PER_BYTE = 8;

/** Boards for PCs have two channels, whatever the number of modules; more than four modules are a server's. */
const PC_CHANNEL_COUNT = 2;
const PC_MODULE_COUNT = 4;

function ramBandwidth({ modules }: Ram): Fact<number> {
  const [first, ...rest] = modules ?? [];
  if (first === undefined) return { missing: "the speed of the RAM is not known" };
  const { transfersPerSecond, dataWidthBits } = first;
  if (transfersPerSecond === null || dataWidthBits === null)
    return { missing: "the speed of the RAM's modules is not known" };
  const moduleCount = rest.length + 1;
  if (moduleCount > PC_MODULE_COUNT)
    return { missing: `how many channels the ${moduleCount} modules of RAM are on is not known` };
  const slowest = rest.reduce(
    (least, module) => Math.min(least, module.transfersPerSecond ?? least),
    transfersPerSecond,
  );
  const channelCount = Math.min(moduleCount, PC_CHANNEL_COUNT);
  return {
    value: (slowest * dataWidthBits * channelCount) / BITS_PER_BYTE,
    source: `${moduleCount} modules, ${channelCount} channels taken`,
  };
}

/** PCI-SIG base specifications: bytes per second of one lane, one way, from generation 1 on. */
const LANE_BYTES_PER_SECOND = [0.25e9, 0.5e9, 0.985e9, 1.969e9, 3.938e9, 7.563e9];

function linkOf(card: Card): Fact<number> {
  const { pcieGeneration, pcieLaneCount } = card;
  if (!isKnown(pcieGeneration)) return pcieGeneration;
  if (!isKnown(pcieLaneCount)) return pcieLaneCount;
  const laneBytesPerSecond = LANE_BYTES_PER_SECOND[pcieGeneration.value - 1];
  if (laneBytesPerSecond === undefined)
    return { missing: `what PCIe ${pcieGeneration.value} carries is not known` };
  return { value: laneBytesPerSecond * pcieLaneCount.value, source: pcieGeneration.source };
}

function valueOf<Value>(fact: Fact<Value>): Value | null {
  return isKnown(fact) ? fact.value : null;
}
