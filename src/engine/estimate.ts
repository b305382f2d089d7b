import { candidateQuantizations, publishedAs } from "./candidates.ts";
import type { CacheRoom, Fit, Placement } from "./fit.ts";
import type { Accelerator, MachineReport } from "./machine.ts";
import type { Model } from "./model.ts";
import { demandFor, prepare, type Prepared } from "./prepare.ts";
import type { QuantizationName } from "./quantization.ts";
import { loadsPacking } from "./runtime.ts";
import type { Scenario } from "./scenario.ts";
import { decideAmong, type Decision, type Question } from "./verdict.ts";
import { memoryBreakdown, type Demand } from "#engine/placement/demand.ts";
import { cacheRoomBytes } from "#engine/placement/serving.ts";
import { NO_PLACEMENT } from "#engine/placement/strategies.ts";
import { placeAnywhere } from "#engine/placement/ways.ts";

/**
 * The verdict for one model on one machine, with the memory and placement behind it. With a quantization asked for,
 * memory and placement are for that one, and the verdict is still the model's. A missing fact gives `unknown`.
 */
export function estimateFit(
  model: Model,
  machine: MachineReport,
  scenario: Scenario,
  asked: QuantizationName | null = null,
): Fit {
  return answerFor(model, machine, scenario)(asked);
}

/** The same for several quantizations of a model, in their order; what they share is worked out once. */
export function estimateFits(
  model: Model,
  machine: MachineReport,
  scenario: Scenario,
  asked: readonly QuantizationName[],
): readonly Fit[] {
  return asked.map(answerFor(model, machine, scenario));
}

/**
 * A model in one packing, as if there were no other: the verdict is about that packing, too. What it costs to choose
 * another than the verdict's is then said of that other.
 */
export function estimateBuild(
  model: Model,
  machine: MachineReport,
  scenario: Scenario,
  quantization: QuantizationName,
): Fit {
  const prepared = prepare(model, machine, scenario);
  if (prepared.kind === "missing") return unknownFit(model, scenario, prepared.reason);
  const demand = demandFor(prepared, quantization, scenario);
  const { verdict } = decisionAmong([demand], prepared, scenario);
  return fitOf(model, { prepared, scenario, verdict, placed: placedAs(demand, prepared) });
}

/** What a model gets here, by the quantization asked for. */
function answerFor(
  model: Model,
  machine: MachineReport,
  scenario: Scenario,
): (asked: QuantizationName | null) => Fit {
  const prepared = prepare(model, machine, scenario);
  if (prepared.kind === "missing") return () => unknownFit(model, scenario, prepared.reason);
  const demandAs = eachOnce((quantization) => demandFor(prepared, quantization, scenario));
  const demands = demandsOf(prepared, scenario, demandAs);
  if (demands.kind === "missing") return () => unknownFit(model, scenario, demands.reason);
  const decision = decisionAmong(demands.list, prepared, scenario);
  const { verdict } = decision;
  return (asked) =>
    fitOf(model, {
      ...{ prepared, scenario, verdict },
      placed: asked === null ? decision : placedAs(demandAs(asked), prepared),
    });
}

function decisionAmong(demands: Question["demands"], prepared: Prepared, scenario: Scenario): Decision {
  const { rooms, ways } = prepared;
  const finest = publishedAs(prepared.finest, scenario.runtime);
  const question = { contextLength: scenario.contextLength, demands, finest, ways };
  const decision = decideAmong(question, rooms);
  return honest(withNotLoaded(decision, finest, scenario), cardOfUnknownMemory(prepared.machine));
}

/** Another packing than the published one may be needed for want of memory, or because the runtime takes no such. */
function withNotLoaded(decision: Decision, finest: QuantizationName, { runtime }: Scenario): Decision {
  const { verdict } = decision;
  if (verdict.kind !== "needs-quantization" || runtime === undefined || loadsPacking(runtime, finest))
    return decision;
  return { ...decision, verdict: { ...verdict, notLoaded: finest } };
}

interface Answered {
  readonly prepared: Prepared;
  readonly scenario: Scenario;
  readonly verdict: Fit["verdict"];
  readonly placed: Pick<Decision, "demand" | "placement">;
}

function fitOf(model: Model, { prepared, scenario, verdict, placed }: Answered): Fit {
  const { demand, placement } = placed;
  const fit = {
    modelId: model.id,
    scenario,
    verdict,
    quantization: demand.quantization,
    memory: memoryBreakdown(demand, placement.devices),
    placement,
    caveats: caveatsOf(prepared, scenario, demand.quantization),
    cacheRoom: cacheRoomOf(placed, scenario),
  };
  return demand.extras.length === 0 ? fit : { ...fit, extras: demand.extras };
}

