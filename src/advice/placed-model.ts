import { estimateFit } from "#engine/estimate.ts";
import type { Fit } from "#engine/fit.ts";
import type { MachineReport } from "#engine/machine.ts";
import type { Model } from "#engine/model.ts";
import type { QuantizationName } from "#engine/quantization.ts";
import type { Scenario } from "#engine/scenario.ts";
import type { SpeedEstimate } from "#engine/speed/estimate-speed.ts";
import { machineFactors } from "#engine/speed/calibration/machine-factors.ts";
import { promptLengthOf } from "#engine/speed/speed-here.ts";
import { speedOfFit, type SpeedSurroundings } from "#engine/speed/speed-of-fit.ts";
import type { AdviceData, AdviceQuestion } from "./question.ts";
import { say } from "#words/say.ts";

/** A model as a machine runs it: what does not depend on the task or on what a person prefers. */
export interface PlacedModel {
  readonly fit: Fit;
  readonly speed: SpeedEstimate;
}

type Known = Map<string, PlacedModel | null>;

const byData = new WeakMap<AdviceData, WeakMap<MachineReport, WeakMap<Scenario, Known>>>();

/**
 * A packing placed and timed; null where it is placed nowhere. Kept for as long as machine, scenario and data are the
 * same objects: a slider between quality and speed asks for the whole catalog at every step.
 */
export function placedModel(
  model: Model,
  quantization: QuantizationName,
  { machine, scenario }: Pick<AdviceQuestion, "machine" | "scenario">,
  data: AdviceData,
): PlacedModel | null {
  const known = knownFor(data, machine, scenario);
  const key = `${model.id} ${quantization}`;
  const found = known.get(key);
  if (found !== undefined) return found;
  const placed = place(model, quantization, { machine, scenario }, data);
  known.set(key, placed);
  return placed;
}

function knownFor(data: AdviceData, machine: MachineReport, scenario: Scenario): Known {
  const ofData = byData.get(data) ?? new WeakMap<MachineReport, WeakMap<Scenario, Known>>();
  byData.set(data, ofData);
  const ofMachine = ofData.get(machine) ?? new WeakMap<Scenario, Known>();
  ofData.set(machine, ofMachine);
  const known = ofMachine.get(scenario) ?? new Map<string, PlacedModel | null>();
  ofMachine.set(scenario, known);
  return known;
}

function place(
  model: Model,
  quantization: QuantizationName,
  { machine, scenario }: Pick<AdviceQuestion, "machine" | "scenario">,
  data: AdviceData,
): PlacedModel | null {
  const fit = estimateFit(model, machine, scenario, quantization);
  if (fit.placement.kind === "none") return null;
  const promptLength = promptLengthOf(fit, { promptLength: null });
  return { fit, speed: timed(fit, model, { machine, promptLength }, data) };
}

/** A placed model with a prompt that fills the context. */
export function speedWithFullPrompt(
  { fit, model }: { readonly fit: Fit; readonly model: Model },
  { machine }: Pick<AdviceQuestion, "machine">,
  data: AdviceData,
): SpeedEstimate {
  return timed(fit, model, { machine, promptLength: null }, data);
}

function timed(
  fit: Fit,
  model: Model,
  { machine, promptLength }: Pick<SpeedSurroundings, "machine" | "promptLength">,
  data: AdviceData,
): SpeedEstimate {
  const { models, cards, runtimes = [], speed: constants } = data;
  if (constants === null) {
    return { kind: "missing", reason: say("the constants of speeds cannot be read") };
  }
  const catalog = { models, cards, runtimes };
  const calibration = data.calibration ?? machineFactors(fit, model, { machine, catalog, constants });
  return speedOfFit(fit, model, { machine, cards, constants, promptLength, calibration });
}
