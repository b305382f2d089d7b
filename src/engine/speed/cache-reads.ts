import { layerKvCacheBytes, windowUse, type CacheScenario } from "#engine/memory/kv-cache.ts";
import { layerStateBytes } from "#engine/memory/recurrent-state.ts";
import { expandLayers } from "#engine/memory/tensors.ts";
import type { Architecture, LayerKind, Mixer } from "#engine/model.ts";
import type { Scenario } from "#engine/scenario.ts";

/** Element types of a cache. */
export type CacheTypes = Pick<Scenario, "keyCacheType" | "valueCacheType">;

/** Tokens of one sequence that a layer looks back on at a depth: all of them, or a window. */
export function tokensSeen(mixer: Mixer, depth: number, windows: ReturnType<typeof windowUse>): number {
  if (mixer.kind !== "attention" || mixer.slidingWindow === null || windows === "ignored") return depth;
  return Math.min(depth, mixer.slidingWindow);
}

/**
 * Bytes one generated token reads of each layer's cache and state, with `depth` tokens in the cache. A state is read
 * and written whole for every token; a latent cache (MLA) is read once, since values are made from the same latent.
 */
export function cacheReadBytesByLayer(
  architecture: Architecture,
  depth: number,
  types: CacheTypes,
): readonly number[] {
  const windows = windowUse(architecture);
  const byKind = new Map<LayerKind, number>();
  return expandLayers(architecture).map((kind) => {
    const known = byKind.get(kind);
    if (known !== undefined) return known;
    const bytes =
      tokensSeen(kind.mixer, depth, windows) * cacheBytesPerToken(kind, types) +
      STATE_PASSES * layerStateBytes(kind, 1);
    byKind.set(kind, bytes);
    return bytes;
  });
}

/** Once read, once written. */
const STATE_PASSES = 2;

/** A whole block of cells, so that padding adds none. */
const PROBE_TOKENS = 4096;

/** One token's share of a layer's cache; windows do not change it. Layers that read another's cache read as much. */
function cacheBytesPerToken(kind: LayerKind, types: CacheTypes): number {
  const { keyCacheType, valueCacheType } = types; // whole speed questions come as such: their copy would cost more
  const probe: CacheScenario = {
    keyCacheType,
    valueCacheType,
    contextLength: PROBE_TOKENS,
    microBatchSize: 1,
    parallelSequenceCount: 1,
  };
  return layerKvCacheBytes(readingOwnCache(kind), probe, "ignored") / PROBE_TOKENS;
}

function readingOwnCache(kind: LayerKind): LayerKind {
  return kind.mixer.kind === "attention" ? { ...kind, mixer: { ...kind.mixer, cache: "own" } } : kind;
}
