import type { Card } from "#engine/card.ts";
import type { MachineReport } from "#engine/machine.ts";
import type { Model } from "#engine/model.ts";
import type { Quality } from "#engine/quality.ts";
import type { Runtime } from "#engine/runtime.ts";
import type { Scenario } from "#engine/scenario.ts";
import type { CalibrationFactors } from "#engine/speed/calibration/calibrate.ts";
import type { SpeedConstants } from "#engine/speed/speed-constants.ts";
import type { Task } from "./task.ts";

/** What advice is drawn from: the catalog's facts, what is published of quality, and what was measured here. */
export interface AdviceData {
  readonly models: readonly Model[];
  readonly cards: readonly Card[];
  /** Null: no speed is known, and quality alone decides. */
  readonly speed: SpeedConstants | null;
  readonly quality: Quality;
  /** What rates of the machine's own report are read with; absent: as llama.cpp's. */
  readonly runtimes?: readonly Runtime[];
  /** Instead of what the machine's report has of measured rates; null: those. */
  readonly calibration: CalibrationFactors | null;
}

/** What a person asks: for what, with what in mind, on what. */
export interface AdviceQuestion {
  readonly machine: MachineReport;
  /** Context, cache types, lowest quantization, users at once and runtime are here. */
  readonly scenario: Scenario;
  readonly task: Task;
  /** From 0 (only speed counts) to 1 (only quality counts). */
  readonly qualityWeight: number;
  readonly limits: Limits;
}

/** What must hold, beside the scenario; null or empty where a person does not mind. */
export interface Limits {
  /** Null: the pace at which people read. */
  readonly lowestTokensPerSecond: number | null;
  /** Index points of the task below which "fast" and "small" are no use; null: ten below the best. */
  readonly lowestQualityIndex: number | null;
  readonly licenceUse: "any" | "commercial";
  readonly mostParameterCount: number | null;
  readonly mostDownloadBytes: number | null;
  /** Lower-case English names ("french"). */
  readonly languages: readonly string[];
}

export const NO_LIMITS: Limits = {
  lowestTokensPerSecond: null,
  lowestQualityIndex: null,
  licenceUse: "any",
  mostParameterCount: null,
  mostDownloadBytes: null,
  languages: [],
};

/**
 * Where the slider stands for the three words. None is at an end: the best model at a token a second is no use, nor is
 * the fastest that knows nothing.
 */
export const PRIORITIES = { quality: 0.95, balanced: 0.5, speed: 0.15 } as const;

export type Priority = keyof typeof PRIORITIES;
