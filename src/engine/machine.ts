import type { MachineRate } from "#engine/speed/calibration/machine-rate.ts";
import type { AcceleratorVendor } from "./accelerator-vendor.ts";

/** What is known of one computer. Plain JSON: it crosses IPC, is printed by `detect --json` and read back by `--machine`. */
export interface MachineReport {
  readonly schemaVersion: 1;
  readonly os: OperatingSystem;
  readonly processor: Processor;
  readonly ram: Ram;
  readonly accelerators: readonly Accelerator[];
  /** What each probe came back with, in the order they are listed in `probe/probe.ts`. */
  readonly probes: readonly ProbeOutcome[];
  /** Sentences for people: adapters set aside, facts in doubt, fields a person overrode. */
  readonly notes: readonly string[];
  /** How accelerators reach each other; absent where no tool said. */
  readonly links?: readonly AcceleratorLink[];
  /** What a person measured on it, or on what it was before a change of its parts; absent where nothing. */
  readonly measuredRates?: readonly MachineRate[];
}

export interface OperatingSystem {
  readonly platform: string | null;
  readonly name: string | null;
  readonly release: string | null;
  readonly architecture: string | null;
  readonly source: string;
}

export interface Processor {
  readonly name: string | null;
  readonly vendor: string | null;
  readonly physicalCoreCount: number | null;
  readonly threadCount: number | null;
  readonly source: string;
  /** Those that decide how fast a model runs on the processor, in lower case ("avx2", "amx_tile"); absent where not readable. */
  readonly instructionSets?: readonly string[];
}

export interface Ram {
  readonly totalBytes: number | null;
  /** What a new program could take now, without swapping. */
  readonly availableBytes: number | null;
  readonly source: string;
  /** The modules, where they are readable without administrator rights; absent elsewhere. */
  readonly modules?: readonly RamModule[];
  /** How fast it is copied, where that was measured; absent elsewhere. */
  readonly copy?: RamCopy;
  /** How fast it is as a person gave it, which goes before modules and copy; absent elsewhere. */
  readonly bandwidth?: RamBandwidth;
}

/** What a person says of RAM's speed. */
export interface RamBandwidth {
  readonly bytesPerSecond: number;
  /** True: as a copy gave it, bytes read and written counted. False: channels times their rate. */
  readonly isMeasured: boolean;
  readonly source: string;
}

/** A short measurement: what programs get, which is less than what the modules could give. */
export interface RamCopy {
  /** Bytes read and bytes written, both counted. */
  readonly bytesPerSecond: number;
  /** Threads that copied at once. */
  readonly threadCount: number;
  readonly source: string;
  /** What stood in its way, so that memory may be faster; absent where nothing did. */
  readonly disturbance?: CopyDisturbance;
}

export interface CopyDisturbance {
  /** Share of the copying time in which the threads had a processor; below 1 other programs had it. */
  readonly processorFraction: number;
  /** Threads that were to copy too and were not ready in time. */
  readonly lateThreadCount: number;
  /** A person wants speeds told by it all the same. */
  readonly isAccepted: boolean;
}

/** One memory module, as the firmware describes it. */
export interface RamModule {
  readonly sizeBytes: number;
  /** "DDR5", "LPDDR5X"; null where the firmware does not say. */
  readonly type: string | null;
  /** What it runs at (not what it is rated for), transfers per second. */
  readonly transfersPerSecond: number | null;
  readonly dataWidthBits: number | null;
  /** Where it sits, as the firmware names it. */
  readonly slot: string | null;
}

/** `dedicated`: memory of its own (VRAM). `unified`: shares the computer's RAM. `system`: RAM itself. */
export type MemoryKind = "dedicated" | "unified" | "system";

