import { VENDOR_BACKENDS, type Backend } from "#engine/backend.ts";
import type { Catalog } from "#engine/catalog.ts";
import { estimateFit } from "#engine/estimate.ts";
import { isKnown } from "#engine/fact.ts";
import type { Fit } from "#engine/fit.ts";
import type { MachineReport } from "#engine/machine.ts";
import { expandLayers } from "#engine/memory/tensors.ts";
import type { Model } from "#engine/model.ts";
import { DEFAULT_SCENARIO, type Scenario } from "#engine/scenario.ts";
import { speedOfFit } from "#engine/speed/speed-of-fit.ts";
import type { SpeedConstants } from "#engine/speed/speed-constants.ts";
import { calibrationFactors, type CalibrationFactors, type CalibrationPoint } from "./calibrate.ts";
import type { MachineRate } from "./machine-rate.ts";
import { ratesOfMachine } from "./rates-of-machine.ts";

/** What of the catalog a rate is predicted with. */
export type CalibrationCatalog = Pick<Catalog, "models" | "cards" | "runtimes">;

/** A rate beside its prediction, and what ran it. */
interface RuntimePoint extends CalibrationPoint {
  readonly runtimeId: string;
}

/** How the rates measured on this machine move the figures of a fit; null without any for its kind of placement. */
export function machineFactors(
  fit: Fit,
  model: Model,
  { machine, catalog, constants }: CalibrationWhere,
): CalibrationFactors | null {
  const rates = ratesOfMachine(machine);
  if (rates.length === 0) return null;
  const runtimeId = ranBy(fit.scenario.runtime?.id);
  const points = machinePoints({ machine, catalog, constants }).filter(
    (point) => point.runtimeId === runtimeId,
  );
  return calibrationFactors(points, scopeOf(fit, model, machine), constants.withinDevice);
}

interface CalibrationWhere {
  readonly machine: MachineReport;
  readonly catalog: CalibrationCatalog;
  readonly constants: SpeedConstants;
}

const pointsByMachine = new WeakMap<
  MachineReport,
  { readonly constants: SpeedConstants; readonly points: readonly RuntimePoint[] }
>();

/** Predicted once for each machine: a list asks for every model. */
function machinePoints(where: CalibrationWhere): readonly RuntimePoint[] {
  const known = pointsByMachine.get(where.machine);
  if (known?.constants === where.constants) return known.points;
  const points = ratesOfMachine(where.machine).flatMap((rate) => pointOf(rate, where) ?? []);
  pointsByMachine.set(where.machine, { constants: where.constants, points });
  return points;
}

/** Null where the catalog no longer has the model, or nothing is predicted for it. */
function pointOf(rate: MachineRate, { machine, catalog, constants }: CalibrationWhere): RuntimePoint | null {
  const model = catalog.models.find(({ id }) => id === rate.modelId);
  if (model === undefined) return null;
  const fit = estimateFit(model, machine, scenarioOf(rate, catalog), rate.quantization);
  const promptLength = rate.test === "prefill" ? rate.tokenCount : null;
  const { cards } = catalog;
  const speed = speedOfFit(fit, model, { machine, cards, constants, promptLength, calibration: null });
  if (speed.kind === "missing") return null;
  const predicted = rate.test === "decode" ? speed.decodeTokensPerSecond : speed.prefillTokensPerSecond;
  if (predicted === null) return null;
  return {
    ...scopeOf(fit, model, machine),
    runtimeId: ranBy(rate.runtimeId),
    test: rate.test,
    measuredTokensPerSecond: rate.tokensPerSecond,
    predictedTokensPerSecond: predicted.mid,
  };
}

/** The mean depth of a test is what was there, and half of what it wrote. */
function scenarioOf(rate: MachineRate, { runtimes }: CalibrationCatalog): Scenario {
  const written = rate.test === "decode" ? rate.tokenCount / 2 : rate.tokenCount;
  const runtime = runtimes.find(({ id }) => id === rate.runtimeId);
  return {
    ...DEFAULT_SCENARIO,
    contextLength: Math.max(1, Math.round(rate.depth + written)),
    ...(rate.backend === null ? {} : { backend: rate.backend }),
    ...(runtime === undefined || ranBy(rate.runtimeId) === LLAMA_CPP ? {} : { runtime }),
  };
}

const LLAMA_CPP = "llama.cpp";

/** Programs around llama.cpp run as fast as it does. */
function ranBy(runtimeId: string | undefined): string {
  const isAround = runtimeId === undefined || ["ollama", "lm-studio"].includes(runtimeId);
  return isAround ? LLAMA_CPP : runtimeId;
}

function scopeOf(
  { scenario, placement }: Fit,
  { architecture }: Model,
  machine: MachineReport,
): Pick<CalibrationPoint, "backend" | "placementKind" | "isMixture"> {
  const isMixture =
    isKnown(architecture) &&
    expandLayers(architecture.value).some(({ feedForward }) => feedForward.kind === "experts");
  const [first] = placement.devices;
  const accelerator = machine.accelerators.find(({ id }) => id === first?.acceleratorId);
  const own: Backend = accelerator === undefined ? "cpu" : VENDOR_BACKENDS[accelerator.vendor];
  const backend = accelerator === undefined ? "cpu" : (scenario.backend ?? own);
  return { backend, placementKind: placement.kind, isMixture };
}
