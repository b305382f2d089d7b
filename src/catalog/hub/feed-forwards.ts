import type { FeedForward } from "#engine/model.ts";
import type { Config } from "./config-reader.ts";
import type { Part } from "./traits.ts";

type FeedForwardRule = (config: Config, layer: number) => Part<FeedForward>;

/** Three matrices; biases where the config has `mlp_bias`. */
export const GATED: FeedForwardRule = (config) => {
  const size = config.count("intermediate_size");
  const biases = config.flag("mlp_bias") ? 2 * size + config.count("hidden_size") : 0;
  return { kind: { kind: "dense", size, gated: true }, smallParameterCount: biases };
};

/** Two matrices. */
export function plain(hasBias: (config: Config) => boolean): FeedForwardRule {
  return (config) => {
    const hiddenSize = config.count("hidden_size");
    const size = config.optionalCount("intermediate_size") ?? 4 * hiddenSize;
    return {
      kind: { kind: "dense", size, gated: false },
      smallParameterCount: hasBias(config) ? size + hiddenSize : 0,
    };
  };
}

interface ExpertKeys {
  readonly count: string;
  readonly size: string;
  readonly sharedSize?: (config: Config) => number;
  /** What a layer has beside its matrices: gates and biases. */
  readonly small?: (config: Config) => number;
}

/** A mixture of experts, under the keys of its family. */
export function experts({ count, size, sharedSize, small }: ExpertKeys): FeedForwardRule {
  return (config) => ({
    kind: {
      kind: "experts",
      expertCount: config.count(count),
      activeExpertCount: config.count("num_experts_per_tok"),
      expertSize: config.count(size),
      sharedSize: sharedSize?.(config) ?? 0,
      latentSize: null,
      gated: true,
    },
    smallParameterCount: small?.(config) ?? 0,
  });
}

/** DeepSeek's keys; the first layers are dense, and one in `moe_layer_freq` of the others has experts. */
export function deepseekExperts(hasRoutingBias: boolean): FeedForwardRule {
  const routed = experts({
    count: "n_routed_experts",
    size: "moe_intermediate_size",
    sharedSize: (config) =>
      (config.optionalCount("n_shared_experts") ?? 0) * config.count("moe_intermediate_size"),
    small: (config) => (hasRoutingBias ? config.count("n_routed_experts") : 0),
  });
  return (config, layer) => {
    const isDense = layer < (config.optionalCount("first_k_dense_replace") ?? 0);
    const isBetween = layer % (config.optionalCount("moe_layer_freq") ?? 1) !== 0;
    return isDense || isBetween ? GATED(config, layer) : routed(config, layer);
  };
}

/** Qwen's keys; `decoder_sparse_step` and `mlp_only_layers` leave some layers dense. */
export function qwenExperts(hasShared: boolean): FeedForwardRule {
  const routed = experts({
    count: "num_experts",
    size: "moe_intermediate_size",
    sharedSize: (config) => (hasShared ? config.count("shared_expert_intermediate_size") : 0),
    small: (config) => (hasShared ? config.count("hidden_size") : 0), // gate of the shared expert
  });
  return (config, layer) => {
    const isDense = config.numbers("mlp_only_layers")?.includes(layer) ?? false;
    const isBetween = (layer + 1) % (config.optionalCount("decoder_sparse_step") ?? 1) !== 0;
    return isDense || isBetween ? GATED(config, layer) : routed(config, layer);
  };
}

/** Biases on the router and on both matrices of every expert, gate and up together being one. */
export const GPT_OSS_EXPERTS: FeedForwardRule = experts({
  count: "num_local_experts",
  size: "intermediate_size",
  small: (config) => {
    const expertBiases = 2 * config.count("intermediate_size") + config.count("hidden_size");
    return config.count("num_local_experts") * (1 + expertBiases);
  },
});
