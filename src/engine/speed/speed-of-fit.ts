import type { Card } from "#engine/card.ts";
import { isKnown } from "#engine/fact.ts";
import type { Fit } from "#engine/fit.ts";
import type { MachineReport } from "#engine/machine.ts";
import { expertPackingOf } from "#engine/memory/weights.ts";
import type { Model } from "#engine/model.ts";
import { finestPacking } from "#engine/prepare.ts";
import type { Scenario } from "#engine/scenario.ts";
import type { CalibrationFactors } from "./calibration/calibrate.ts";
import { speedOfEither } from "./either-card.ts";
import { estimateSpeed, type SpeedEstimate } from "./estimate-speed.ts";
import type { ModelPacking } from "./packing.ts";
import { placedDevices } from "./placed-devices.ts";
import type { SpeedQuestion } from "./question.ts";
import type { SpeedConstants } from "./speed-constants.ts";

/** Where a fit is timed. */
export interface SpeedSurroundings {
  readonly machine: MachineReport;
  readonly cards: readonly Card[];
  readonly constants: SpeedConstants;
  /** Null: as long as the context of a sequence. */
  readonly promptLength: number | null;
  readonly calibration: CalibrationFactors | null;
}

/** How fast a fit answers: as placed, with the context full and, unless told otherwise, a prompt that fills it. */
export function speedOfFit(fit: Fit, model: Model, where: SpeedSurroundings): SpeedEstimate {
  const { scenario, placement, quantization } = fit;
  const { architecture } = model;
  if (!isKnown(architecture)) return { kind: "missing", reason: `Architecture: ${architecture.missing}` };
  if (quantization === null) return { kind: "missing", reason: "the model is not placed anywhere" };
  const depth = sequenceContext(scenario);
  const ways = placedDevices(placement, where.machine, where.cards).map((devices) => {
    const question: SpeedQuestion = {
      architecture: architecture.value,
      packing: { quantization, experts: expertsOf(model) },
      placement,
      devices,
      backend: scenario.backend ?? null,
      runtimeId: scenario.runtime?.id ?? "llama.cpp",
      depth,
      promptLength: where.promptLength ?? depth,
      microBatchSize: scenario.microBatchSize,
      sequenceCount: scenario.parallelSequenceCount,
      coreCount: where.machine.processor.physicalCoreCount,
      keyCacheType: scenario.keyCacheType,
      valueCacheType: scenario.valueCacheType,
      calibration: where.calibration,
    };
    return { devices, speed: estimateSpeed(question, where.constants) };
  });
  return speedOfEither(ways);
}

/** Tokens of one sequence: a pool of cells is shared by all; elsewhere each has the whole context. */
export function sequenceContext({ contextLength, parallelSequenceCount, runtime }: Scenario): number {
  if (runtime?.cache.sequences === "each") return contextLength;
  return Math.max(1, Math.floor(contextLength / parallelSequenceCount));
}

/** As the memory of the fit was reckoned (`prepare.ts`): by what the model, or the person's own file, is packed as. */
function expertsOf(model: Model): ModelPacking["experts"] {
  const finest = finestPacking(model);
  return isKnown(finest) ? expertPackingOf(finest.value) : "as-the-rest";
}
