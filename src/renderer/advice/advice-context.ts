import { getContext } from "svelte";
import type { SpeedWhere } from "#engine/speed/speed-here.ts";
import type { AdviceState } from "./advice-state.svelte.ts";

const KEY = Symbol("advice");

/** What every part of the window may name its figures by. */
export interface ProvidedAdvice {
  /** Whose task qualities and losses are for. */
  readonly advice: AdviceState;
  /** Where speeds are reckoned; null until machine and catalog are known. */
  readonly speedWhere: () => SpeedWhere | null;
}

export function adviceContext(provided: ProvidedAdvice): Map<symbol, unknown> {
  return new Map([[KEY, provided]]);
}

export function providedAdvice(): ProvidedAdvice {
  const provided: unknown = getContext(KEY);
  if (provided === undefined) throw new Error("no advice was provided");
  return provided as ProvidedAdvice; // only `adviceContext` knows the key
}
