import type { AcceleratorDetails, MachineReport, RamModule } from "#engine/machine.ts";
import type { AcceleratorVendor } from "#engine/accelerator-vendor.ts";

/** What one source says of one device; null where it says nothing. */
export interface DeviceFacts extends Omit<AcceleratorDetails, "parentId" | "memoryHolders"> {
  readonly name: string | null;
  readonly pciAddress: string | null;
  readonly memoryKind: "dedicated" | "unified" | null;
  readonly memoryTotalBytes: number | null;
  readonly memoryFreeBytes: number | null;
  readonly driverVersion: string | null;
}

/** Where everything starts: a source fills in what it read. */
export const NOTHING_KNOWN: DeviceFacts = {
  name: null,
  pciAddress: null,
  pciDeviceId: null,
  pciSubsystemId: null,
  deviceKind: null,
  memoryKind: null,
  memoryTotalBytes: null,
  memoryFreeBytes: null,
  memoryUsedBytes: null,
  memoryReservedBytes: null,
  carveOutBytes: null,
  sharedRamBytes: null,
  workingSetLimitBytes: null,
  driverVersion: null,
  computeCapability: null,
  gfxTarget: null,
  gpuCoreCount: null,
  pcieGeneration: null,
  pcieWidth: null,
  isDisplayAttached: null,
  powerLimitWatts: null,
  driverModel: null,
};

/** One device as one source sees it. */
export interface DeviceSighting {
  readonly source: string;
  /** The command that printed it; null where it was read from files or a library. */
  readonly command: string | null;
  readonly vendor: AcceleratorVendor;
  /** `accelerator`: can run a model. `out-of-use`: real, but unable to now (why is in a note). */
  readonly standing: "accelerator" | "out-of-use";
  readonly facts: DeviceFacts;
  readonly memoryHolders: AcceleratorDetails["memoryHolders"];
  /** MIG: parts that are devices of their own, in place of the whole. */
  readonly slices: readonly DeviceFacts[];
  /** When its source had been read; put there when sources are merged. */
  readonly readAt?: string;
}

/** What one source says of the computer around the devices; null where it says nothing. */
export interface HostFacts {
  readonly platform: string | null;
  readonly osName: string | null;
  readonly osRelease: string | null;
  readonly architecture: string | null;
  readonly processorName: string | null;
  readonly processorVendor: string | null;
  readonly physicalCoreCount: number | null;
  readonly threadCount: number | null;
  readonly instructionSets: readonly string[] | null;
  readonly ramTotalBytes: number | null;
  readonly ramAvailableBytes: number | null;
  /** A limit set on this process (container): at most this much RAM, whatever there is. */
  readonly ramLimitBytes: number | null;
  readonly ramLimitLeftBytes: number | null;
  readonly ramModules: readonly RamModule[] | null;
}

/** As `NOTHING_KNOWN`, for the computer. */
export const NOTHING_KNOWN_OF_HOST: HostFacts = {
  platform: null,
  osName: null,
  osRelease: null,
  architecture: null,
  processorName: null,
  processorVendor: null,
  physicalCoreCount: null,
  threadCount: null,
  instructionSets: null,
  ramTotalBytes: null,
  ramAvailableBytes: null,
  ramLimitBytes: null,
  ramLimitLeftBytes: null,
  ramModules: null,
};

export interface HostSighting {
  readonly source: string;
  readonly facts: HostFacts;
}

/** Everything one source read. */
export interface Reading {
  readonly host: readonly HostSighting[];
  readonly devices: readonly DeviceSighting[];
  /** Which devices reach each other how, by PCI address. */
  readonly links: NonNullable<MachineReport["links"]>;
  readonly notes: readonly string[];
}

export const EMPTY_READING: Reading = { host: [], devices: [], links: [], notes: [] };

/** How a source answered: what `ProbeOutcome` tells people, and what it read (a failed one may have read a part). */
export interface ProbeAnswer {
  readonly status: "ok" | "absent" | "failed";
  readonly message: string;
  readonly reading: Reading;
}

/** The source answered. */
export function ok(message: string, reading: Partial<Reading>): ProbeAnswer {
  return { status: "ok", message, reading: { ...EMPTY_READING, ...reading } };
}

/** There is nothing to ask here: not installed, no such file. */
export function absent(message: string): ProbeAnswer {
  return { status: "absent", message, reading: EMPTY_READING };
}

/** The source is there and did not do its work. */
export function failed(message: string, reading: Partial<Reading> = {}): ProbeAnswer {
  return { status: "failed", message, reading: { ...EMPTY_READING, ...reading } };
}

/** "no GPU", "1 GPU", "3 GPUs". */
export function gpuCount(count: number): string {
  return count === 0 ? "no GPU" : count === 1 ? "1 GPU" : `${count} GPUs`;
}

/** At most this much of an unexpected text is shown to people, on one line. */
const EXCERPT_LENGTH = 160;

/** A foreign text, shortened, on one line, without what would disturb a terminal. */
export function excerpt(text: string): string {
  const line = text.replace(/[\p{Cc}\uFFFD\s]+/gu, " ").trim();
  return line.length <= EXCERPT_LENGTH ? line : `${line.slice(0, EXCERPT_LENGTH)}…`;
}
