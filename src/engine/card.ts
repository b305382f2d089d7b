import type { Fact, Origin } from "./fact.ts";
import type { Accelerator } from "./machine.ts";
import type { AcceleratorVendor } from "./accelerator-vendor.ts";

/** A kind of accelerator as the card database (`catalog/hardware/`) knows it: what no tool on the machine reports. */
export interface Card extends CardMemory, CardCompute, CardBoard {
  /** Lower case with hyphens, unique and stable. */
  readonly id: string;
  readonly origin: Origin;
  /** As its driver spells it, where that is known ("NVIDIA GeForce RTX 4090 Laptop GPU"). */
  readonly name: string;
  /** Other spellings people and tools use; cards may share one ("A100"), and then it is ambiguous. */
  readonly aliases: readonly string[];
  readonly vendor: AcceleratorVendor;
  /** `vendor:device` in lower-case hex; several cards may share one. */
  readonly pciIds: readonly string[];
}

/** Its memory, which decides what fits and how fast a token is written. */
export interface CardMemory {
  readonly memoryKind: Accelerator["memoryKind"];
  /**
   * What a driver reports for one device; where nobody published that, the label read as GiB, and the source says
   * so. Missing for unified memory that is sold in several sizes: it is the computer's RAM.
   */
  readonly memoryBytes: Fact<number>;
  /** The maker's label in GB, for display and for telling variants apart. */
  readonly memoryLabelGB: number | null;
  /** "GDDR6X", "HBM3", "LPDDR5X". */
  readonly memoryType: Fact<string>;
  readonly memoryBusBits: Fact<number>;
  readonly memoryBandwidthBytesPerSecond: Fact<number>;
  /** Devices the driver shows for one board of this name, each with the memory stated here: 2 for a Tesla K80. */
  readonly deviceCount: number;
}

/**
 * Peak rates without sparsity, operations per second. Each source says how the figure came about: published, or
 * derived from units and clock.
 */
export interface CardCompute {
  /** "Ada Lovelace", "RDNA 3.0". */
  readonly architecture: Fact<string>;
  /** NVIDIA's, as "8.9". */
  readonly computeCapability: Fact<string>;
  /** AMD's compiler target, as "gfx1100". */
  readonly gfxTarget: Fact<string>;
  /** Cores of an Apple GPU, which tell two chips of one name apart. */
  readonly gpuCoreCount: Fact<number>;
  /** FP16 on matrix units, summed in FP32. */
  readonly fp16TensorFlops: Fact<number>;
  /** FP16 on matrix units, summed in FP16: twice as fast on GeForce, the same elsewhere. */
  readonly fp16TensorFp16SumFlops: Fact<number>;
  readonly fp8TensorFlops: Fact<number>;
  readonly int8TensorOps: Fact<number>;
  readonly fp32Flops: Fact<number>;
}

/** How it is built in and what it draws. */
export interface CardBoard {
  /** The maker's thermal or board power: of the whole board, where a driver shows several devices of it. */
  readonly powerWatts: Fact<number>;
  readonly pcieGeneration: Fact<number>;
  readonly pcieLaneCount: Fact<number>;
  /** All NVLink links together, both ways. */
  readonly nvlinkBytesPerSecond: Fact<number>;
  readonly releaseYear: Fact<number>;
  /** US dollars, about: the maker's price at launch, of data-centre cards what the trade reported. Not today's price. */
  readonly launchPriceUsd: Fact<number>;
}
