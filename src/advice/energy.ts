import { matchCard } from "#engine/card-search.ts";
import type { Card } from "#engine/card.ts";
import { isKnown } from "#engine/fact.ts";
import type { MachineReport } from "#engine/machine.ts";
import type { Range } from "#engine/speed/interval.ts";
import type { Option } from "./option.ts";

const MILLION = 1e6;

/**
 * What a card draws while it writes, of its board power: decoding waits for memory, not for arithmetic. From half (our
 * lower bound) to all of it, which the board power limits.
 */
const LEAST_LOAD_FRACTION = 0.5;

/**
 * Energy for a million tokens of answers, from the board power of the cards at work and the speed; the computer around
 * them is not counted. Null where a power or the speed is not known, or the processor works too.
 */
export function joulesPerMillionTokens(
  { fit, speed }: Option,
  machine: MachineReport,
  cards: readonly Card[],
): Range | null {
  const atWork = fit.placement.devices.filter((device) => device.layerCount + device.expertLayerCount > 0);
  const powers = atWork.map(({ acceleratorId }) => powerWatts(acceleratorId, machine, cards));
  const watts = powers.reduce<number | null>(
    (sum, each) => (sum === null || each === null ? null : sum + each),
    0,
  );
  if (watts === null || speed.kind === "missing") return null;
  const { low, mid, high } = speed.totalDecodeTokensPerSecond;
  const at = (rate: number, load: number): number => (MILLION / rate) * watts * load;
  return {
    low: at(high, LEAST_LOAD_FRACTION),
    mid: at(mid, (1 + LEAST_LOAD_FRACTION) / 2),
    high: at(low, 1),
  };
}

function powerWatts(
  acceleratorId: string | null,
  machine: MachineReport,
  cards: readonly Card[],
): number | null {
  const accelerator = machine.accelerators.find(({ id }) => id === acceleratorId);
  if (accelerator === undefined) return null;
  const limit = accelerator.details?.powerLimitWatts ?? null;
  if (limit !== null) return limit;
  const search = matchCard(accelerator, cards);
  if (search.kind !== "found" || !isKnown(search.card.powerWatts)) return null;
  return search.card.powerWatts.value / search.card.deviceCount; // a board of two devices has its power once
}
