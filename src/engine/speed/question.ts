import type { Backend } from "#engine/backend.ts";
import type { Placement } from "#engine/fit.ts";
import type { Architecture } from "#engine/model.ts";
import type { CacheTypes } from "./cache-reads.ts";
import type { CalibrationFactors } from "./calibration/calibrate.ts";
import type { ModelPacking } from "./packing.ts";
import type { SpeedDevice } from "./speed-device.ts";

/** What a rate is asked for. */
export interface SpeedQuestion extends CacheTypes {
  readonly architecture: Architecture;
  readonly packing: ModelPacking;
  readonly placement: Placement;
  /** Facts of each device of the placement, in its order. */
  readonly devices: readonly SpeedDevice[];
  /** Null: the maker's own. */
  readonly backend: Backend | null;
  /** The catalog's id; llama.cpp and the programs that run it are what the constants are for. */
  readonly runtimeId: string;
  /** Tokens in the cache when an answer is written. */
  readonly depth: number;
  readonly promptLength: number;
  readonly microBatchSize: number;
  readonly sequenceCount: number;
  /** Cores of the processor; null where nobody says. */
  readonly coreCount: number | null;
  /** From rates measured on this machine; null without. */
  readonly calibration: CalibrationFactors | null;
}
