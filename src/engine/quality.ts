import type { CatalogProblem } from "./catalog.ts";
import type { KvCacheType } from "./kv-cache-type.ts";
import type { QuantizationName } from "./quantization.ts";

/** Tasks that have an index of their own. */
export const QUALITY_TASKS = ["general", "chat", "code", "mathematics-reasoning", "multilingual"] as const;

export type QualityTask = (typeof QUALITY_TASKS)[number];

/** How a model answered when it was scored: `only` where it has one way of answering. */
export const ANSWER_MODES = ["only", "thinking", "non-thinking", "thinking-max"] as const;

export type AnswerMode = (typeof ANSWER_MODES)[number];

/**
 * Quality as index points, with the 80 % interval. Llama 3.1 8B Instruct is 50 in every task; ten points are one
 * logit on a typical benchmark of the task: where one model has even odds of a right answer, the other has 73 %.
 */
export interface QualityEstimate {
  readonly index: number;
  readonly low: number;
  readonly high: number;
}

/** What published scores say of one model at one task in one way of answering. No score, no entry. */
export interface TaskQuality extends QualityEstimate {
  readonly modelId: string;
  readonly task: QualityTask;
  readonly mode: AnswerMode;
  /** `measured`: two or more operators and an interval of at most ±3; `thin`: less. */
  readonly evidence: "measured" | "thin";
  /** By language, lower-case English name; only those with scores. Only the task `multilingual` has any. */
  readonly languages: Readonly<Record<string, QualityEstimate>>;
  /** The scores it rests on, by benchmark id. */
  readonly scores: Readonly<Record<string, number>>;
}

/** A benchmark under one protocol in one publication. Scores of different ones are never compared directly. */
export interface QualityBenchmark {
  readonly id: string;
  readonly name: string;
  /** Shots, prompt, release; empty where the source states none. */
  readonly protocol: string;
  readonly unit: string;
  /** Lower-case English name; null for English, code, and means over languages. */
  readonly language: string | null;
  /** Who ran the models. */
  readonly operator: string;
  readonly source: string;
  /** Of its first and last score here, to the day where the source says; null where it states none. */
  readonly firstDate: string | null;
  readonly lastDate: string | null;
  readonly licence: string;
  /** `independent`: one operator ran every model and counts in full; `vendor-or-paper`: a maker's table, counts half. */
  readonly kind: "independent" | "vendor-or-paper";
}

/** Models of about one size lose about the same; the bound is the total number of parameters. */
export const MODEL_SIZE_CLASSES = [
  { name: "under-2b", belowParameterCount: 2e9 },
  { name: "2b-to-10b", belowParameterCount: 10e9 },
  { name: "10b-to-40b", belowParameterCount: 40e9 },
  { name: "over-40b", belowParameterCount: Infinity },
] as const;

export type ModelSizeClass = (typeof MODEL_SIZE_CLASSES)[number]["name"];

/** Index points lost against 16 bit, with the 80 % interval for a model of its kind. */
export interface QualityLoss {
  readonly points: number;
  readonly low: number;
  readonly high: number;
  /** `measured`: on at least one such model; `interpolated`: between those measured, by bits, type and size. */
  readonly basis: "measured" | "interpolated";
  /** Models of the class that were measured. */
  readonly modelCount: number;
}

/** What one packing costs. A packing that is the model's release precision costs nothing, whatever stands here. */
export interface QuantizationLoss extends QualityLoss {
  readonly quantization: QuantizationName;
  readonly sizeClass: ModelSizeClass;
}

/** What a KV cache of that type, keys and values alike, costs. */
export interface KvCacheLoss extends QualityLoss {
  readonly kvCacheType: KvCacheType;
}

/** How much more a task loses than tests of knowledge, which the points are from. */
export interface TaskLossFactor {
  readonly task: "mathematics-reasoning" | "code" | "chat";
  readonly factor: number;
  readonly low: number;
  readonly high: number;
}

/** Everything that is known of quality, normalised: scores name their benchmark by id. */
export interface Quality {
  readonly tasks: readonly TaskQuality[];
  readonly benchmarks: readonly QualityBenchmark[];
  readonly quantizationLosses: readonly QuantizationLoss[];
  readonly kvCacheLosses: readonly KvCacheLoss[];
  readonly taskLossFactors: readonly TaskLossFactor[];
}

/** What was read of quality: everything that passed, and what is wrong with the rest. */
export interface QualityData {
  readonly quality: Quality;
  readonly problems: readonly CatalogProblem[];
}

export function modelSizeClass(parameterCount: number): ModelSizeClass {
  const found = MODEL_SIZE_CLASSES.find(({ belowParameterCount }) => parameterCount < belowParameterCount);
  return found?.name ?? "over-40b";
}

/** A model's qualities at a task, one a way of answering, best first; empty where nobody scored it. */
export function qualitiesOf(quality: Quality, modelId: string, task: QualityTask): readonly TaskQuality[] {
  return quality.tasks
    .filter((entry) => entry.modelId === modelId && entry.task === task)
    .sort((a, b) => b.index - a.index);
}

/** What a packing costs a model of that size; null where nothing is known of it. */
export function quantizationLoss(
  quality: Quality,
  quantization: QuantizationName,
  parameterCount: number,
): QualityLoss | null {
  const sizeClass = modelSizeClass(parameterCount);
  return (
    quality.quantizationLosses.find(
      (loss) => loss.quantization === quantization && loss.sizeClass === sizeClass,
    ) ?? null
  );
}

/** What a cache type costs; null where nothing is known of it. */
export function kvCacheLoss(quality: Quality, kvCacheType: KvCacheType): QualityLoss | null {
  return quality.kvCacheLosses.find((loss) => loss.kvCacheType === kvCacheType) ?? null;
}

/** How far apart two estimates are, with the 80 % interval; a difference whose interval holds 0 is a tie. */
export function qualityDifference(a: QualityEstimate, b: QualityEstimate): QualityEstimate {
  const index = a.index - b.index;
  return {
    index,
    low: index - Math.hypot(a.index - a.low, b.high - b.index),
    high: index + Math.hypot(a.high - a.index, b.index - b.low),
  };
}
