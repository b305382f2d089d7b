import type { AttentionMixer, Mixer } from "#engine/model.ts";
import type { Config } from "./config-reader.ts";
import { HubError } from "./hub-error.ts";
import type { Part, Traits } from "./traits.ts";

/** Plain attention as most families have it. */
export function attentionOf(config: Config, traits: Traits, layer: number): Part<AttentionMixer> {
  const hiddenSize = config.count("hidden_size");
  const headCount = config.count("num_attention_heads");
  const kvHeadCount =
    traits.kvHeadCount?.(config) ?? config.optionalCount("num_key_value_heads") ?? headCount;
  const headLength = config.optionalCount("head_dim") ?? dividedWidth(hiddenSize, headCount);
  const kind: AttentionMixer = {
    kind: "attention",
    headCount,
    kvHeadCount,
    keyLength: headLength,
    valueLength: headLength,
    slidingWindow: effectiveWindow(config, traits.window?.(config, layer) ?? null),
    projections: traits.projections ?? "separate",
    cache: "own",
    hasOutputGate: false,
    hasCrossAttention: false,
  };
  return { kind, smallParameterCount: attentionSmallCount(config, traits, kind) };
}

function dividedWidth(hiddenSize: number, headCount: number): number {
  if (hiddenSize % headCount === 0) return hiddenSize / headCount;
  throw new HubError(
    "unusable",
    `config.json states no head_dim, and hidden_size ${hiddenSize} is no multiple of ${headCount} heads.`,
  );
}

/** A window that holds the whole trained context is none (Phi-3.5 states 262,144 of 131,072). */
function effectiveWindow(config: Config, window: number | null): number | null {
  const trained = config.optionalCount("max_position_embeddings");
  return window !== null && trained !== null && window >= trained ? null : window;
}

function attentionSmallCount(config: Config, traits: Traits, mixer: AttentionMixer): number {
  const queryWidth = mixer.headCount * mixer.keyLength;
  const keyWidth = mixer.kvHeadCount * mixer.keyLength;
  const bias = traits.attentionBias?.(config) ?? "none";
  const inputBiases = bias === "none" ? 0 : queryWidth + 2 * keyWidth;
  const outputBias = bias === "qkvo" ? config.count("hidden_size") : 0;
  const sinks = traits.hasSinks === true ? mixer.headCount : 0;
  return inputBiases + outputBias + sinks + queryKeyNormCount(config, traits, mixer);
}

function queryKeyNormCount(config: Config, traits: Traits, mixer: AttentionMixer): number {
  switch (traits.queryKeyNorm?.(config) ?? "none") {
    case "none":
      return 0;
    case "per-head":
      return 2 * mixer.keyLength;
    case "whole-width":
      return (mixer.headCount + mixer.kvHeadCount) * mixer.keyLength;
  }
}

/** Latent attention of DeepSeek V2 and later; with norms of the two latents and of the indexer's key. */
export function latentAttentionOf(config: Config): Part<Mixer> {
  const queryLoraRank = config.optionalCount("q_lora_rank");
  const kvLoraRank = config.count("kv_lora_rank");
  const indexKeyLength = config.optionalCount("index_head_dim");
  return {
    kind: {
      kind: "latent-attention",
      headCount: config.count("num_attention_heads"),
      kvLoraRank,
      queryLoraRank,
      ropeLength: config.count("qk_rope_head_dim"),
      nopeLength: config.count("qk_nope_head_dim"),
      valueLength: config.count("v_head_dim"),
      indexKeyLength,
      indexHeadCount: indexKeyLength === null ? null : config.count("index_n_heads"),
    },
    smallParameterCount: (queryLoraRank ?? 0) + kvLoraRank + 2 * (indexKeyLength ?? 0),
  };
}

/** Gated DeltaNet layers with a gated full attention layer between them (Qwen3-Next and later). */
export function deltaNetOrAttention(traits: Traits): (config: Config, layer: number) => Part<Mixer> {
  return (config, layer) => {
    if (isLinear(config, layer)) return deltaNetOf(config);
    const { kind, smallParameterCount } = attentionOf(config, traits, layer);
    const hasOutputGate = config.optionalFlag("attn_output_gate") ?? true;
    return { kind: { ...kind, hasOutputGate }, smallParameterCount };
  };
}

function isLinear(config: Config, layer: number): boolean {
  const stated = config.texts("layer_types")?.[layer];
  if (stated === undefined) return (layer + 1) % config.count("full_attention_interval") !== 0;
  if (stated === "linear_attention") return true;
  if (stated === "full_attention") return false;
  throw unknownLayerType(stated);
}

function deltaNetOf(config: Config): Part<Mixer> {
  const hiddenSize = config.count("hidden_size");
  const keyHeadCount = config.count("linear_num_key_heads");
  const valueHeadCount = config.count("linear_num_value_heads");
  const keyLength = config.count("linear_key_head_dim");
  const valueLength = config.count("linear_value_head_dim");
  const kernelLength = config.count("linear_conv_kernel_dim");
  const valueWidth = valueHeadCount * valueLength;
  const convolvedWidth = 2 * keyHeadCount * keyLength + valueWidth;
  return {
    kind: {
      kind: "recurrent",
      variant: "gated-delta-net",
      matrices: [
        [hiddenSize, convolvedWidth],
        [hiddenSize, valueWidth],
        [hiddenSize, 2 * valueHeadCount],
        [valueWidth, hiddenSize],
      ],
      stateElementCount: valueHeadCount * keyLength * valueLength,
      convolutionElementCount: convolvedWidth * (kernelLength - 1),
    },
    smallParameterCount: convolvedWidth * kernelLength + 2 * valueHeadCount + valueLength,
  };
}

/** For a kind of layer that a config names and nothing here describes. */
export function unknownLayerType(stated: string): HubError {
  return new HubError(
    "unusable",
    `config.json has a layer of type "${stated.slice(0, 60)}", which cannot be described yet.`,
  );
}
