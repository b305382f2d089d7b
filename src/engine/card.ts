import type { Fact } from "./fact.ts";
import type { Accelerator, AcceleratorVendor } from "./machine.ts";

/** A kind of accelerator as the card database (`catalog/hardware/`) knows it: what no tool on the machine reports. */
export interface Card {
  /** Lower case with hyphens, unique and stable. */
  readonly id: string;
  readonly name: string;
  /** Other spellings people and tools use. */
  readonly aliases: readonly string[];
  readonly vendor: AcceleratorVendor;
  readonly memoryKind: Accelerator["memoryKind"];
  /** What a driver reports for it; where nobody published that, the label read as GiB, and the source says so. */
  readonly memoryBytes: Fact<number>;
  /** The maker's label in GB, for display and for telling variants apart. */
  readonly memoryLabelGB: number | null;
  readonly memoryBandwidthBytesPerSecond: Fact<number>;
  /** `vendor:device` in lower-case hex; several cards may share one. */
  readonly pciIds: readonly string[];
}
