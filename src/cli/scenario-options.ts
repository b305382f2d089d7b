import { BACKENDS, type Backend } from "#engine/backend.ts";
import type { Catalog } from "#engine/catalog.ts";
import { KV_CACHE_TYPES, type KvCacheType } from "#engine/kv-cache-type.ts";
import type { Runtime } from "#engine/runtime.ts";
import { CONTEXT_LENGTH_MAX, DEFAULT_SCENARIO, SPLITS, type Scenario, type Split } from "#engine/scenario.ts";
import type { Options } from "./arguments.ts";
import { extrasOf, typedExtras } from "./extras-options.ts";
import { didYouMean } from "./did-you-mean.ts";
import { wholeNumber } from "./number-options.ts";
import { quantization } from "./quantization-option.ts";
import { UsageError } from "./usage-error.ts";

/** Far above what anybody sets; llama.cpp's own default is 512. */
export const MICRO_BATCH_MAX = 65_536;

/** The most sequences one runtime serves at once: llama.cpp's own limit (`LLAMA_MAX_SEQ`). */
export const PARALLEL_MAX = 256;

/** The scenario a command line asks for. Throws a UsageError that names the option. */
export function scenarioOf(
  options: Options,
  { runtimes, models }: Pick<Catalog, "runtimes" | "models">,
): Scenario {
  const both = given(options, "kv-type", kvCacheType) ?? null;
  const otherwise = DEFAULT_SCENARIO;
  const backend = given(options, "backend", backendNamed);
  const runtime = given(options, "runtime", (option, text) => runtimeNamed(option, text, runtimes));
  const split = given(options, "split", splitNamed);
  const extras = extrasOf(typedExtras(options), models);
  return {
    contextLength: given(options, "context", upTo(CONTEXT_LENGTH_MAX)) ?? otherwise.contextLength,
    keyCacheType: given(options, "kv-type-k", kvCacheType) ?? both ?? otherwise.keyCacheType,
    valueCacheType: given(options, "kv-type-v", kvCacheType) ?? both ?? otherwise.valueCacheType,
    lowestQuantization: given(options, "lowest-quantization", quantization) ?? otherwise.lowestQuantization,
    microBatchSize: given(options, "ubatch", upTo(MICRO_BATCH_MAX)) ?? otherwise.microBatchSize,
    flashAttention: given(options, "flash-attention", onOrOff) ?? otherwise.flashAttention,
    parallelSequenceCount: given(options, "parallel", upTo(PARALLEL_MAX)) ?? otherwise.parallelSequenceCount,
    ...(backend === undefined ? {} : { backend }),
    ...(runtime === undefined ? {} : { runtime }),
    ...(split === undefined ? {} : { split }),
    ...(extras === null ? {} : { extras }),
  };
}

/** The prompt whose first token is waited for; null where nobody says. */
export function promptLength(options: Options): number | null {
  return given(options, "prompt", upTo(CONTEXT_LENGTH_MAX)) ?? null;
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
  return oneOf(option, text, KV_CACHE_TYPES);
}

/** What drives the accelerators, by its usual name. */
export function backendNamed(option: string, text: string): Backend {
  return oneOf(option, text, BACKENDS);
}

/** How several cards share a model. */
export function splitNamed(option: string, text: string): Split {
  return oneOf(option, text, SPLITS);
}

/** A runtime of the catalog by id or name. */
export function runtimeNamed(option: string, text: string, runtimes: readonly Runtime[]): Runtime {
  const wanted = text.trim().toLowerCase();
  const found = runtimes.find(({ id, name }) => id === wanted || name.toLowerCase() === wanted);
  if (found !== undefined) return found;
  const ids = runtimes.map(({ id }) => id);
  throw new UsageError(
    `${option} does not know "${text}".${didYouMean(text, ids)} Known: ${ids.join(", ")}.`,
  );
}

function oneOf<Name extends string>(option: string, text: string, names: readonly Name[]): Name {
  const found = names.find((name) => name === text.trim().toLowerCase());
  if (found !== undefined) return found;
  throw new UsageError(`${option} takes one of ${names.join(", ")}; "${text}" is none.`);
}

/** "on" or "off". */
export function onOrOff(option: string, text: string): boolean {
  const word = text.trim().toLowerCase();
  if (word === "on" || word === "off") return word === "on";
  throw new UsageError(`${option} takes on or off; "${text}" is neither.`);
}
