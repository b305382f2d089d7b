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
}

export interface Ram {
  readonly totalBytes: number | null;
  /** What a new program could take now, without swapping. */
  readonly availableBytes: number | null;
  readonly source: string;
}

export type AcceleratorVendor = "nvidia" | "amd" | "intel" | "apple" | "other";

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
  readonly driverVersion: string | null;
  readonly pciAddress: string | null;
  /** Where the memory figure (and so the entry) comes from, for people. */
  readonly source: string;
}

/** One line of the detection report: one source, and what came of it. */
export interface ProbeOutcome {
  readonly name: string;
  readonly status: "ok" | "absent" | "failed";
  /** What was read, why there was nothing to read, or what went wrong, in one plain line. */
  readonly message: string;
  readonly elapsedMs: number;
}
