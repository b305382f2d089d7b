import type { Config } from "./config-reader.ts";
import { unknownLayerType } from "./mixers.ts";
import type { WindowRule } from "./traits.ts";

/** Every layer looks back a window, where there is one. */
export const EVERY_LAYER: WindowRule = (config) => config.optionalCount("sliding_window");

/** As `layer_types` says; without it all but every nth layer, n being the config's or the family's. */
export function allButEvery(patternKeys: readonly string[]): WindowRule {
  return (config, layer) => {
    const window = config.optionalCount("sliding_window");
    const stated = statedType(config, layer);
    if (window === null) return null;
    if (stated !== null) return stated === "sliding" ? window : null;
    const key = patternKeys.find((candidate) => config.optionalCount(candidate) !== null);
    return (layer + 1) % config.count(key ?? "layer_types") === 0 ? null : window;
  };
}

/** Qwen: only where it is switched on, and from layer `max_window_layers` on. */
export const WHERE_SWITCHED_ON: WindowRule = (config, layer) => {
  if (!config.flag("use_sliding_window")) return null;
  const stated = statedType(config, layer);
  const isSliding = stated === null ? layer >= config.count("max_window_layers") : stated === "sliding";
  return isSliding ? config.count("sliding_window") : null;
};

function statedType(config: Config, layer: number): "sliding" | "full" | null {
  const stated = config.texts("layer_types")?.[layer];
  if (stated === undefined) return null;
  if (stated === "sliding_attention") return "sliding";
  if (stated === "full_attention") return "full";
  throw unknownLayerType(stated);
}
