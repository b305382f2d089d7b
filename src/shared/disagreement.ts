import { say } from "#words/say.ts";
import { toldText } from "./english/told-text.ts";
import { formatMemoryInSum } from "./format.ts";

/** One source's word on a fact. */
export interface Said {
  readonly value: string | number | boolean;
  readonly source: string;
}

/** Numbers closer than that are one figure, counted or rounded in two ways. */
const SAME_FRACTION = 0.01;

/** "24.0 GiB (nvidia-smi); card database says 20.0 GiB": who contradicts the value that is taken; null for nobody. */
export function disagreementText(
  taken: Said["value"],
  said: readonly Said[],
  textOf: (value: Said["value"]) => string,
): string | null {
  const takenFrom = said.find(({ value }) => value === taken)?.source;
  const against = said.filter(({ value, source }) => source !== takenFrom && differs(value, taken));
  if (takenFrom === undefined || against.length === 0) return null;
  const isTooCoarse = against.some(({ value }) => textOf(value) === textOf(taken));
  const text = isTooCoarse ? (value: Said["value"]) => formatMemoryInSum(Number(value)) : textOf;
  const others = against.map(({ source, value }) =>
    say("{source} says {value}", { source: toldText(source), value: text(value) }),
  );
  return [...new Set(others)].reduce(
    (one, other) => say("{one}; {other}", { one, other }),
    say("{value} ({source})", { value: text(taken), source: toldText(takenFrom) }),
  );
}

function differs(value: Said["value"], taken: Said["value"]): boolean {
  if (typeof value === "number" && typeof taken === "number") {
    return Math.abs(value - taken) > SAME_FRACTION * Math.max(Math.abs(value), Math.abs(taken));
  }
  return value !== taken;
}
