import type { Config, JsonObject } from "./config-reader.ts";
import { deepseekExperts, experts, GATED, GPT_OSS_EXPERTS, plain, qwenExperts } from "./feed-forwards.ts";
import { deltaNetOrAttention, latentAttentionOf } from "./mixers.ts";
import type { Traits } from "./traits.ts";
import { allButEvery, EVERY_LAYER, WHERE_SWITCHED_ON } from "./windows.ts";

/*
 * What each `model_type` implies beyond its config. Written down by hand, not copied from a file that was read:
 * `tests/catalog/hub/architecture.test.ts` compares with the shipped catalog's entries, whose parameter counts are
 * checked. No comparison there yet: ministral3, qwen3_5_text, qwen3_5_moe_text, kimi_k2, glm, olmo3, olmoe,
 * granitemoe, falcon's new generation, cohere2, smollm3, internlm2.
 */

const always = (): true => true;
const biasOnAll = (config: Config): "qkvo" | "none" => (config.flag("attention_bias") ? "qkvo" : "none");
const biasOnInputs = (config: Config): "qkv" | "none" => (config.flag("attention_bias") ? "qkv" : "none");

const LLAMA: Traits = {
  normsPerLayer: 2,
  normContent: "weight",
  attentionBias: biasOnAll,
  feedForward: GATED,
  tiedUnlessStated: false,
};

const MISTRAL: Traits = { ...LLAMA, implied: { sliding_window: 4096 }, window: EVERY_LAYER };

const QWEN2: Traits = { ...LLAMA, attentionBias: () => "qkv", window: WHERE_SWITCHED_ON };

const QWEN3: Traits = {
  ...LLAMA,
  implied: { head_dim: 128 },
  queryKeyNorm: () => "per-head",
  window: WHERE_SWITCHED_ON,
};

const QWEN_HYBRID: Traits = {
  ...LLAMA,
  implied: { full_attention_interval: 4, head_dim: 256 },
  queryKeyNorm: () => "per-head",
};
const QWEN3_NEXT: Traits = {
  ...QWEN_HYBRID,
  mixer: deltaNetOrAttention(QWEN_HYBRID),
  feedForward: qwenExperts(true),
};
const QWEN3_5: Traits = { ...QWEN3_NEXT, feedForward: GATED };

const GEMMA: Traits = { ...LLAMA, implied: { head_dim: 256 }, tiedUnlessStated: true };

const GEMMA2: Traits = {
  ...GEMMA,
  implied: { head_dim: 256, sliding_window: 4096, alternating: 2 },
  normsPerLayer: 4,
  window: allButEvery(["alternating"]),
};

const GEMMA3: Traits = {
  ...GEMMA,
  implied: {
    head_dim: 256,
    num_attention_heads: 8,
    num_key_value_heads: 4,
    vocab_size: 262_208,
    sliding_window: 4096,
    max_position_embeddings: 131_072,
    every: 6,
  },
  normsPerLayer: 4,
  queryKeyNorm: () => "per-head",
  window: allButEvery(["sliding_window_pattern", "_sliding_window_pattern", "every"]),
};

const PHI: Traits = {
  ...LLAMA,
  mustBeOff: ["qk_layernorm"],
  normsPerLayer: 1,
  normContent: "weight-and-bias",
  attentionBias: () => "qkvo",
  feedForward: plain(always),
  hasOutputBias: always,
};

const PHI3: Traits = { ...LLAMA, projections: "fused", attentionBias: () => "none", window: EVERY_LAYER };

const PHI_MOE: Traits = {
  ...LLAMA,
  normContent: "weight-and-bias",
  window: EVERY_LAYER,
  feedForward: experts({ count: "num_local_experts", size: "intermediate_size" }),
  hasOutputBias: (config) => config.flag("lm_head_bias"),
};

const LOCAL_EXPERTS: Traits = {
  ...LLAMA,
  feedForward: experts({ count: "num_local_experts", size: "intermediate_size" }),
};

