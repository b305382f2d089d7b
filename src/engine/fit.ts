import type { MemoryKind } from "./machine.ts";
import type { ExtraPart } from "#engine/memory/extra-part.ts";
import type { QuantizationName } from "./quantization.ts";
import type { Scenario } from "./scenario.ts";

/** The answer for one model on one machine in one scenario. */
export interface Fit {
  readonly modelId: string;
  readonly scenario: Scenario;
  readonly verdict: Verdict;
  /** What `memory` and `placement` are for: the verdict's, or the one that was asked for; null where unknown. */
  readonly quantization: QuantizationName | null;
  readonly memory: MemoryBreakdown | null;
  readonly placement: Placement;
  /** Sentences: what the answer leaves out, and why. */
  readonly caveats: readonly string[];
  /** For a runtime that reserves a share of each card; absent or null for others. */
  readonly cacheRoom?: CacheRoom | null;
  /** What is loaded beside the model, one by one; absent where nothing is. */
  readonly extras?: readonly ExtraPart[];
}

/** What weights and activations leave for keys and values of what a runtime reserves. */
export interface CacheRoom {
  /** On the device that has least. */
  readonly bytesPerDevice: number;
  /** Tokens of all sequences together; null for a model without a cache per token. */
  readonly tokenCount: number | null;
}

/** The first of these that holds. */
export type Verdict =
  | FitsVerdict
  | NeedsQuantizationVerdict
  | NeedsMultipleGpusVerdict
  | RunsWithOffloadVerdict
  | TooLargeVerdict
  | UnknownVerdict;

export type VerdictKind = Verdict["kind"];

/** As published, on one device: at the release precision, or as a file of the person's own is packed. */
export interface FitsVerdict {
  readonly kind: "fits";
  readonly contextLength: number;
  readonly quantization: QuantizationName;
  readonly deviceName: string;
  readonly memoryKind: MemoryKind;
}

/** On one device, at the best quantization that is not below the lowest acceptable one. */
export interface NeedsQuantizationVerdict {
  readonly kind: "needs-quantization";
  readonly contextLength: number;
  readonly quantization: QuantizationName;
  /** As which it is published, where the runtime does not load that: whether it would fit is then no question. */
  readonly notLoaded?: QuantizationName;
  readonly deviceName: string;
  readonly memoryKind: MemoryKind;
}

/** `here`: split over this machine's cards. Else: how many of `cardName` it would take. */
export type NeedsMultipleGpusVerdict =
  | {
      readonly kind: "needs-multiple-gpus";
      readonly here: true;
      readonly contextLength: number;
      readonly quantization: QuantizationName;
      readonly cards: readonly { readonly name: string; readonly layerCount: number }[];
    }
  | {
      readonly kind: "needs-multiple-gpus";
      readonly here: false;
      readonly contextLength: number;
      readonly quantization: QuantizationName;
      readonly cardName: string;
      readonly cardMemoryBytes: number;
      readonly cardCount: number;
      /** Where one would do: the least that it may have, in whole GiB. Absent where it takes several. */
      readonly leastCardMemoryBytes?: number;
    };

/** Cards and RAM together: some layers, or a mixture's experts, stay in RAM. */
export interface RunsWithOffloadVerdict {
  readonly kind: "runs-with-offload";
  readonly contextLength: number;
  readonly quantization: QuantizationName;
  readonly inRam: "experts" | "layers" | "everything";
  /** Layers whose experts, or which as a whole, stay in RAM. */
  readonly layerCountInRam: number;
  readonly bytesInRam: number;
}

export interface TooLargeVerdict {
  readonly kind: "too-large";
  readonly contextLength: number;
  /** The smallest acceptable one; the shortfall is for it. */
  readonly quantization: QuantizationName;
  readonly shortfallBytes: number;
}

export interface UnknownVerdict {
  readonly kind: "unknown";
  readonly contextLength: number;
  /** The fact that is missing, as a sentence. */
  readonly missing: string;
}

/** What the model takes in all. `totalBytes` is the sum of the others; nothing is counted twice. */
export interface MemoryBreakdown {
  /** Every tensor of the file once. */
  readonly weightsBytes: number;
  /** A tied embedding's second copy, made when the output matrix is on a card and the table in RAM. */
  readonly embeddingCopyBytes: number;
  readonly kvCacheBytes: number;
  readonly recurrentStateBytes: number;
  readonly computeBufferBytes: number;
  readonly overheadBytes: number;
  /** What is loaded beside the model (`Scenario.extras`); absent where nothing is. */
  readonly extrasBytes?: number;
  readonly totalBytes: number;
}

export type PlacementKind =
  "single" | "layer-split" | "tensor-parallel" | "expert-offload" | "layer-offload" | "cpu" | "none";

/** What goes where. RAM is listed last, and only where something of the model is in it. */
export interface Placement {
  readonly kind: PlacementKind;
  readonly devices: readonly PlacedDevice[];
}

/** One device's share; `usedBytes` is the sum of its parts and never exceeds `capacityBytes` less `marginBytes`. */
export interface PlacedDevice {
  readonly name: string;
  readonly acceleratorId: string | null;
  readonly memoryKind: MemoryKind;
  /** What a program can have of it at all: the reported total, or the working-set limit of unified memory. */
  readonly capacityBytes: number;
  /** Left alone on purpose: a margin on a card, the system's share of RAM. */
  readonly marginBytes: number;
  readonly usedBytes: number;
  readonly parts: DeviceParts;
  /** Layers whose attention runs here. */
  readonly layerCount: number;
  /** Layers whose experts are here while their attention is on a card. */
  readonly expertLayerCount: number;
}

export interface DeviceParts {
  readonly weightsBytes: number;
  readonly kvCacheBytes: number;
  readonly recurrentStateBytes: number;
  readonly computeBufferBytes: number;
  readonly overheadBytes: number;
  /** What is loaded beside the model and lies here; absent where nothing does. */
  readonly extrasBytes?: number;
}