function caveatsOf(
  { machine, caveats }: Prepared,
  { runtime }: Scenario,
  quantization: QuantizationName,
): readonly string[] {
  const unknownCard = cardOfUnknownMemory(machine);
  const known =
    unknownCard === null ? caveats : [`${memoryUnknown(unknownCard)} It is left out.`, ...caveats];
  if (runtime === undefined || loadsPacking(runtime, quantization)) return known;
  return [`${runtime.name} does not load ${quantization}: these figures are what it would take.`, ...known];
}

/** Made when first asked for: the verdict and each quantization that is asked for want the same. */
function eachOnce(
  make: (quantization: QuantizationName) => Demand,
): (quantization: QuantizationName) => Demand {
  const made = new Map<QuantizationName, Demand>();
  return (quantization) => {
    const known = made.get(quantization);
    if (known !== undefined) return known;
    const demand = make(quantization);
    made.set(quantization, demand);
    return demand;
  };
}

type Demands =
  | { readonly kind: "known"; readonly list: Question["demands"] }
  | { readonly kind: "missing"; readonly reason: string };

function demandsOf(
  prepared: Prepared,
  scenario: Scenario,
  demandAs: (quantization: QuantizationName) => Demand,
): Demands {
  const { architecture, finest } = prepared;
  const { lowestQuantization, runtime } = scenario;
  const names = candidateQuantizations(architecture, finest, lowestQuantization, runtime);
  const [first, ...rest] = names.map(demandAs);
  if (first !== undefined) return { kind: "known", list: [first, ...rest] };
  const reason = `${runtime?.name ?? "The runtime"} loads no packing of it at or above ${lowestQuantization}.`;
  return { kind: "missing", reason };
}

/** Of a runtime that reserves a share of each card: what is left for the cache, and how many tokens that holds. */
function cacheRoomOf(
  { demand, placement }: Pick<Decision, "demand" | "placement">,
  scenario: Scenario,
): CacheRoom | null {
  if (scenario.runtime?.reserve.kind !== "share" || placement.devices.length === 0) return null;
  const smallest = Math.min(...placement.devices.map(cacheRoomBytes));
  const askedTokens = scenario.contextLength * scenario.parallelSequenceCount;
  const isCached = demand.kvCacheBytes > 0;
  return {
    bytesPerDevice: smallest,
    tokenCount: isCached ? Math.floor(leastShare(placement) * askedTokens) : null,
  };
}

/** How often the room of a device holds the cache it has: of equal shards all alike, of a pipeline the least decides. */
function leastShare({ devices }: Placement): number {
  const cached = devices.filter(({ parts }) => parts.kvCacheBytes > 0);
  return Math.min(...cached.map((device) => cacheRoomBytes(device) / device.parts.kvCacheBytes));
}

/** Unified memory of unknown size leaves nothing open: it is RAM, and RAM decides. */
function cardOfUnknownMemory(machine: MachineReport): Accelerator | null {
  return (
    machine.accelerators.find(
      ({ memoryKind, memoryTotalBytes }) => memoryKind === "dedicated" && memoryTotalBytes === null,
    ) ?? null
  );
}

function memoryUnknown(card: Accelerator): string {
  return `How much memory ${card.name} has is not known.`;
}

/** What runs on the known accelerators runs whatever the other card holds; that nothing does cannot be said without it. */
function honest(decision: Decision, unknownCard: Accelerator | null): Decision {
  const isOnKnown = decision.placement.devices.some((device) => device.acceleratorId !== null);
  if (unknownCard === null || isOnKnown) return decision;
  const { contextLength } = decision.verdict;
  return {
    demand: decision.demand,
    verdict: { kind: "unknown", contextLength, missing: memoryUnknown(unknownCard) },
    placement: NO_PLACEMENT,
  };
}

function placedAs(demand: Demand, prepared: Prepared): Pick<Decision, "demand" | "placement"> {
  return { demand, placement: placeAnywhere(demand, prepared.rooms, prepared.ways) ?? NO_PLACEMENT };
}

function unknownFit(model: Model, scenario: Scenario, missing: string): Fit {
  return {
    modelId: model.id,
    scenario,
    verdict: { kind: "unknown", contextLength: scenario.contextLength, missing },
    quantization: null,
    memory: null,
    placement: NO_PLACEMENT,
    caveats: [],
  };
}
