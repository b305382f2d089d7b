import { backendRefusal, drivenBy } from "./backend-refusal.ts";
import { type Fact, isKnown } from "./fact.ts";
import type { MachineReport } from "./machine.ts";
import type { Architecture, Model } from "./model.ts";
import type { QuantizationName } from "./quantization.ts";
import { runtimeRefusal } from "./runtime-refusal.ts";
import type { Scenario } from "./scenario.ts";
import { splitChoice } from "./split-choice.ts";
import type { ExtraPart } from "#engine/memory/extra-part.ts";
import { valueCacheRefusal } from "#engine/memory/value-cache.ts";
import { expertPackingOf } from "#engine/memory/weights.ts";
import { demandOf, withExtras, type Demand } from "#engine/placement/demand.ts";
import { extraParts, extrasCaveats, type ExtraParts } from "#engine/placement/extras.ts";
import { machineRooms, type Rooms } from "#engine/placement/rooms.ts";
import { waysOf, type Ways } from "#engine/placement/ways.ts";

/** A model, a machine and a runtime as far as they can be brought together. */
export interface Prepared {
  readonly kind: "ready";
  readonly architecture: Architecture;
  /** The release precision, or what the person's own file is packed as. */
  readonly finest: QuantizationName;
  /** With the accelerators that the runtime drives. */
  readonly machine: MachineReport;
  readonly rooms: readonly [Rooms, ...Rooms[]];
  readonly ways: Ways;
  /** What is loaded beside the model, packed so. */
  readonly extras: (quantization: QuantizationName) => readonly ExtraPart[];
  /** Sentences: what of the question the runtime cannot do here. */
  readonly caveats: readonly string[];
}

/** What is missing, as a sentence. */
export interface Unprepared {
  readonly kind: "missing";
  readonly reason: string;
}

/** The facts an answer needs, or the first that is missing. */
export function prepare(model: Model, machine: MachineReport, scenario: Scenario): Prepared | Unprepared {
  const facts = neededFacts(model);
  if (facts.kind === "missing") return facts;
  const { backend } = scenario;
  const refusal = refusalOf(machine, scenario);
  if (refusal !== null) return { kind: "missing", reason: refusal };
  const usable = usableMachine(machine, scenario);
  const { architecture, finest } = facts;
  const partsAs = (quantization: QuantizationName): ExtraParts =>
    extraParts({ model, architecture, quantization, experts: expertPackingOf(finest), scenario });
  const extras = partsAs(finest);
  if (extras.kind === "missing") return extras;
  return {
    kind: "ready",
    architecture,
    finest,
    machine: usable,
    rooms: machineRooms(usable, backend),
    ways: waysOf(architecture, scenario),
    extras: (quantization) => knownParts(partsAs(quantization)),
    caveats: [...splitCaveats(architecture, usable, scenario), ...extrasCaveats(architecture, scenario)],
  };
}

function refusalOf(machine: MachineReport, scenario: Scenario): string | null {
  const { runtime } = scenario;
  const refusal = runtime === undefined ? null : runtimeRefusal(runtime, machine, scenario);
  return refusal ?? backendRefusal(machine, scenario) ?? valueCacheRefusal(scenario);
}

/** What is missing does not depend on the packing, and was asked for before. */
function knownParts(extras: ExtraParts): readonly ExtraPart[] {
  if (extras.kind === "known") return extras.parts;
  throw new Error(extras.reason);
}

/** What a quantization of the model wants. */
export function demandFor(
  { architecture, finest, extras }: Pick<Prepared, "architecture" | "finest" | "extras">,
  quantization: QuantizationName,
  scenario: Scenario,
): Demand {
  const demand = demandOf(architecture, quantization, scenario, expertPackingOf(finest));
  return withExtras(demand, extras(quantization));
}

/** What a model is packed as where nothing is lost: its release precision, or that of a person's own file. */
export function finestPacking({ architecture, releasePrecision }: Model): Fact<QuantizationName> {
  const exact = isKnown(architecture) ? architecture.value.exactWeights : null;
  if (exact === null || !isKnown(architecture)) return releasePrecision;
  return { value: exact.quantization, source: architecture.source };
}

interface KnownFacts {
  readonly kind: "known";
  readonly architecture: Architecture;
  readonly finest: QuantizationName;
}

/** What nothing can be said without. */
export function neededFacts(model: Model): KnownFacts | Unprepared {
  const { architecture } = model;
  const finest = finestPacking(model);
  if (!isKnown(architecture)) return { kind: "missing", reason: `Architecture: ${architecture.missing}` };
  if (!isKnown(finest)) return { kind: "missing", reason: `Release precision: ${finest.missing}` };
  return { kind: "known", architecture: architecture.value, finest: finest.value };
}

/** The machine with the accelerators that the runtime can drive, and the back end where one was chosen. */
function usableMachine(machine: MachineReport, { runtime, backend }: Scenario): MachineReport {
  if (runtime === undefined && backend === undefined) return machine;
  const last = lastUsable.get(machine);
  if (last !== undefined && last.runtime === runtime && last.backend === backend) return last.usable;
  const accelerators = drivenBy(machine.accelerators, backend).filter(
    ({ vendor }) => runtime === undefined || runtime.vendors.includes(vendor),
  );
  const usable = { ...machine, accelerators };
  lastUsable.set(machine, { runtime, backend, usable });
  return usable;
}

/** As it was asked for last: every model asks the same. */
const lastUsable = new WeakMap<
  MachineReport,
  {
    readonly runtime: Scenario["runtime"] | undefined;
    readonly backend: Scenario["backend"] | undefined;
    readonly usable: MachineReport;
  }
>();

const PIPELINE_CAVEAT =
  "Not every architecture runs as a pipeline: the runtime's table of supported models says which do.";

function splitCaveats(
  architecture: Architecture,
  { accelerators }: MachineReport,
  scenario: Scenario,
): readonly string[] {
  const choice = splitChoice(architecture, scenario);
  const isServed = scenario.runtime?.reserve.kind === "share";
  if (accelerators.length > 1 && choice.kind === "layer" && isServed) return [PIPELINE_CAVEAT];
  if (accelerators.length < 2 || choice.kind !== "none" || choice.reason === null) return [];
  return [`${choice.reason} It is looked for on one card, and with RAM.`];
}