const DEEPSEEK: Traits = { ...LLAMA, mustBeOff: ["attention_bias"], feedForward: deepseekExperts(false) };
const DEEPSEEK_V2: Traits = { ...DEEPSEEK, mixer: latentAttentionOf };
const DEEPSEEK_V3: Traits = { ...DEEPSEEK_V2, feedForward: deepseekExperts(true) };

const GPT_OSS: Traits = {
  ...LLAMA,
  implied: { attention_bias: true, alternating: 2 },
  hasSinks: true,
  window: allButEvery(["alternating"]),
  feedForward: GPT_OSS_EXPERTS,
};

const GLM4: Traits = { ...LLAMA, normsPerLayer: 4, attentionBias: biasOnInputs };
const GLM4_MOE: Traits = {
  ...LLAMA,
  attentionBias: biasOnInputs,
  queryKeyNorm: (config) => (config.flag("use_qk_norm") ? "per-head" : "none"),
  feedForward: deepseekExperts(true),
};

const OLMO: Traits = { ...LLAMA, normContent: "nothing" };
const OLMO2: Traits = { ...LLAMA, queryKeyNorm: () => "whole-width" };
const OLMO3: Traits = { ...OLMO2, window: allButEvery([]) };
const OLMOE: Traits = {
  ...OLMO2,
  feedForward: experts({ count: "num_experts", size: "intermediate_size" }),
};

const MINIMAX_M2: Traits = {
  ...LLAMA,
  queryKeyNorm: (config) => (config.flag("use_qk_norm") ? "whole-width" : "none"),
  feedForward: experts({
    count: "num_local_experts",
    size: "intermediate_size",
    small: (config) => (config.flag("use_routing_bias") ? config.count("num_local_experts") : 0),
  }),
};

const FALCON: Traits = {
  renamed: { num_hidden_layers: "n_layer", num_attention_heads: "n_head" },
  mustBeOff: ["bias", "alibi"],
  normsPerLayer: 1,
  normContent: "weight-and-bias",
  projections: "fused",
  kvHeadCount: (config) => (config.flag("multi_query") ? 1 : config.count("num_attention_heads")),
  feedForward: plain(() => false),
  tiedUnlessStated: null,
};
const FALCON_NEW: Traits = {
  ...FALCON,
  normsPerLayer: 2,
  kvHeadCount: (config) => config.count("num_kv_heads"),
};

const STARCODER2: Traits = {
  implied: { use_bias: true },
  normsPerLayer: 2,
  normContent: "weight-and-bias",
  attentionBias: (config) => (config.flag("use_bias") ? "qkvo" : "none"),
  window: EVERY_LAYER,
  feedForward: plain((config) => config.flag("use_bias")),
  tiedUnlessStated: true,
};

const GPT_BIGCODE: Traits = {
  implied: { multi_query: true },
  renamed: {
    hidden_size: "n_embd",
    num_hidden_layers: "n_layer",
    num_attention_heads: "n_head",
    intermediate_size: "n_inner",
    max_position_embeddings: "n_positions",
  },
  normsPerLayer: 2,
  normContent: "weight-and-bias",
  projections: "fused",
  attentionBias: () => "qkvo",
  kvHeadCount: (config) => (config.flag("multi_query") ? 1 : config.count("num_attention_heads")),
  feedForward: plain(always),
  tiedUnlessStated: true,
  learnedPositionKey: "max_position_embeddings",
};

const GPT_NEOX: Traits = {
  implied: { attention_bias: true },
  normsPerLayer: 2,
  normContent: "weight-and-bias",
  projections: "fused",
  attentionBias: biasOnAll,
  feedForward: plain(always),
  tiedUnlessStated: false,
};

const COHERE: Traits = {
  ...LLAMA,
  normsPerLayer: 1,
  queryKeyNorm: (config) => (config.flag("use_qk_norm") ? "whole-width" : "none"),
  tiedUnlessStated: true,
};
const COHERE2: Traits = {
  ...COHERE,
  implied: { sliding_window: 4096, every: 4 },
  queryKeyNorm: () => "none",
  window: allButEvery(["sliding_window_pattern", "_sliding_window_pattern", "every"]),
};