/** One device that can run a model. */
export interface Accelerator {
  /** Stable within one report: PCI address where known, else vendor and index. */
  readonly id: string;
  readonly name: string;
  readonly vendor: AcceleratorVendor;
  readonly memoryKind: Exclude<MemoryKind, "system">;
  /** What the driver reports, or the catalog where no tool does; null where nobody says. */
  readonly memoryTotalBytes: number | null;
  /** Not in use at detection; null where nobody says. */
  readonly memoryFreeBytes: number | null;
  /** By the card database; absent where it was not asked, or does not know it. */
  readonly memoryBandwidthBytesPerSecond?: number;
  readonly driverVersion: string | null;
  readonly pciAddress: string | null;
  /** Where the memory figure (and so the entry) comes from, for people. */
  readonly source: string;
  /** What the tools said beyond that; absent for an accelerator a person typed in. */
  readonly details?: AcceleratorDetails;
  /** Every value every source gave, the chosen ones marked; absent for an accelerator a person typed in. */
  readonly witnesses?: readonly Witness[];
}

/** How a device is built in: `slice` is a part of a card (MIG), `virtual` a share a hypervisor hands out (vGPU). */
export type DeviceKind = "discrete" | "integrated" | "external" | "slice" | "virtual";

/** Facts some tools report of some accelerators; null where nobody says. */
export interface AcceleratorDetails {
  /** `vendor:device` in lower-case hex, as `Card.pciIds` has it. */
  readonly pciDeviceId: string | null;
  /** `vendor:device` of the board's maker, in lower-case hex. */
  readonly pciSubsystemId: string | null;
  readonly deviceKind: DeviceKind | null;
  /** NVIDIA's, as "8.9". */
  readonly computeCapability: string | null;
  /** AMD's compiler target, as "gfx1100"; null also where it is known to be overridden. */
  readonly gfxTarget: string | null;
  /** Cores of an Apple GPU; compute units of an AMD one. */
  readonly gpuCoreCount: number | null;
  readonly memoryUsedBytes: number | null;
  /** What the driver keeps for itself out of the total. */
  readonly memoryReservedBytes: number | null;
  /** Part of the total that firmware took out of RAM for this GPU alone: the operating system does not count it as RAM. */
  readonly carveOutBytes: number | null;
  /** Part of the total that is ordinary RAM the GPU may map (AMD: GTT): also counted as RAM. */
  readonly sharedRamBytes: number | null;
  /** The most one program may keep on the GPU (Apple's wired limit), where it is set or documented. */
  readonly workingSetLimitBytes: number | null;
  readonly pcieGeneration: number | null;
  readonly pcieWidth: number | null;
  readonly isDisplayAttached: boolean | null;
  readonly powerLimitWatts: number | null;
  /** Windows: "WDDM", "TCC" or "MCDM". */
  readonly driverModel: string | null;
  /** For a slice: the id its card would have. */
  readonly parentId: string | null;
  /** Who holds memory now. */
  readonly memoryHolders: readonly MemoryHolder[];
}

/** A program that holds an accelerator's memory. */
export interface MemoryHolder {
  readonly programName: string;
  readonly kind: "compute" | "graphics" | "both";
  readonly usedBytes: number | null;
}

/** One source's word on one fact of one device. */
export interface Witness {
  /** A field of `Accelerator` or `AcceleratorDetails`; its name carries the unit. */
  readonly fact: string;
  readonly value: string | number | boolean;
  readonly source: string;
  /** The command that printed it; null where it was read from a file or a library. */
  readonly command: string | null;
  readonly isChosen: boolean;
  /** When its source had been read, as `2026-11-25T14:30:00.000Z`; absent where that was not written down. */
  readonly readAt?: string;
}

/** A direct way between two accelerators of one machine. */
export interface AcceleratorLink {
  readonly fromId: string;
  readonly toId: string;
  readonly kind: "nvlink" | "pcie-switch" | "host-bridge" | "numa-node" | "system";
  /** For NVLink: how many links; null for the others. */
  readonly linkCount: number | null;
}

/** One line of the detection report: one source, and what came of it. */
export interface ProbeOutcome {
  readonly name: string;
  readonly status: "ok" | "absent" | "failed";
  /** What was read, why there was nothing to read, or what went wrong, in one plain line. */
  readonly message: string;
  readonly elapsedMs: number;
  /** When it had answered, as `2026-11-25T14:30:00.000Z`; absent where that was not written down. */
  readonly readAt?: string;
}
