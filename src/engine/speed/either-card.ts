import type { SpeedEstimate } from "./estimate-speed.ts";
import type { Range } from "./interval.ts";
import type { SpeedDevice } from "./speed-device.ts";

/** A speed, and the devices that it would be of. */
export interface SpeedWay {
  readonly devices: readonly SpeedDevice[];
  readonly speed: SpeedEstimate;
}

/**
 * Where an accelerator may be one of several cards, a range that covers what each would do: it is one of them, and
 * nobody says which. A card without a figure is named; missing where none has one.
 */
export function speedOfEither(ways: readonly SpeedWay[]): SpeedEstimate {
  const [first, ...rest] = ways;
  if (first === undefined) return { kind: "missing", reason: "the model is not placed anywhere" };
  if (rest.length === 0) return first.speed;
  const known = ways.flatMap(({ speed }) => (speed.kind === "known" ? [speed] : []));
  const [slowest] = [...known].sort(
    (one, other) => one.decodeTokensPerSecond.mid - other.decodeTokensPerSecond.mid,
  );
  if (slowest === undefined) return first.speed;
  return {
    ...slowest,
    decodeTokensPerSecond: covering(known.map((speed) => speed.decodeTokensPerSecond)),
    totalDecodeTokensPerSecond: covering(known.map((speed) => speed.totalDecodeTokensPerSecond)),
    prefillTokensPerSecond: coveringKnown(known.map((speed) => speed.prefillTokensPerSecond)),
    timeToFirstTokenSeconds: coveringKnown(known.map((speed) => speed.timeToFirstTokenSeconds)),
    basis: `${coveredText(ways)} ${slowest.basis}`,
  };
}

function coveredText(ways: readonly SpeedWay[]): string {
  const without = ways.filter(({ speed }) => speed.kind === "missing");
  const names = cardsOf(ways);
  if (without.length === 0)
    return `It may be ${names}: the range covers them, and naming the card narrows it.`;
  return `It may be ${names}: the range covers them but for ${cardsOf(without)}, whose speed is not known.`;
}

/** From the lowest to the highest, with the geometric mean of the outer middles between them. */
function covering(ranges: readonly Range[]): Range {
  const middles = ranges.map(({ mid }) => mid);
  return {
    low: Math.min(...ranges.map(({ low }) => low)),
    mid: Math.sqrt(Math.min(...middles) * Math.max(...middles)),
    high: Math.max(...ranges.map(({ high }) => high)),
  };
}

function coveringKnown(ranges: readonly (Range | null)[]): Range | null {
  const known = ranges.filter((range) => range !== null);
  return known.length === ranges.length ? covering(known) : null;
}

function cardsOf(ways: readonly Pick<SpeedWay, "devices">[]): string {
  const names = ways.flatMap(({ devices }) =>
    devices.flatMap((device) => (device.kind === "accelerator" ? [device.name] : [])),
  );
  const different = [...new Set(names)];
  const last = different.pop() ?? "";
  return different.length === 0 ? last : `${different.join(", ")} or ${last}`;
}
