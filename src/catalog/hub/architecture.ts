import { parameterCount } from "#engine/memory/tensors.ts";
import type { Architecture, LayerKind } from "#engine/model.ts";
import { namedLayerKinds } from "#catalog/layer-kinds.ts";
import { shown } from "#catalog/gguf/metadata.ts";
import { asObject, configReader, LAYER_COUNT_MAX, type Config, type JsonObject } from "./config-reader.ts";
import { knownModelTypes, traitsOf } from "./families.ts";
import { HubError } from "./hub-error.ts";
import { attentionOf } from "./mixers.ts";
import type { Traits } from "./traits.ts";

/** A `config.json` as the engine needs it. */
export interface DescribedConfig {
  readonly architecture: Architecture;
  readonly modelType: string;
  readonly trainedContextLength: number | null;
  /** The language model is one part of a larger one: its other parts (images, sound) are not in it. */
  readonly isPartOfLarger: boolean;
}

/**
 * Describes the layers that a `config.json` states. `publishedCount` decides what a config leaves open, where it
 * does. Nothing is guessed: what is not known or not stated throws a HubError that names it.
 */
export function describeConfig(json: unknown, publishedCount: number | null): DescribedConfig {
  const whole = asObject(json);
  if (whole === null) throw new HubError("unusable", "config.json is no JSON object.");
  const part = asObject(whole.text_config);
  const stated = part === null ? whole : { tie_word_embeddings: whole.tie_word_embeddings, ...part };
  const modelType = typeof stated.model_type === "string" ? stated.model_type : null;
  const traits = modelType === null ? null : traitsOf(modelType, stated);
  if (modelType === null || traits === null) throw unknownType(modelType);
  const config = configReader(modelType, renamedKeys(stated, traits), traits.implied ?? {});
  refuseSwitches(config, traits);
  return {
    architecture: architectureOf(config, traits, publishedCount),
    modelType,
    trainedContextLength: config.optionalCount("max_position_embeddings"),
    isPartOfLarger: part !== null,
  };
}

function unknownType(modelType: string | null): HubError {
  const known = knownModelTypes().join(", ");
  const what =
    modelType === null
      ? 'config.json states no "model_type", so its layers cannot be described.'
      : `Models of type "${shown(modelType)}" cannot be described from config.json yet: where their norms, biases and caches are is not known here.`;
  return new HubError("unusable", `${what} A GGUF file of it may do. Known: ${known}.`);
}

function renamedKeys(stated: JsonObject, { renamed = {} }: Traits): JsonObject {
  const moved = Object.entries(renamed).flatMap(([usual, own]) => {
    const value = stated[own];
    return value === undefined || value === null ? [] : [[usual, value] as const];
  });
  return { ...stated, ...Object.fromEntries(moved) };
}

function refuseSwitches(config: Config, { mustBeOff = [] }: Traits): void {
  const key = mustBeOff.find((candidate) => config.flag(candidate));
  if (key === undefined) return;
  throw new HubError(
    "unusable",
    `config.json switches "${key}" on; what that adds to a ${config.modelType} model is not known here.`,
  );
}

function architectureOf(config: Config, traits: Traits, publishedCount: number | null): Architecture {
  const hiddenSize = config.count("hidden_size");
  const vocabularySize = config.count("vocab_size");
  const layerCount = config.count("num_hidden_layers");
  if (layerCount > LAYER_COUNT_MAX) {
    throw new HubError("unusable", `config.json claims ${layerCount.toLocaleString("en-US")} layers.`);
  }
  const layers = Array.from({ length: layerCount }, (_, layer) => layerKindOf(config, traits, layer));
  const normCount = normElementCount(traits, hiddenSize);
  const untied: Architecture = {
    hiddenSize,
    vocabularySize,
    tiedEmbeddings: false,
    learnedPositionCount:
      traits.learnedPositionKey === undefined ? 0 : config.count(traits.learnedPositionKey),
    otherParameterCount: normCount + (traits.hasOutputBias?.(config) === true ? vocabularySize : 0),
    ...namedLayerKinds(layers),
    perLayerEmbedding: null,
    encoder: null,
    exactWeights: null,
  };
  const tied = { ...untied, tiedEmbeddings: true };
  return isTied(config, traits, { tied, untied, publishedCount }) ? tied : untied;
}

function normElementCount({ normContent }: Traits, hiddenSize: number): number {
  if (normContent === "nothing") return 0;
  return normContent === "weight" ? hiddenSize : 2 * hiddenSize;
}

function layerKindOf(config: Config, traits: Traits, layer: number): LayerKind {
  const mixer = traits.mixer?.(config, layer) ?? attentionOf(config, traits, layer);
  const feedForward = traits.feedForward(config, layer);
  const norms = traits.normsPerLayer * normElementCount(traits, config.count("hidden_size"));
  return {
    mixer: mixer.kind,
    feedForward: feedForward.kind,
    smallParameterCount: norms + mixer.smallParameterCount + feedForward.smallParameterCount,
    otherMatrices: [],
  };
}

interface BothWays {
  readonly tied: Architecture;
  readonly untied: Architecture;
  readonly publishedCount: number | null;
}

/** Stated, else implied by the family, else told by the published parameter count where it is one of the two. */
function isTied(config: Config, traits: Traits, { tied, untied, publishedCount }: BothWays): boolean {
  const known = config.optionalFlag("tie_word_embeddings") ?? traits.tiedUnlessStated;
  if (known !== null) return known;
  if (publishedCount === parameterCount(tied)) return true;
  if (publishedCount === parameterCount(untied)) return false;
  throw new HubError(
    "unusable",
    'config.json does not state "tie_word_embeddings", and the published parameter count does not tell it either.',
  );
}
