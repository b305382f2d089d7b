import { KV_CACHE_TYPES, type KvCacheType } from "#engine/kv-cache-type.ts";
import { findQuantization, quantizationNames, type QuantizationName } from "#engine/quantization.ts";
import { CONTEXT_LENGTH_MAX, DEFAULT_SCENARIO, type Scenario } from "#engine/scenario.ts";
import type { Options } from "./arguments.ts";
import { didYouMean } from "./did-you-mean.ts";
import { tokenCount } from "./number-options.ts";
import { UsageError } from "./usage-error.ts";

/** Far above what anybody sets; llama.cpp's own default is 512. */
export const MICRO_BATCH_MAX = 65_536;

/** The scenario a command line asks for. Throws a UsageError that names the option. */
export function scenarioOf(options: Options): Scenario {
  const { context, ubatch } = options;
  const cacheType = options["kv-type"];
  const lowest = options["lowest-quantization"];
  const flashAttention = options["flash-attention"];
  const cache = cacheType === undefined ? DEFAULT_SCENARIO.keyCacheType : kvCacheType("--kv-type", cacheType);
  return {
    ...DEFAULT_SCENARIO,
    keyCacheType: cache,
    valueCacheType: cacheType === undefined ? DEFAULT_SCENARIO.valueCacheType : cache,
    ...(context === undefined ? {} : { contextLength: tokenCount("--context", context, CONTEXT_LENGTH_MAX) }),
    ...(lowest === undefined ? {} : { lowestQuantization: quantization("--lowest-quantization", lowest) }),
    ...(ubatch === undefined ? {} : { microBatchSize: tokenCount("--ubatch", ubatch, MICRO_BATCH_MAX) }),
    ...(flashAttention === undefined ? {} : { flashAttention: onOrOff("--flash-attention", flashAttention) }),
  };
}

/** A KV cache element type by its llama.cpp name. */
export function kvCacheType(option: string, text: string): KvCacheType {
  const found = KV_CACHE_TYPES.find((type) => type === text.trim().toLowerCase());
  if (found !== undefined) return found;
  throw new UsageError(`${option} takes one of ${KV_CACHE_TYPES.join(", ")}; "${text}" is none.`);
}

/** A quantization by name. */
export function quantization(option: string, text: string): QuantizationName {
  const found = findQuantization(text);
  if (found !== null) return found;
  const names = quantizationNames();
  const nearest = didYouMean(text, names);
  throw new UsageError(
    `${option} does not know "${text}".${nearest === "" ? ` Known: ${names.join(", ")}.` : nearest}`,
  );
}

/** "on" or "off". */
export function onOrOff(option: string, text: string): boolean {
  const word = text.trim().toLowerCase();
  if (word === "on" || word === "off") return word === "on";
  throw new UsageError(`${option} takes on or off; "${text}" is neither.`);
}
