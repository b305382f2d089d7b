import type { AcceleratorVendor } from "#engine/accelerator-vendor.ts";
import type { AcceleratorBackend } from "./backend.ts";

/** What was fitted on measured rates: `catalog/runtimes/speed.json`. How, and how well: `tests/speed/`. */
export interface SpeedConstants {
  readonly schemaVersion: 1;
  readonly basis: SpeedBasis;
  /** From the particular to the general: a generation, a maker (`generation` null), anything (`vendor` null). */
  readonly accelerators: readonly AcceleratorConstants[];
  readonly processor: ProcessorConstants;
  readonly links: LinkConstants;
  /** Other runtimes than llama.cpp, as a factor on its rates. */
  readonly runtimes: readonly RuntimeConstants[];
  readonly spreads: readonly Spread[];
  /** Between models on one device, once a rate of another model was measured on it. */
  readonly withinDevice: WithinDeviceSpreads;
}

/** What the constants rest on. */
export interface SpeedBasis {
  readonly rowCount: number;
  readonly deviceCount: number;
  /** Names of builds and dates, as the rows state them. */
  readonly builds: readonly string[];
  /** The oldest and the newest month that a build states. */
  readonly firstMonth: string;
  readonly lastMonth: string;
  readonly notes: readonly string[];
}

/** One class of accelerators under one back end. */
export interface AcceleratorConstants {
  readonly vendor: AcceleratorVendor | null;
  readonly generation: string | null;
  readonly backend: AcceleratorBackend;
  readonly decode: DecodeConstants;
  readonly prefill: PrefillConstants;
  /** Measured cells the class's own constants rest on; 0 where they come from the class above. */
  readonly rowCount: number;
  readonly deviceCount: number;
}

/** One token at a time: memory bandwidth decides. */
export interface DecodeConstants {
  /** Share of the peak bandwidth reached on weights. */
  readonly bandwidthEfficiency: number;
  /** Of that share, what reading scattered experts reaches, by how they are packed. */
  readonly expertEfficiency: Readonly<Record<ExpertType, number>>;
  /** Share of the peak bandwidth reached on the cache. */
  readonly cacheEfficiency: number;
  /** What an operation of attention costs, as bytes read: heads that share keys and values, and latent attention. */
  readonly attentionBytesPerOperation: number;
  /** Fixed time of each layer: launches and waits. */
  readonly layerOverheadMs: number;
  /** What a layer of experts adds, and a recurrent one, in such overheads. */
  readonly expertLayerFactor: number;
  readonly recurrentLayerFactor: number;
}

/** Kinds of packing that reading experts is told apart by. `packed`: blocks of fewer than 8 bits other than MXFP4. */
export type ExpertType = "mxfp4" | "packed" | "eight-bit" | "sixteen-bit";

/** Many tokens at once: compute decides, and reading the weights once for each batch. */
export interface PrefillConstants {
  /** Share of the FP16 matrix peak (summed in FP16 where that is faster). */
  readonly matrixEfficiency: number;
  /** Share of the FP32 peak, where there are no matrix units. */
  readonly vectorEfficiency: number;
  /** Operations per second of one core, where makers publish cores and no peak (Apple); null elsewhere. */
  readonly flopsPerCore: number | null;
  /** Of that rate, what experts and attention reach. */
  readonly expertEfficiency: number;
  readonly attentionEfficiency: number;
  /** Share of the peak bandwidth reached on weights. */
  readonly bandwidthEfficiency: number;
  /** Fixed time of each layer and batch; a layer of experts has two. */
  readonly layerOverheadMs: number;
}

/** The processor with its RAM. */
export interface ProcessorConstants {
  readonly bandwidthEfficiency: number;
  readonly cacheEfficiency: number;
  readonly layerOverheadMs: number;
  /** Where RAM is a server's: many channels, and many cores to wait for. */
  readonly serverFromBytesPerSecond: number;
  readonly serverBandwidthEfficiency: number;
  readonly serverLayerOverheadMs: number;
  /** Types with a codebook (IQ1 to IQ3) are looked up value by value, which takes a core longer than reading does. */
  readonly codebookWeightsPerSecondPerCore: number;
  readonly prefillFlopsPerCore: number;
  /** What a PC's two channels reach at their peak, for RAM whose speed nobody says. */
  readonly assumedRamBytesPerSecond: number;
  /** More RAM than this is a server's, and nothing is assumed of it. */
  readonly assumedRamUpToBytes: number;
}

/** Between devices. */
export interface LinkConstants {
  /** From one card to the next, for each token. */
  readonly cardHandoverMs: number;
  /** From card to RAM and back, for each layer whose experts are there. */
  readonly expertHandoverMs: number;
  /** Waiting for all cards of a tensor-parallel group, twice for each layer. */
  readonly allReduceMs: number;
  /** How much of a prompt's batches overlap on several cards: 1 where all cards work all the time. */
  readonly pipelineOverlap: number;
  /** Share of a PCIe link's peak that weights in RAM are streamed at for a prompt. */
  readonly streamingEfficiency: number;
  /** A link nobody states: PCIe 4.0 with 8 lanes. */
  readonly assumedLinkBytesPerSecond: number;
}

/** Another runtime, measured against what llama.cpp's constants give for the same device. */
export interface RuntimeConstants {
  readonly runtime: string;
  readonly vendor: AcceleratorVendor;
  readonly decodeFactor: number;
  readonly slow: number;
  readonly fast: number;
  readonly rowCount: number;
  readonly deviceCount: number;
}

export interface WithinDeviceSpreads {
  readonly decode: WithinDeviceSpread;
  readonly prefill: WithinDeviceSpread;
}

/** As in `Spread`: factors on a time. */
export interface WithinDeviceSpread {
  readonly fast: number;
  readonly slow: number;
  readonly rowCount: number;
  readonly deviceCount: number;
}

/** Parts of a time that are uncertain each in their own way. */
export const SPREAD_PARTS = [
  "decode-dense",
  "decode-experts",
  "decode-cache",
  "decode-layer-split",
  "decode-tensor-parallel",
  "decode-processor",
  "decode-experts-in-ram",
  "assumed-ram",
  "decode-unknown-generation",
  "prefill-dense",
  "prefill-experts",
  "prefill-attention",
  "prefill-layer-split",
  "prefill-streamed",
  "prefill-processor",
  "prefill-unknown-generation",
] as const;

export type SpreadPart = (typeof SPREAD_PARTS)[number];

/** An 80 % interval as factors on a time: it takes from `fast` to `slow` times as long. */
export interface Spread {
  readonly part: SpreadPart;
  /** Null: whatever the back end. */
  readonly backend: AcceleratorBackend | null;
  readonly fast: number;
  readonly slow: number;
  /** Measured cells of devices that were left out of the fit. */
  readonly rowCount: number;
  readonly deviceCount: number;
}
