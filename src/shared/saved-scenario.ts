import { type Backend, BACKENDS } from "#engine/backend.ts";
import { KV_CACHE_TYPES } from "#engine/kv-cache-type.ts";
import { findQuantization } from "#engine/quantization.ts";
import type { Runtime } from "#engine/runtime.ts";
import { CONTEXT_LENGTH_MAX, DEFAULT_SCENARIO, type Scenario, SPLITS } from "#engine/scenario.ts";

/** A scenario as it is kept: plain values by name, the runtime by its id. What a later version adds is kept too. */
export type SavedScenario = Readonly<Record<string, string | number | boolean>>;

/** Bounds of what the controls allow. */
const MICRO_BATCH_MAX = 65_536;
const PARALLEL_MAX = 256;

export function savedScenario({ runtime, ...rest }: Scenario): SavedScenario {
  const plain = Object.entries<unknown>({ ...rest, runtime: runtime?.id }).filter(isPlain);
  return Object.fromEntries(plain);
}

function isPlain(entry: [string, unknown]): entry is [string, string | number | boolean] {
  return ["string", "number", "boolean"].includes(typeof entry[1]);
}

/**
 * A scenario from what was kept. Each value is checked by itself: one that this version does not know, or that is out
 * of bounds, is the default, and the others stay.
 */
export function restoredScenario(saved: SavedScenario, runtimes: readonly Runtime[]): Scenario {
  const otherwise = DEFAULT_SCENARIO;
  const runtime = runtimes.find(({ id }) => id === saved.runtime);
  const backend: Backend | undefined = oneOf(BACKENDS, saved.backend);
  const split = oneOf(SPLITS, saved.split);
  return {
    ...otherwise,
    contextLength: count(saved.contextLength, CONTEXT_LENGTH_MAX) ?? otherwise.contextLength,
    keyCacheType: oneOf(KV_CACHE_TYPES, saved.keyCacheType) ?? otherwise.keyCacheType,
    valueCacheType: oneOf(KV_CACHE_TYPES, saved.valueCacheType) ?? otherwise.valueCacheType,
    lowestQuantization: findQuantization(String(saved.lowestQuantization)) ?? otherwise.lowestQuantization,
    microBatchSize: count(saved.microBatchSize, MICRO_BATCH_MAX) ?? otherwise.microBatchSize,
    flashAttention:
      typeof saved.flashAttention === "boolean" ? saved.flashAttention : otherwise.flashAttention,
    parallelSequenceCount:
      count(saved.parallelSequenceCount, PARALLEL_MAX) ?? otherwise.parallelSequenceCount,
    ...(runtime === undefined ? {} : { runtime }),
    ...(backend === undefined ? {} : { backend }),
    ...(split === undefined ? {} : { split }),
  };
}

function count(value: unknown, most: number): number | null {
  return typeof value === "number" && Number.isInteger(value) && value >= 1 && value <= most ? value : null;
}

function oneOf<Value extends string>(known: readonly Value[], value: unknown): Value | undefined {
  return known.find((name) => name === value);
}