const STABLELM: Traits = {
  ...LLAMA,
  mustBeOff: ["qk_layernorm", "use_parallel_residual"],
  normContent: "weight-and-bias",
  attentionBias: (config) => (config.flag("use_qkv_bias") ? "qkv" : "none"),
};

const CHATGLM: Traits = {
  ...LLAMA,
  mustBeOff: ["add_bias_linear"],
  renamed: {
    num_hidden_layers: "num_layers",
    intermediate_size: "ffn_hidden_size",
    head_dim: "kv_channels",
    vocab_size: "padded_vocab_size",
    max_position_embeddings: "seq_length",
  },
  projections: "fused",
  attentionBias: (config) => (config.flag("add_qkv_bias") ? "qkv" : "none"),
  kvHeadCount: (config) =>
    config.count(config.flag("multi_query_attention") ? "multi_query_group_num" : "num_attention_heads"),
};

const FAMILIES = new Map<string, Traits>([
  ["llama", LLAMA],
  ["mistral", MISTRAL],
  ["ministral3", LLAMA],
  ["mixtral", { ...LOCAL_EXPERTS, window: EVERY_LAYER }],
  ["qwen2", QWEN2],
  ["qwen2_moe", { ...QWEN2, feedForward: qwenExperts(true) }],
  ["qwen3", QWEN3],
  ["qwen3_moe", { ...QWEN3, feedForward: qwenExperts(false) }],
  ["qwen3_next", QWEN3_NEXT],
  ["qwen3_5_text", QWEN3_5],
  ["qwen3_5_moe_text", QWEN3_NEXT],
  ["gemma", GEMMA],
  ["gemma2", GEMMA2],
  ["gemma3_text", GEMMA3],
  ["phi", PHI],
  ["phi3", PHI3],
  ["phimoe", PHI_MOE],
  ["deepseek", DEEPSEEK],
  ["deepseek_v2", DEEPSEEK_V2],
  ["deepseek_v3", DEEPSEEK_V3],
  ["deepseek_v32", DEEPSEEK_V3],
  ["kimi_k2", DEEPSEEK_V3],
  ["gpt_oss", GPT_OSS],
  ["chatglm", CHATGLM],
  ["glm", { ...LLAMA, attentionBias: biasOnInputs }],
  ["glm4", GLM4],
  ["glm4_moe", GLM4_MOE],
  ["glm4_moe_lite", { ...DEEPSEEK_V3, implied: { first_k_dense_replace: 1 } }],
  ["olmo", OLMO],
  ["olmo2", OLMO2],
  ["olmo3", OLMO3],
  ["olmoe", OLMOE],
  ["granite", LLAMA],
  ["granitemoe", LOCAL_EXPERTS],
  ["falcon", FALCON],
  ["starcoder2", STARCODER2],
  ["gpt_bigcode", GPT_BIGCODE],
  ["gpt_neox", GPT_NEOX],
  ["cohere", COHERE],
  ["cohere2", COHERE2],
  ["stablelm", STABLELM],
  ["smollm3", { ...LLAMA, window: WHERE_SWITCHED_ON, tiedUnlessStated: true }],
  ["seed_oss", { ...LLAMA, attentionBias: biasOnInputs, mustBeOff: ["attention_out_bias"] }],
  ["exaone4", { ...QWEN3, implied: {}, window: allButEvery([]) }],
  ["internlm2", { ...LLAMA, mustBeOff: ["bias"] }],
  ["minimax_m2", MINIMAX_M2],
]);

/** What a `model_type` implies; null where that is not known. Falcon's two generations share one name. */
export function traitsOf(modelType: string, stated: JsonObject): Traits | null {
  if (modelType === "falcon" && stated.new_decoder_architecture === true) return FALCON_NEW;
  return FAMILIES.get(modelType) ?? null;
}

/** Every `model_type` that can be described, for a message. */
export function knownModelTypes(): readonly string[] {
  return [...FAMILIES.keys()].sort();
}
