import { z } from "zod";
import type { KvCacheType } from "#engine/kv-cache-type.ts";
import type { QuantizationName } from "#engine/quantization.ts";
import { DEFAULT_SCENARIO, CONTEXT_LENGTH_MAX, type Scenario } from "#engine/scenario.ts";
import type { Catalog } from "#engine/catalog.ts";
import type { Model } from "#engine/model.ts";
import type { Runtime } from "#engine/runtime.ts";
import { problemText } from "#probe/problem-text.ts";
import { extrasOf, LORA_RANK_MAX } from "#cli/extras-options.ts";
import {
  backendNamed,
  kvCacheType,
  MICRO_BATCH_MAX,
  onOrOff,
  PARALLEL_MAX,
  runtimeNamed,
  splitNamed,
} from "#cli/scenario-options.ts";
import { quantization } from "#cli/quantization-option.ts";
import { UsageError } from "#cli/usage-error.ts";

/** One question of a batch, checked. */
export interface BatchQuestion {
  readonly model: string;
  readonly quantization: QuantizationName | null;
  readonly scenario: Scenario;
  /** Null: the machine the command line asks for. */
  readonly gpus: readonly string[] | null;
  readonly ramGiB: number | null;
  /** Of the prompt whose first token is waited for; null: the command line's, or the usual one. */
  readonly promptLength: number | null;
  /** Names that were given and change nothing yet. */
  readonly ignored: readonly string[];
}

const line = z.looseObject({
  model: z.string().min(1),
  quantization: z.string().nullish(),
  context: z.int().min(1).max(CONTEXT_LENGTH_MAX).nullish(),
  kvType: z.string().nullish(),
  kvTypeK: z.string().nullish(),
  kvTypeV: z.string().nullish(),
  lowestQuantization: z.string().nullish(),
  ubatch: z.int().min(1).max(MICRO_BATCH_MAX).nullish(),
  flashAttention: z.union([z.boolean(), z.string()]).nullish(),
  parallel: z.int().min(1).max(PARALLEL_MAX).nullish(),
  runtime: z.string().nullish(),
  backend: z.string().nullish(),
  split: z.string().nullish(),
  projector: z.boolean().nullish(),
  mtp: z.boolean().nullish(),
  draft: z.string().nullish(),
  loraRank: z.int().min(1).max(LORA_RANK_MAX).nullish(),
  prompt: z.int().min(1).max(CONTEXT_LENGTH_MAX).nullish(),
  gpus: z.union([z.string(), z.array(z.string())]).nullish(),
  ramGiB: z.number().positive().nullish(),
});

type Line = z.infer<typeof line>;

/** Takes one line apart; what it leaves out is as in `defaults`. Throws a UsageError that names the field. */
export function parseBatchLine(
  content: string,
  catalog: Pick<Catalog, "runtimes" | "models">,
  defaults: Scenario = DEFAULT_SCENARIO,
): BatchQuestion {
  const checked = line.safeParse(parseJson(content), { reportInput: true });
  if (!checked.success) throw new UsageError(`${problemText(checked.error, "The line")}.`);
  const given = checked.data;
  return {
    model: given.model,
    quantization: given.quantization == null ? null : quantization("quantization", given.quantization),
    scenario: {
      ...scenarioOfLine(given, defaults),
      ...runtimeOfLine(given, catalog.runtimes),
      ...extrasOfLine(given, catalog.models),
    },
    gpus: typeof given.gpus === "string" ? [given.gpus] : (given.gpus ?? null),
    ramGiB: given.ramGiB ?? null,
    promptLength: given.prompt ?? null,
    ignored: Object.keys(given).filter((name) => !(name in line.shape) && given[name] != null),
  };
}

function scenarioOfLine(given: Line, defaults: Scenario): Scenario {
  const both = cacheType(given, "kvType");
  return {
    ...defaults,
    contextLength: given.context ?? defaults.contextLength,
    keyCacheType: cacheType(given, "kvTypeK") ?? both ?? defaults.keyCacheType,
    valueCacheType: cacheType(given, "kvTypeV") ?? both ?? defaults.valueCacheType,
    microBatchSize: given.ubatch ?? defaults.microBatchSize,
    flashAttention: flashAttention(given.flashAttention) ?? defaults.flashAttention,
    parallelSequenceCount: given.parallel ?? defaults.parallelSequenceCount,
    lowestQuantization:
      given.lowestQuantization == null
        ? defaults.lowestQuantization
        : quantization("lowestQuantization", given.lowestQuantization),
  };
}

/** What runs it, where the line says so. */
function runtimeOfLine(
  { runtime, backend, split }: Line,
  runtimes: readonly Runtime[],
): Pick<Scenario, "runtime" | "backend" | "split"> {
  return {
    ...(runtime == null ? {} : { runtime: runtimeNamed("runtime", runtime, runtimes) }),
    ...(backend == null ? {} : { backend: backendNamed("backend", backend) }),
    ...(split == null ? {} : { split: splitNamed("split", split) }),
  };
}

/** What is loaded beside the model; nothing is as on the command line. */
function extrasOfLine(
  { projector, mtp, draft, loraRank }: Line,
  models: readonly Model[],
): Pick<Scenario, "extras"> {
  const typed = {
    projector: projector === true,
    mtp: mtp === true,
    draft: draft ?? null,
    loraRank: loraRank ?? null,
  };
  const extras = extrasOf(typed, models);
  return extras === null ? {} : { extras };
}

function cacheType(given: Line, name: "kvType" | "kvTypeK" | "kvTypeV"): KvCacheType | null {
  const text = given[name];
  return text == null ? null : kvCacheType(name, text);
}

function flashAttention(given: Line["flashAttention"]): boolean | null {
  return typeof given === "string" ? onOrOff("flashAttention", given) : (given ?? null);
}

function parseJson(content: string): unknown {
  try {
    return JSON.parse(content) as unknown; // outside data; the schema checks it next
  } catch {
    throw new UsageError("The line is not JSON.");
  }
}
