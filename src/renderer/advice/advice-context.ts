import { getContext } from "svelte";
import type { AdviceState } from "./advice-state.svelte.ts";

const KEY = Symbol("advice");

/** Lets every part of the window name qualities and losses at the task that is asked about. */
export function adviceContext(advice: AdviceState): Map<symbol, unknown> {
  return new Map([[KEY, advice]]);
}

export function providedAdvice(): AdviceState {
  const advice: unknown = getContext(KEY);
  if (advice === undefined) throw new Error("no advice was provided");
  return advice as AdviceState; // only `adviceContext` knows the key
}
