import { layerKvCacheBytes, windowUse } from "#engine/memory/kv-cache.ts";
import { expandLayers } from "#engine/memory/tensors.ts";
import type { Architecture } from "#engine/model.ts";
import { DEFAULT_SCENARIO } from "#engine/scenario.ts";

/** The whole KV cache at 8,192 tokens: two descriptions of one model must agree on it. */
export function kvCacheBytes(architecture: Architecture): number {
  const windows = windowUse(architecture);
  const scenario = { ...DEFAULT_SCENARIO, contextLength: 8192 };
  return expandLayers(architecture).reduce(
    (sum, kind) => sum + layerKvCacheBytes(kind, scenario, windows),
    0,
  );
}
