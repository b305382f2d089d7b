import type { QuantizationName } from "#engine/quantization.ts";
import type { KvCacheType } from "#engine/kv-cache-type.ts";
import type { Range } from "#engine/speed/interval.ts";
import type { Split } from "#engine/scenario.ts";
import { effectOf, type Effect } from "./effect.ts";
import type { State } from "./state.ts";

/** What to change. */
export type Lever =
  | { readonly kind: "better-quantization"; readonly quantization: QuantizationName }
  | { readonly kind: "eight-bit"; readonly quantization: QuantizationName }
  | { readonly kind: "smaller-quantization"; readonly quantization: QuantizationName }
  | { readonly kind: "kv-cache-type"; readonly kvCacheType: KvCacheType; readonly flashAttention: boolean }
  | { readonly kind: "flash-attention" }
  | { readonly kind: "micro-batch"; readonly microBatchSize: number }
  | { readonly kind: "tensor-parallel"; readonly cardCount: number; readonly split: Split }
  | { readonly kind: "continuous-batching"; readonly sequenceCount: number }
  | { readonly kind: "prefix-caching"; readonly secondsPerThousandTokens: Range }
  | {
      readonly kind: "speculative-decoding";
      readonly draftModelId: string;
      readonly draftQuantization: QuantizationName;
      /** How many times as fast, for texts that the draft guesses badly to well. */
      readonly factor: Range;
    }
  | { readonly kind: "runtime"; readonly runtimeId: string; readonly quantization: QuantizationName };

/** A change that helps, with what it does. */
export interface Suggestion {
  readonly lever: Lever;
  /** In a few words. */
  readonly title: string;
  /** In a sentence or two, with the figures that `effect` does not hold. */
  readonly reason: string;
  readonly after: State;
  readonly effect: Effect;
}

/** What somebody might try, and why it is not suggested here. */
export interface Refusal {
  readonly kind: Lever["kind"] | "fp8" | "flash-attention-2";
  readonly reason: string;
  /** Where the reason was read; null where the engine worked it out. */
  readonly source: string | null;
}

/** One family of changes: what helps of it, and what cannot be. */
export interface Found {
  readonly suggestions: readonly Suggestion[];
  readonly refusals: readonly Refusal[];
}

export const NOTHING_FOUND: Found = { suggestions: [], refusals: [] };

/** A suggestion with its effect. */
export function suggestion(
  before: State,
  after: State,
  { lever, title, reason }: Pick<Suggestion, "lever" | "title" | "reason">,
): Suggestion {
  return { lever, title, reason, after, effect: effectOf(before, after) };
}

/** Only suggestions. */
export function found(...suggestions: readonly Suggestion[]): Found {
  return { suggestions, refusals: [] };
}

/** Only a reason. */
export function refused(kind: Refusal["kind"], reason: string, source: string | null = null): Found {
  return { suggestions: [], refusals: [{ kind, reason, source }] };
}
