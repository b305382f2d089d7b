import { candidateQuantizations } from "./candidates.ts";
import { isKnown } from "./fact.ts";
import type { Fit } from "./fit.ts";
import type { Accelerator, MachineReport } from "./machine.ts";
import type { Architecture, Model } from "./model.ts";
import type { QuantizationName } from "./quantization.ts";
import type { Scenario } from "./scenario.ts";
import { decideAmong, type Decision, type Question } from "./verdict.ts";
import { expertPackingOf } from "#engine/memory/weights.ts";
import { demandOf, memoryBreakdown } from "#engine/placement/demand.ts";
import { machineRooms, type Rooms } from "#engine/placement/rooms.ts";
import { NO_PLACEMENT, placeAnywhere } from "#engine/placement/strategies.ts";

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
  const rooms = machineRooms(machine, scenario.backend);
  const demands = demandsOf(facts, scenario);
  const unknownCard = cardOfUnknownMemory(machine);
  const decision = honest(
    decideAmong({ contextLength: scenario.contextLength, demands }, rooms),
    unknownCard,
  );
  const shown = asked === null ? decision : placedAs(asked, facts, { scenario, rooms });
  return {
    modelId: model.id,
    scenario,
    verdict: decision.verdict,
    quantization: shown.demand.quantization,
    memory: memoryBreakdown(shown.demand, shown.placement.devices),
    placement: shown.placement,
    caveats: unknownCard === null ? [] : [`${memoryUnknown(unknownCard)} It is left out.`],
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

function demandsOf(facts: KnownFacts, scenario: Scenario): Question["demands"] {
  const { architecture, finest } = facts;
  const [first, ...rest] = candidateQuantizations(architecture, finest, scenario.lowestQuantization);
  const experts = expertPackingOf(finest);
  return [
    demandOf(architecture, first, scenario, experts),
    ...rest.map((name) => demandOf(architecture, name, scenario, experts)),
  ];
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
  where: { readonly scenario: Scenario; readonly rooms: readonly Rooms[] },
): Pick<Decision, "demand" | "placement"> {
  const demand = demandOf(architecture, quantization, where.scenario, expertPackingOf(finest));
  return { demand, placement: placeAnywhere(demand, where.rooms) ?? NO_PLACEMENT };
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
