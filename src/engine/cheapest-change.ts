import { cardToDouble, largerRam, withRam } from "./added-parts.ts";
import { candidateQuantizations } from "./candidates.ts";
import { type Lever, pullLever } from "./lever.ts";
import type { MachineReport } from "./machine.ts";
import { demandFor, prepare } from "./prepare.ts";
import { packingFamily, QUANTIZATION_LADDER, type QuantizationName } from "./quantization.ts";
import { machineRightNow } from "./right-now.ts";
import { holds, type Asked } from "./search.ts";
import { demandBytes } from "#engine/placement/demand.ts";

/** A change that makes it fit. */
export interface Change {
  /** One lever, or two of which neither does alone. */
  readonly levers: readonly Lever[];
  /** By how much less is needed on the cards, or more is there. */
  readonly gainedBytes: number;
  /** Cheapest first: see `COSTS`. */
  readonly cost: number;
}

/** A question with levers pulled. */
interface State {
  readonly asked: Asked;
  readonly quantization: QuantizationName;
  readonly where: "cards" | "anywhere";
}

/**
 * How much a person minds, smallest first: closing a program costs nothing, a smaller micro-batch some speed of
 * prompts, 8-bit keys and values nearly nothing of quality, less context what it says, and so on; what must be bought
 * comes after most that costs nothing, two together too. An order, no measure.
 */
const COSTS = {
  free: 1,
  microBatch: 2,
  cacheOf8Bits: 3,
  half: 4,
  offload: 6,
  step: 5,
  cacheOf4Bits: 7,
  ram: 16,
  card: 20,
};

/**
 * Ways to make a quantization hold on the cards, or in RAM that is or could be there, cheapest first: each lever that
 * does alone, and pairs of those that do not. With `isNow` only free memory counts, and freeing the rest is a lever.
 * Empty where it holds already, or no pair helps.
 */
export function cheapestChanges(
  asked: Asked,
  quantization: QuantizationName,
  isNow = false,
): readonly Change[] {
  const now = isNow ? { ...asked, machine: machineRightNow(asked.machine) } : asked;
  const start: State = { asked: now, quantization, where: "cards" };
  if (isFitting(start)) return [];
  const after = (pulls: readonly Pull[]): State =>
    pulls.reduce((state, each) => pull(state, each, asked.machine), start);
  const pulls = pullsOf(start, isNow);
  const alone = pulls.filter((each) => isFitting(after([each])));
  const rest = pulls.filter((each) => !alone.includes(each));
  const pairs = rest.flatMap((first, index) =>
    rest
      .slice(index + 1)
      .filter((second) => second.lever.kind !== first.lever.kind)
      .filter((second) => isFitting(after([first, second])))
      .map((second) => [first, second]),
  );
  return byCost([...alone.map((pull) => [pull]), ...pairs].map((each) => changeOf(start, after(each), each)));
}

interface Pull {
  readonly lever: Lever;
  readonly cost: number;
}

/** Some levers change what counts as room, too: `idle` is the machine with nothing else running. */
function pull(state: State, { lever }: Pull, idle: MachineReport): State {
  const { asked, quantization } = pullLever(state, lever);
  const isAnywhere = lever.kind === "offload" || lever.kind === "more-ram";
  return {
    asked: lever.kind === "free-memory" ? { ...asked, machine: idle } : asked,
    quantization,
    where: isAnywhere ? "anywhere" : state.where,
  };
}

function pullsOf(start: State, isNow: boolean): readonly Pull[] {
  return [
    ...(isNow ? [FREE_MEMORY] : []),
    ...microBatches(start),
    ...cacheTypes(start),
    ...contexts(start),
    ...packings(start),
    { lever: { kind: "offload", loss: "speed" }, cost: COSTS.offload },
    ...moreRam(start),
    ...oneMoreCard(start),
  ];
}

const FREE_MEMORY: Pull = { lever: { kind: "free-memory", loss: "none" }, cost: COSTS.free };

function microBatches({ asked }: State): readonly Pull[] {
  return [256, 128]
    .filter((size) => size < asked.scenario.microBatchSize)
    .map((microBatchSize, index) => ({
      lever: { kind: "micro-batch", microBatchSize, loss: "prompt-speed" },
      cost: COSTS.microBatch + index / 2,
    }));
}

