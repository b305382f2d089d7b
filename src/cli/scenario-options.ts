import { KV_CACHE_TYPES, type KvCacheType } from "#engine/kv-cache-type.ts";
import { findQuantization, quantizationNames, type QuantizationName } from "#engine/quantization.ts";
import { CONTEXT_LENGTH_MAX, DEFAULT_SCENARIO, type Scenario } from "#engine/scenario.ts";
import type { Options } from "./arguments.ts";
import { didYouMean } from "./did-you-mean.ts";
import { wholeNumber } from "./number-options.ts";
import { UsageError } from "./usage-error.ts";

/** Far above what anybody sets; llama.cpp's own default is 512. */
export const MICRO_BATCH_MAX = 65_536;

/** The most sequences one runtime serves at once: llama.cpp's own limit (`LLAMA_MAX_SEQ`). */
export const PARALLEL_MAX = 256;

/** The scenario a command line asks for. Throws a UsageError that names the option. */
export function scenarioOf(options: Options): Scenario {
  const both = given(options, "kv-type", kvCacheType) ?? null;
  const otherwise = DEFAULT_SCENARIO;
  return {
    contextLength: given(options, "context", upTo(CONTEXT_LENGTH_MAX)) ?? otherwise.contextLength,
    keyCacheType: given(options, "kv-type-k", kvCacheType) ?? both ?? otherwise.keyCacheType,
    valueCacheType: given(options, "kv-type-v", kvCacheType) ?? both ?? otherwise.valueCacheType,
    lowestQuantization: given(options, "lowest-quantization", quantization) ?? otherwise.lowestQuantization,
    microBatchSize: given(options, "ubatch", upTo(MICRO_BATCH_MAX)) ?? otherwise.microBatchSize,
    flashAttention: given(options, "flash-attention", onOrOff) ?? otherwise.flashAttention,
    parallelSequenceCount: given(options, "parallel", upTo(PARALLEL_MAX)) ?? otherwise.parallelSequenceCount,
  };
}

type Read<Value> = (option: string, text: string) => Value;

function given<Value>(options: Options, name: keyof Options, read: Read<Value>): Value | undefined {
  const text = options[name];
  return typeof text === "string" ? read(`--${name}`, text) : undefined;
}

function upTo(most: number): Read<number> {
  return (option, text) => wholeNumber(option, text, most);
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
