import { candidateQuantizations } from "./candidates.ts";
import { isKnown } from "./fact.ts";
import type { CacheRoom, Fit } from "./fit.ts";
import type { Accelerator, MachineReport } from "./machine.ts";
import type { Architecture, Model } from "./model.ts";
import type { QuantizationName } from "./quantization.ts";
import type { Runtime } from "./runtime.ts";
import type { Scenario } from "./scenario.ts";
import { decideAmong, type Decision, type Question } from "./verdict.ts";
import { expertPackingOf } from "#engine/memory/weights.ts";
import { demandOf, memoryBreakdown } from "#engine/placement/demand.ts";
import { machineRooms, type Rooms } from "#engine/placement/rooms.ts";
import { cacheRoomBytes } from "#engine/placement/serving.ts";
import { NO_PLACEMENT } from "#engine/placement/strategies.ts";
import { placeAnywhere, waysOf, type Ways } from "#engine/placement/ways.ts";

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
  const facts = neededFacts(model);
  if (facts.kind === "missing") return unknownFit(model, scenario, facts.reason);
  const usable = usableMachine(machine, scenario.runtime);
  const demands = demandsOf(facts, scenario);
  if (usable.kind === "missing") return unknownFit(model, scenario, usable.reason);
  if (demands.kind === "missing") return unknownFit(model, scenario, demands.reason);
  const rooms = machineRooms(usable.machine, scenario.backend);
  const ways = waysOf(scenario.runtime, facts.architecture);
  const unknownCard = cardOfUnknownMemory(usable.machine);
  const question = {
    contextLength: scenario.contextLength,
    demands: demands.list,
    finest: facts.finest,
    ways,
  };
  const decision = honest(decideAmong(question, rooms), unknownCard);
  const shown = asked === null ? decision : placedAs(asked, facts, { scenario, rooms, ways });
  return {
    modelId: model.id,
    scenario,
    verdict: decision.verdict,
    quantization: shown.demand.quantization,
    memory: memoryBreakdown(shown.demand, shown.placement.devices),
    placement: shown.placement,
    caveats: unknownCard === null ? [] : [`${memoryUnknown(unknownCard)} It is left out.`],
    cacheRoom: cacheRoomOf(shown, scenario),
  };
}

interface KnownFacts {
  readonly kind: "known";
  readonly architecture: Architecture;
  /** The release precision, or what the person's own file is packed as. */
  readonly finest: QuantizationName;
}

type NeededFacts = KnownFacts | { readonly kind: "missing"; readonly reason: string };

function neededFacts(model: Model): NeededFacts {
  const { architecture, releasePrecision } = model;
  if (!isKnown(architecture)) return { kind: "missing", reason: `Architecture: ${architecture.missing}` };
  const { exactWeights } = architecture.value;
  if (exactWeights !== null) {
    return { kind: "known", architecture: architecture.value, finest: exactWeights.quantization };
  }
  if (!isKnown(releasePrecision)) {
    return { kind: "missing", reason: `Release precision: ${releasePrecision.missing}` };
  }
  return { kind: "known", architecture: architecture.value, finest: releasePrecision.value };
}

type Demands =
  | { readonly kind: "known"; readonly list: Question["demands"] }
  | { readonly kind: "missing"; readonly reason: string };

function demandsOf({ architecture, finest }: KnownFacts, scenario: Scenario): Demands {
  const { lowestQuantization, runtime } = scenario;
  const experts = expertPackingOf(finest);
  const [first, ...rest] = candidateQuantizations(architecture, finest, lowestQuantization, runtime).map(
    (name) => demandOf(architecture, name, scenario, experts),
  );
  if (first !== undefined) return { kind: "known", list: [first, ...rest] };
  const reason = `${runtime?.name ?? "The runtime"} loads no packing of it at or above ${lowestQuantization}.`;
  return { kind: "missing", reason };
}

type Usable =
  | { readonly kind: "known"; readonly machine: MachineReport }
  | { readonly kind: "missing"; readonly reason: string };

/** The machine as far as the runtime can drive it. */
function usableMachine(machine: MachineReport, runtime: Runtime | undefined): Usable {
  if (runtime === undefined) return { kind: "known", machine };
  const accelerators = machine.accelerators.filter(({ vendor }) => runtime.vendors.includes(vendor));
  if (accelerators.length === 0 && !runtime.runsOnProcessor) {
    return { kind: "missing", reason: `${runtime.name} drives no accelerator of this machine.` };
  }
  return { kind: "known", machine: { ...machine, accelerators } };
}

/** Of a runtime that reserves a share of each card: what is left for the cache, and how many tokens that holds. */
function cacheRoomOf(
  { demand, placement }: Pick<Decision, "demand" | "placement">,
  scenario: Scenario,
): CacheRoom | null {
  const smallest = Math.min(...placement.devices.map(cacheRoomBytes));
  const [device] = placement.devices;
  if (scenario.runtime?.reserve.kind !== "share" || device === undefined) return null;
  const askedTokens = scenario.contextLength * scenario.parallelSequenceCount;
  const isCached = demand.layers.some((layer) => layer.kvCacheBytes > 0);
  return {
    bytesPerDevice: smallest,
    tokenCount: isCached ? Math.floor((smallest / device.parts.kvCacheBytes) * askedTokens) : null,
  };
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

function placedAs(
  quantization: QuantizationName,
  { architecture, finest }: KnownFacts,
  where: { readonly scenario: Scenario; readonly rooms: readonly Rooms[]; readonly ways: Ways },
): Pick<Decision, "demand" | "placement"> {
  const demand = demandOf(architecture, quantization, where.scenario, expertPackingOf(finest));
  return { demand, placement: placeAnywhere(demand, where.rooms, where.ways) ?? NO_PLACEMENT };
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
