import type { Caution } from "#advice/cautions.ts";
import type { StepKind, Setting, TextFile } from "#advice/next/step.ts";
import type { Task } from "#advice/task.ts";
import type { PlacementKind } from "#engine/fit.ts";
import type { MemoryKind } from "#engine/machine.ts";
import type { AcceleratorVendor } from "#engine/accelerator-vendor.ts";
import type { Licence } from "#engine/model.ts";
import type { AnswerMode } from "#engine/quality.ts";
import type { QuantizationName } from "#engine/quantization.ts";
import type { VerdictGroup } from "#engine/ranking.ts";
import type { KvCacheType } from "#engine/kv-cache-type.ts";
import type { Range } from "#engine/speed/interval.ts";
import type { ReportChange } from "./change.ts";

/** Raised when a field changes its meaning or goes; new fields do not raise it. */
export const REPORT_SCHEMA_VERSION = 1;

/**
 * Everything a report says, as figures in base units and as sentences: every format is made from this, and the JSON
 * format is this. It has nothing that points to a person or to one machine; see `private-text.ts`.
 */
export interface Report {
  readonly kind: "fitment-report";
  readonly schemaVersion: typeof REPORT_SCHEMA_VERSION;
  /** When it was made, as `2026-11-25T14:30:00.000Z`. */
  readonly madeAt: string;
  readonly versions: ReportVersions;
  readonly machine: ReportMachine;
  readonly question: ReportQuestion;
  readonly answer: ReportAnswer;
  /** Every model of the catalog, best verdict first. */
  readonly verdicts: readonly ReportVerdict[];
  /** Null where nothing was put side by side. */
  readonly comparison: ReportComparison | null;
  /** How the numbers are made, and how far off they are known to be. */
  readonly methods: readonly ReportMethod[];
  /** Against an older report; null where none was given. */
  readonly changes: ReportChanges | null;
}

export interface ReportVersions {
  readonly fitment: string;
  /** The day of the catalog's last change; null where it cannot be read. */
  readonly catalogDate: string | null;
}

/** A fact as people read it. */
export interface ReportFact {
  readonly label: string;
  readonly text: string;
  readonly source: string;
  /** What another source says against it; null where all agree. */
  readonly disagreement: string | null;
}

export interface ReportMachine {
  readonly system: {
    readonly name: string | null;
    readonly release: string | null;
    readonly architecture: string | null;
    readonly source: string;
  };
  readonly processor: {
    readonly name: string | null;
    readonly physicalCoreCount: number | null;
    readonly threadCount: number | null;
    readonly source: string;
  };
  readonly ram: {
    readonly totalBytes: number | null;
    readonly availableBytes: number | null;
    readonly source: string;
  };
  readonly accelerators: readonly ReportAccelerator[];
  /** The same and more, in words. */
  readonly facts: readonly ReportFact[];
  /** Names of the sources that were asked and gave no answer. */
  readonly silentSources: readonly string[];
}

export interface ReportAccelerator {
  readonly name: string;
  readonly vendor: AcceleratorVendor;
  readonly memoryKind: MemoryKind;
  readonly memoryTotalBytes: number | null;
  readonly memoryFreeBytes: number | null;
  readonly memoryBandwidthBytesPerSecond: number | null;
  readonly driverVersion: string | null;
  readonly source: string;
  /** Every fact of it in words. */
  readonly facts: readonly ReportFact[];
}

export interface ReportQuestion {
  readonly task: Task;
  readonly qualityWeight: number;
  readonly languages: readonly string[];
  readonly scenario: ReportScenario;
  /** All of it in words. */
  readonly sentences: readonly string[];
}

export interface ReportScenario {
  readonly contextLength: number;
  readonly keyCacheType: KvCacheType;
  readonly valueCacheType: KvCacheType;
  readonly lowestQuantization: QuantizationName;
  readonly microBatchSize: number;
  readonly flashAttention: boolean;
  readonly parallelSequenceCount: number;
  /** Null: llama.cpp. */
  readonly runtimeId: string | null;
  /** Null: the card's own. */
  readonly backend: string | null;
}

export interface ReportAnswer {
  /** In a sentence or two, also where nothing is recommended. */
  readonly summary: readonly string[];
  /** The best first, then what else it could be. */
  readonly picks: readonly ReportPick[];
}