function cacheTypes({ asked }: State): readonly Pull[] {
  const { keyCacheType, runtime } = asked.scenario;
  if (keyCacheType !== "f16" && keyCacheType !== "bf16") return [];
  const allowed = runtime?.cache.types ?? ["q8_0", "q4_0"];
  const pulls: readonly Pull[] = (["fp8", "q8_0", "q4_0"] as const)
    .filter((type) => allowed.includes(type))
    .map((kvCacheType) => ({
      lever: {
        kind: "kv-cache-type",
        kvCacheType,
        loss: kvCacheType === "q4_0" ? "quality" : "little-quality",
      },
      cost: kvCacheType === "q4_0" ? COSTS.cacheOf4Bits : COSTS.cacheOf8Bits,
    }));
  return pulls;
}

const SHORTEST_CONTEXT = 2048;

/** Half of the context, a quarter and so on: each costs as much as the one before. */
function contexts({ asked }: State): readonly Pull[] {
  const pulls: Pull[] = [];
  let contextLength = Math.floor(asked.scenario.contextLength / 2);
  for (let halvings = 1; contextLength >= SHORTEST_CONTEXT; halvings += 1) {
    pulls.push({
      lever: { kind: "context", contextLength, loss: "context" },
      cost: COSTS.half * halvings,
    });
    contextLength = Math.floor(contextLength / 2);
  }
  return pulls;
}

/** Coarser packings that the runtime loads, each a step down. */
function packings({ asked, quantization }: State): readonly Pull[] {
  const prepared = prepare(asked.model, asked.machine, asked.scenario);
  if (prepared.kind === "missing") return [];
  const { architecture, finest } = prepared;
  const coarsest = QUANTIZATION_LADDER[QUANTIZATION_LADDER.length - 1] ?? quantization;
  const bytesOf = (name: QuantizationName): number => demandBytes(demandFor(prepared, name, asked.scenario));
  return candidateQuantizations(architecture, finest, coarsest, asked.scenario.runtime)
    .filter((name) => bytesOf(name) < bytesOf(quantization) && packingFamily(name) !== "16-bit")
    .map((name, index) => ({
      lever: { kind: "quantization", quantization: name, loss: "quality" },
      cost: COSTS.step + index * 1.5,
    }));
}

/** As much RAM as it would run with, where it does not with what there is. */
function moreRam({ asked, quantization }: State): readonly Pull[] {
  const inRam = (machine: MachineReport): State => ({
    asked: { ...asked, machine },
    quantization,
    where: "anywhere",
  });
  if (isFitting(inRam(asked.machine))) return [];
  const ramBytes = largerRam(asked.machine).find((bytes) => isFitting(inRam(withRam(asked.machine, bytes))));
  if (ramBytes === undefined) return [];
  return [{ lever: { kind: "more-ram", ramBytes, loss: "money" }, cost: COSTS.ram }];
}

/** One more of the best card, where the machine takes one. */
function oneMoreCard({ asked }: State): readonly Pull[] {
  const card = cardToDouble(asked.machine);
  if (card === null) return [];
  return [{ lever: { kind: "one-more-card", cardName: card.name, loss: "money" }, cost: COSTS.card }];
}

function isFitting({ asked, quantization, where }: State): boolean {
  return holds(asked, quantization, where, asked.scenario);
}

function changeOf(start: State, after: State, pulls: readonly Pull[]): Change {
  return {
    levers: pulls.map(({ lever }) => lever),
    gainedBytes: neededBytes(start) - neededBytes(after) + memoryBytes(after) - memoryBytes(start),
    cost: pulls.reduce((sum, { cost }) => sum + cost, 0),
  };
}

function neededBytes({ asked, quantization }: State): number {
  const prepared = prepare(asked.model, asked.machine, asked.scenario);
  return prepared.kind === "missing" ? 0 : demandBytes(demandFor(prepared, quantization, asked.scenario));
}

/** What the accelerators have, and the RAM where it may be used. */
function memoryBytes({ asked, where }: State): number {
  const { accelerators, ram } = asked.machine;
  const known = accelerators.map(({ memoryTotalBytes }) => memoryTotalBytes);
  const counted = where === "anywhere" ? [...known, ram.totalBytes] : known;
  return counted.reduce<number>((sum, bytes) => (bytes === null ? sum : sum + bytes), 0);
}

function byCost(changes: readonly Change[]): readonly Change[] {
  return [...changes].sort((one, other) => one.cost - other.cost || other.gainedBytes - one.gainedBytes);
}
