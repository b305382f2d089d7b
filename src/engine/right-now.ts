import { estimateFit } from "./estimate.ts";
import type { Fit, PlacedDevice, Placement } from "./fit.ts";
import type { Accelerator, MachineReport } from "./machine.ts";
import type { Model } from "./model.ts";
import type { QuantizationName } from "./quantization.ts";
import type { Scenario } from "./scenario.ts";

/** The answer for what is free at this moment, beside the one for an idle machine. */
export interface RightNow {
  readonly fit: Fit;
  /** What must be freed, device by device, before the idle machine's placement holds; empty where it holds now. */
  readonly toFree: readonly Shortage[];
  /** Facts without which "now" cannot be said, as sentences. */
  readonly unknown: readonly string[];
}

/** Memory that other programs hold and that would have to be freed. */
export interface Shortage {
  readonly deviceName: string;
  readonly acceleratorId: string | null;
  readonly bytes: number;
}

/** The same question with only what is free now; a device that does not say how much is taken to be idle, and named. */
export function estimateRightNow(
  model: Model,
  machine: MachineReport,
  scenario: Scenario,
  asked: QuantizationName | null = null,
): RightNow {
  const idle = estimateFit(model, machine, scenario, asked);
  return {
    fit: estimateFit(model, machineRightNow(machine), scenario, asked),
    toFree: idle.placement.devices.flatMap((device) => shortageOf(device, machine) ?? []),
    unknown: unknownFreeMemory(machine),
  };
}

/** The machine as far as its memory is free. What other programs hold is gone; what the driver keeps was never there. */
export function machineRightNow(machine: MachineReport): MachineReport {
  const { totalBytes, availableBytes } = machine.ram;
  return {
    ...machine,
    ram: { ...machine.ram, totalBytes: availableBytes ?? totalBytes },
    accelerators: machine.accelerators.map(withFreeMemory),
  };
}

function withFreeMemory(accelerator: Accelerator): Accelerator {
  const { memoryTotalBytes, memoryFreeBytes, details } = accelerator;
  if (memoryFreeBytes === null || memoryTotalBytes === null) return accelerator;
  const freeBytes = Math.min(memoryTotalBytes, memoryFreeBytes + reservedBytes(accelerator));
  const limitBytes = details?.workingSetLimitBytes ?? null;
  return {
    ...accelerator,
    memoryTotalBytes: freeBytes,
    ...(details === undefined
      ? {}
      : {
          details: {
            ...details,
            workingSetLimitBytes: limitBytes === null ? null : Math.min(limitBytes, freeBytes),
          },
        }),
  };
}

/** What the driver keeps is not in the free figure, and is in the margin of every card: it must not count twice. */
function reservedBytes({ details }: Accelerator): number {
  return details?.memoryReservedBytes ?? NOTHING_TOLD;
}

/** A driver that tells no reserve counts it as used, so that its free figure stands as it is. */
const NOTHING_TOLD = 0;

/** True where something says what is free now, so that "right now" can differ from "when idle". */
export function isFreeMemoryKnown({ accelerators, ram }: MachineReport): boolean {
  return ram.availableBytes !== null || accelerators.some(({ memoryFreeBytes }) => memoryFreeBytes !== null);
}

/** What a placement needs of a device, where that is more than is free on it now. */
export interface NotFree {
  readonly deviceName: string;
  readonly neededBytes: number;
  readonly freeBytes: number;
}

/** Devices on which less is free now than a placement needs; of several of one name the one that lacks most. */
export function notFreeNow({ devices }: Placement, machine: MachineReport): readonly NotFree[] {
  const short = devices.flatMap((device) => {
    const bytes = shortageOf(device, machine)?.bytes;
    const { name: deviceName, usedBytes: neededBytes } = device;
    return bytes === undefined ? [] : [{ deviceName, neededBytes, freeBytes: neededBytes - bytes, bytes }];
  });
  short.sort((one, other) => other.bytes - one.bytes);
  const isWorst = (name: string, index: number): boolean =>
    short.findIndex(({ deviceName }) => deviceName === name) === index;
  return short
    .filter(({ deviceName }, index) => isWorst(deviceName, index))
    .map(({ deviceName, neededBytes, freeBytes }) => ({ deviceName, neededBytes, freeBytes }));
}

function shortageOf(device: PlacedDevice, machine: MachineReport): Shortage | null {
  const freeBytes = freeOn(device, machine);
  if (freeBytes === null) return null;
  const bytes = device.usedBytes - freeBytes;
  if (bytes <= 0) return null;
  return { deviceName: device.name, acceleratorId: device.acceleratorId, bytes };
}

function freeOn({ acceleratorId }: PlacedDevice, machine: MachineReport): number | null {
  if (acceleratorId === null) return machine.ram.availableBytes;
  return machine.accelerators.find(({ id }) => id === acceleratorId)?.memoryFreeBytes ?? null;
}

/** What of the memory that is free now nobody says, as sentences. */
export function unknownFreeMemory(machine: MachineReport): readonly string[] {
  const cards = machine.accelerators
    .filter(({ memoryFreeBytes }) => memoryFreeBytes === null)
    .map(({ name }) => `How much memory of ${name} is free is not known; it is taken to be idle.`);
  const isRamUnknown = machine.ram.availableBytes === null;
  return isRamUnknown ? [...cards, "How much RAM is free is not known; it is taken to be idle."] : cards;
}