/** A recommended model, and everything a person needs to judge and to start it. */
export interface ReportPick {
  /** "best answer", "fastest", "smallest". */
  readonly roles: readonly string[];
  readonly modelId: string;
  readonly modelName: string;
  readonly huggingFaceId: string | null;
  readonly parameterCount: number | null;
  readonly quantization: QuantizationName;
  readonly quality: ReportQuality | null;
  readonly speed: ReportSpeed;
  readonly memory: ReportMemory | null;
  readonly placementKind: PlacementKind;
  readonly devices: readonly ReportDevice[];
  readonly licence: ReportLicenceTerms;
  /** Why it is a pick, and what limits it. */
  readonly reasons: readonly string[];
  readonly cautions: readonly { readonly kind: Caution["kind"]; readonly sentence: string }[];
  /** What the memory leaves out. */
  readonly caveats: readonly string[];
  readonly nextSteps: readonly ReportStep[];
  /** Why there are no next steps, or what they are for instead; null where they are for just this. */
  readonly nextStepsNote: string | null;
}

/** Index points at the task as packed here, with the 80 % interval. */
export interface ReportQuality {
  readonly index: number;
  readonly low: number;
  readonly high: number;
  readonly evidence: "measured" | "thin";
  readonly mode: AnswerMode;
  readonly scoreCount: number;
}

/** 80 % intervals; or why there are none. */
export type ReportSpeed =
  | {
      readonly kind: "known";
      readonly decodeTokensPerSecond: Range;
      readonly prefillTokensPerSecond: Range | null;
      readonly timeToFirstTokenSeconds: Range | null;
      /** Tokens in the cache while it writes. */
      readonly depth: number;
      readonly promptLength: number;
      readonly isMeasuredHere: boolean;
      readonly sentences: readonly string[];
    }
  | { readonly kind: "missing"; readonly reason: string };

export interface ReportMemory {
  readonly totalBytes: number;
  /** They add up to the total. */
  readonly parts: readonly ReportPart[];
}

export interface ReportPart {
  readonly key: string;
  readonly label: string;
  readonly bytes: number;
}

/** One device's share, or that of each of several alike. Parts and free parts add up to its capacity. */
export interface ReportDevice {
  /** "8 × NVIDIA H100" where several hold the same. */
  readonly name: string;
  /** How many there are; the figures are of one. */
  readonly deviceCount: number;
  readonly memoryKind: MemoryKind;
  readonly capacityBytes: number;
  readonly usedBytes: number;
  readonly layersText: string;
  readonly parts: readonly ReportPart[];
  readonly freeParts: readonly ReportPart[];
}

/** Terms as the catalog has them, with where they were read; null where nobody states them, and why. */
export interface ReportLicence {
  readonly name: string | null;
  readonly commercialUse: Licence["commercialUse"];
  readonly note: string | null;
  readonly source: string;
}

/** The same of a pick, with what it asks for. */
export interface ReportLicenceTerms extends ReportLicence {
  /** In sentences; empty where nobody read it. */
  readonly terms: readonly string[];
  /** Where its text is; null where that is not known. */
  readonly url: string | null;
}

/** One thing to do, with the commands as lines for each shell. */
export interface ReportStep {
  readonly kind: StepKind;
  readonly title: string;
  readonly notes: readonly string[];
  readonly settings: readonly Setting[];
  readonly files: readonly TextFile[];
  readonly commands: readonly { readonly sh: string; readonly powershell: string }[];
  readonly links: readonly string[];
}

export interface ReportVerdict {
  readonly modelId: string;
  readonly modelName: string;
  readonly developer: string;
  readonly parameterCount: number | null;
  readonly group: VerdictGroup;
  /** In words; of those that need cards that are not here, one larger card is told from several. */
  readonly verdict: string;
  /** "on NVIDIA GeForce RTX 4090", "3.1 GiB missing"; what decides. */
  readonly note: string;
  readonly quantization: QuantizationName | null;
  readonly contextLength: number;
  readonly placementKind: PlacementKind;
  readonly memoryTotalBytes: number | null;
  readonly weightsBytes: number | null;
  readonly kvCacheBytes: number | null;
  readonly decodeTokensPerSecond: Range | null;
  readonly quality: ReportQuality | null;
  readonly licence: ReportLicence;
}

/** Subjects side by side, cells in words. */
export interface ReportComparison {
  readonly subjects: readonly string[];
  readonly rows: readonly {
    readonly id: string;
    readonly label: string;
    readonly cells: readonly string[];
    /** Index of the cell that is better by more than the uncertainty; null where there is none. */
    readonly best: number | null;
  }[];
}

export interface ReportMethod {
  readonly title: string;
  readonly sentences: readonly string[];
}

export interface ReportChanges {
  /** Of the older report. */
  readonly since: string;
  readonly changes: readonly ReportChange[];
}
