import { addLosses, cacheLoss, packingLoss, type Loss } from "#advice/quality/losses.ts";
import type { AdviceData } from "#advice/question.ts";
import { qualityTaskOf, type Task } from "#advice/task.ts";
import { estimateFit } from "#engine/estimate.ts";
import type { Fit } from "#engine/fit.ts";
import type { MachineReport } from "#engine/machine.ts";
import type { Model } from "#engine/model.ts";
import type { QuantizationName } from "#engine/quantization.ts";
import type { Runtime } from "#engine/runtime.ts";
import type { Scenario } from "#engine/scenario.ts";
import type { KnownSpeed } from "#engine/speed/estimate-speed.ts";
import { speedOfFit } from "#engine/speed/speed-of-fit.ts";

/** A model as somebody runs it, and where. */
export interface OptimiseQuestion {
  readonly model: Model;
  readonly machine: MachineReport;
  readonly scenario: Scenario;
  /** Null: the verdict's. */
  readonly quantization: QuantizationName | null;
  readonly task: Task;
  readonly data: AdviceData;
  readonly runtimes: readonly Runtime[];
}

/** What one way of running it comes to. */
export interface State {
  readonly fit: Fit;
  readonly quantization: QuantizationName;
  /** Null where a fact is missing for it. */
  readonly speed: KnownSpeed | null;
  /** Index points lost by packing and cache type together; null where nothing is known of one. */
  readonly loss: Loss | null;
  /** Everywhere together. */
  readonly usedBytes: number;
  /** Of that, weights and cache in RAM beside accelerators; 0 where RAM is all there is. */
  readonly offloadedBytes: number;
}

/** What is asked for instead. */
export interface Changed {
  readonly scenario?: Partial<Scenario>;
  readonly quantization?: QuantizationName | null;
}

/** The state with something changed; null where the machine does not hold it so. */
export function stateWith(question: OptimiseQuestion, { scenario, quantization }: Changed): State | null {
  const { model, machine } = question;
  const asked = quantization === undefined ? question.quantization : quantization;
  const fit = estimateFit(model, machine, { ...question.scenario, ...scenario }, asked);
  return stateOfFit(question, fit);
}

/** The state of a placement; null where there is none. */
export function stateOfFit({ model, machine, task, data }: OptimiseQuestion, fit: Fit): State | null {
  const { quantization, placement } = fit;
  if (quantization === null || placement.kind === "none") return null;
  const { cards, speed: constants, calibration, quality } = data;
  const speed =
    constants === null
      ? null
      : speedOfFit(fit, model, { machine, cards, constants, promptLength: null, calibration });
  const packing = packingLoss(quality, model, quantization, qualityTaskOf(task).task);
  const cache = cacheLoss(quality, fit.scenario);
  return {
    fit,
    quantization,
    speed: speed?.kind === "known" ? speed : null,
    loss: packing === null || cache === null ? null : addLosses(packing, cache),
    usedBytes: placement.devices.reduce((sum, device) => sum + device.usedBytes, 0),
    offloadedBytes: offloadedBytes(fit),
  };
}

function offloadedBytes({ placement }: Fit): number {
  if (placement.kind !== "layer-offload" && placement.kind !== "expert-offload") return 0;
  const ram = placement.devices.find(({ memoryKind }) => memoryKind === "system");
  return ram?.usedBytes ?? 0;
}

/** True where accelerators hold all that is computed with. */
export function isOnAccelerators({ fit }: State): boolean {
  return ["single", "layer-split", "tensor-parallel"].includes(fit.placement.kind);
}
