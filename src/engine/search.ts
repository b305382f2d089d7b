import { candidateQuantizations } from "./candidates.ts";
import { isKnown } from "./fact.ts";
import type { Fit, Placement } from "./fit.ts";
import type { MachineReport } from "./machine.ts";
import type { Model } from "./model.ts";
import { demandFor, prepare, type Prepared } from "./prepare.ts";
import type { QuantizationName } from "./quantization.ts";
import { CONTEXT_LENGTH_MAX, type Scenario } from "./scenario.ts";
import { placeAnywhere } from "#engine/placement/ways.ts";

/** A model on a machine in a scenario: what the inverse questions are asked about. */
export interface Asked {
  readonly model: Model;
  readonly machine: MachineReport;
  readonly scenario: Scenario;
}

/**
 * Where it must hold to count. `cards`: on accelerators alone, or in RAM where there are none. `anywhere`: with offload,
 * too.
 */
export type Where = "cards" | "anywhere";

/** How long contexts are told apart: llama.cpp's own padding. */
const CONTEXT_STEP = 256;

/** Far more than anybody serves from one machine. */
const MOST_SEQUENCES = 256;

/** The longest context, in steps of 256 up to what the model was trained for, at which a quantization holds. */
export function longestContext(
  asked: Asked,
  quantization: QuantizationName,
  where: Where = "cards",
): number | null {
  const { model, scenario } = asked;
  const trained = isKnown(model.trainedContextLength) ? model.trainedContextLength.value : CONTEXT_LENGTH_MAX;
  const steps = largestThat(Math.floor(trained / CONTEXT_STEP), (count) =>
    holds(asked, quantization, where, { ...scenario, contextLength: count * CONTEXT_STEP }),
  );
  if (steps === null) return null;
  const isWhole = steps === Math.floor(trained / CONTEXT_STEP);
  const isTrainedHeld = isWhole && holds(asked, quantization, where, { ...scenario, contextLength: trained });
  return isTrainedHeld ? trained : steps * CONTEXT_STEP;
}

/**
 * The longest context at which a packing still lies where its fit has it: on accelerators where it is on them, else with
 * RAM. What is called the context that fits, wherever it is shown. Null where it fits nowhere.
 */
export function contextThatFits(asked: Asked, { placement, quantization }: Fit): number | null {
  if (placement.kind === "none" || quantization === null) return null;
  const isOnCards = !["cpu", "layer-offload", "expert-offload"].includes(placement.kind);
  return longestContext(asked, quantization, isOnCards ? "cards" : "anywhere");
}

/** The finest packing that holds, of all that the runtime loads; null where none does. */
export function bestQuantization(asked: Asked, where: Where = "cards"): QuantizationName | null {
  const { model, machine, scenario } = asked;
  const prepared = prepare(model, machine, scenario);
  if (prepared.kind === "missing") return null;
  const { architecture, finest } = prepared;
  const names = candidateQuantizations(architecture, finest, COARSEST, scenario.runtime);
  return names.find((name) => isHeld(placementIn(prepared, name, scenario), prepared, where)) ?? null;
}

const COARSEST: QuantizationName = "IQ1_S";

/** How many sequences can be served at once, up to 256, each with the whole context asked for. */
export function highestParallelism(
  asked: Asked,
  quantization: QuantizationName,
  where: Where = "cards",
): number | null {
  return largestThat(MOST_SEQUENCES, (parallelSequenceCount) =>
    holds(asked, quantization, where, withSequences(asked.scenario, parallelSequenceCount)),
  );
}

/** Where all sequences share one pool, it must be as large as all their contexts. */
function withSequences(scenario: Scenario, parallelSequenceCount: number): Scenario {
  const { runtime, contextLength } = scenario;
  const isPooled = runtime === undefined || runtime.cache.sequences === "pooled";
  return {
    ...scenario,
    parallelSequenceCount,
    contextLength: isPooled ? contextLength * parallelSequenceCount : contextLength,
  };
}

/** True where the quantization holds in that scenario. */
export function holds(
  { model, machine }: Asked,
  quantization: QuantizationName,
  where: Where,
  scenario: Scenario,
): boolean {
  const prepared = prepare(model, machine, scenario);
  if (prepared.kind === "missing") return false;
  return isHeld(placementIn(prepared, quantization, scenario), prepared, where);
}

function placementIn(
  prepared: Prepared,
  quantization: QuantizationName,
  scenario: Scenario,
): Placement | null {
  return placeAnywhere(demandFor(prepared, quantization, scenario), prepared.rooms, prepared.ways);
}

function isHeld(placement: Placement | null, { rooms }: Prepared, where: Where): boolean {
  if (placement === null) return false;
  if (where === "anywhere" || placement.kind === "cpu")
    return where === "anywhere" || rooms[0].cards.length === 0;
  return placement.kind !== "expert-offload" && placement.kind !== "layer-offload";
}

/** The largest count from 1 that meets a condition which every larger one fails; null where 1 does not. */
function largestThat(most: number, meets: (count: number) => boolean): number | null {
  if (most < 1 || !meets(1)) return null;
  let low = 1;
  let high = most;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (meets(middle)) low = middle;
    else high = middle - 1;
  }
  return low;
}
