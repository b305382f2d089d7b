import {
  F16,
  F32,
  type GgufFile,
  ggufFile,
  type Metadata,
  MXFP4,
  Q4_K,
  Q6_K,
  Q8_0,
  type TensorRow,
} from "./gguf-file.ts";

/*
 * Files with the headers that llama.cpp's converter writes for real models: its metadata keys, tensor names, shapes
 * and types, from the models' published configurations. The weights themselves are left out.
 */

/** Names, dimensions and types of one layer, without `blk.N.`. */
type LayerRow = TensorRow;

/** Metadata under the architecture's name. */
function keyed(architecture: string, values: Metadata): Metadata {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [`${architecture}.${key}`, value]));
}

function blocks(count: number, rowsOf: (layer: number) => readonly LayerRow[]): readonly TensorRow[] {
  return Array.from({ length: count }, (_, layer) =>
    rowsOf(layer).map(([name, dimensions, type]): TensorRow => [`blk.${layer}.${name}`, dimensions, type]),
  ).flat();
}

const norm = (name: string, length: number): LayerRow => [`${name}.weight`, [length], F32];
const bias = (name: string, length: number): LayerRow => [`${name}.bias`, [length], F32];

/** Query, key, value and output matrices. */
function attention(
  hidden: number,
  [queryWidth, kvWidth]: readonly [number, number],
  type: number,
  valueType = type,
): readonly LayerRow[] {
  return [
    ["attn_q.weight", [hidden, queryWidth], type],
    ["attn_k.weight", [hidden, kvWidth], type],
    ["attn_v.weight", [hidden, kvWidth], valueType],
    ["attn_output.weight", [queryWidth, hidden], type],
  ];
}

function gatedFeedForward(hidden: number, size: number, type: number, downType = type): readonly LayerRow[] {
  return [
    ["ffn_gate.weight", [hidden, size], type],
    ["ffn_up.weight", [hidden, size], type],
    ["ffn_down.weight", [size, hidden], downType],
  ];
}

function experts(hidden: number, size: number, count: number, type: number): readonly LayerRow[] {
  return [
    ["ffn_gate_inp.weight", [hidden, count], F32],
    ["ffn_gate_exps.weight", [hidden, size, count], type],
    ["ffn_up_exps.weight", [hidden, size, count], type],
    ["ffn_down_exps.weight", [size, hidden, count], type],
  ];
}

/** The first and last eighth of the layers, and every third between, get more bits in Q4_K_M. */
function isRaised(layer: number, count: number): boolean {
  const eighth = Math.floor(count / 8);
  return layer < eighth || layer >= Math.floor((7 * count) / 8) || (layer - eighth) % 3 === 2;
}

/** Llama 3 8B as Q4_K_M: value and down matrices of half the layers in Q6_K, the output matrix too. */
export function llama3(change: Metadata = {}): GgufFile {
  const raised = (layer: number): number => (isRaised(layer, 32) ? Q6_K : Q4_K);
  return ggufFile(
    {
      "general.architecture": "llama",
      "general.type": "model",
      "general.name": "Meta Llama 3 8B Instruct",
      "general.basename": "Meta-Llama-3",
      "general.organization": "Meta Llama",
      "general.license": "llama3",
      "general.file_type": 15,
      ...keyed("llama", {
        block_count: 32,
        context_length: 8192,
        embedding_length: 4096,
        feed_forward_length: 14_336,
        "attention.head_count": 32,
        "attention.head_count_kv": 8,
        "rope.dimension_count": 128,
        vocab_size: 128_256,
      }),
      "tokenizer.ggml.model": "gpt2",
      "tokenizer.ggml.tokens": Array.from({ length: 2000 }, (_, index) => `token ${index}`),
      "tokenizer.ggml.token_type": Array.from({ length: 2000 }, () => 1),
      "tokenizer.chat_template": "x".repeat(5000),
      ...change,
    },
    [
      ["token_embd.weight", [4096, 128_256], Q4_K],
      ...blocks(32, (layer) => [
        norm("attn_norm", 4096),
        ...attention(4096, [4096, 1024], Q4_K, raised(layer)),
        norm("ffn_norm", 4096),
        ...gatedFeedForward(4096, 14_336, Q4_K, raised(layer)),
      ]),
      ["output_norm.weight", [4096], F32],
      ["output.weight", [4096, 128_256], Q6_K],
    ],
  );
}

/** Qwen3 30B-A3B as Q8_0. */
export function qwen3Moe(): GgufFile {
  return ggufFile(
    {
      "general.architecture": "qwen3moe",
      "general.name": "Qwen3 30B A3B",
      "general.repo_url": "https://huggingface.co/Qwen/Qwen3-30B-A3B",
      "general.file_type": 7,
      ...keyed("qwen3moe", {
        block_count: 48,
        context_length: 40_960,
        embedding_length: 2048,
        "attention.head_count": 32,
        "attention.head_count_kv": 4,
        "attention.key_length": 128,
        "attention.value_length": 128,
        expert_count: 128,
        expert_used_count: 8,
        expert_feed_forward_length: 768,
      }),
    },
    [
      ["token_embd.weight", [2048, 151_936], Q8_0],
      ...blocks(48, () => [
        norm("attn_norm", 2048),
        ...attention(2048, [4096, 512], Q8_0),
        norm("attn_q_norm", 128),
        norm("attn_k_norm", 128),
        norm("ffn_norm", 2048),
        ...experts(2048, 768, 128, Q8_0),
      ]),
      ["output_norm.weight", [2048], F32],
      ["output.weight", [2048, 151_936], Q8_0],
    ],
  );
}

/** Gemma 3 1B as F16: five sliding layers and a full one, the embedding used again as output. */
export function gemma3(): GgufFile {
  return ggufFile(
    {
      "general.architecture": "gemma3",
      "general.name": "Gemma 3 1b It",
      "general.file_type": 1,
      ...keyed("gemma3", {
        block_count: 26,
        context_length: 32_768,
        embedding_length: 1152,
        "attention.head_count": 4,
        "attention.head_count_kv": 1,
        "attention.key_length": 256,
        "attention.value_length": 256,
        "attention.sliding_window": 512,
      }),
    },
    [
      ["token_embd.weight", [1152, 262_144], F16],
      ...blocks(26, () => [
        ...["attn_norm", "post_attention_norm", "ffn_norm", "post_ffw_norm"].map((name) => norm(name, 1152)),
        norm("attn_q_norm", 256),
        norm("attn_k_norm", 256),
        ...attention(1152, [1024, 256], F16),
        ...gatedFeedForward(1152, 6912, F16),
      ]),
      ["output_norm.weight", [1152], F32],
    ],
  );
}

/** Gemma 2 2B as F16: sliding and full layers in turn. */
export function gemma2(): GgufFile {
  return ggufFile(
    {
      "general.architecture": "gemma2",
      "general.file_type": 1,
      ...keyed("gemma2", {
        block_count: 26,
        context_length: 8192,
        embedding_length: 2304,
        "attention.head_count": 8,
        "attention.head_count_kv": 4,
        "attention.key_length": 256,
        "attention.value_length": 256,
        "attention.sliding_window": 4096,
      }),
    },
    [
      ["token_embd.weight", [2304, 256_000], F16],
      ...blocks(26, () => [
        ...["attn_norm", "post_attention_norm", "ffn_norm", "post_ffw_norm"].map((name) => norm(name, 2304)),
        ...attention(2304, [2048, 1024], F16),
        ...gatedFeedForward(2304, 9216, F16),
      ]),
      ["output_norm.weight", [2304], F32],
    ],
  );
}

/** DeepSeek-V2-Lite as Q8_0 with the latent kept: `kv_b` in its two halves, the first layer dense. */
export function deepseekV2Lite(change: Metadata = {}): GgufFile {
  return ggufFile(
    {
      "general.architecture": "deepseek2",
      "general.file_type": 7,
      ...keyed("deepseek2", {
        block_count: 27,
        context_length: 163_840,
        embedding_length: 2048,
        "attention.head_count": 16,
        "attention.head_count_kv": 1,
        "attention.key_length": 576,
        "attention.value_length": 512,
        "attention.key_length_mla": 192,
        "attention.value_length_mla": 128,
        "attention.kv_lora_rank": 512,
        "rope.dimension_count": 64,
        leading_dense_block_count: 1,
        expert_count: 64,
        expert_used_count: 6,
        expert_shared_count: 2,
        expert_feed_forward_length: 1408,
      }),
      ...change,
    },
    [
      ["token_embd.weight", [2048, 102_400], Q8_0],
      ...blocks(27, (layer) => [
        norm("attn_norm", 2048),
        ["attn_q.weight", [2048, 3072], Q8_0],
        ["attn_kv_a_mqa.weight", [2048, 576], Q8_0],
        norm("attn_kv_a_norm", 512),
        ["attn_k_b.weight", [128, 512, 16], Q8_0],
        ["attn_v_b.weight", [512, 128, 16], Q8_0],
        ["attn_output.weight", [2048, 2048], Q8_0],
        norm("ffn_norm", 2048),
        ...(layer === 0
          ? gatedFeedForward(2048, 10_944, Q8_0)
          : [
              ...experts(2048, 1408, 64, Q8_0),
              ["ffn_gate_shexp.weight", [2048, 2816], Q8_0] as const,
              ["ffn_up_shexp.weight", [2048, 2816], Q8_0] as const,
              ["ffn_down_shexp.weight", [2816, 2048], Q8_0] as const,
            ]),
      ]),
      ["output_norm.weight", [2048], F32],
      ["output.weight", [2048, 102_400], Q8_0],
    ],
  );
}

/** gpt-oss 20B in its own precision: experts in MXFP4 with biases, sinks for attention. */
export function gptOss(): GgufFile {
  const expertBiases = [["ffn_gate_exps.bias"], ["ffn_up_exps.bias"], ["ffn_down_exps.bias"]] as const;
  return ggufFile(
    {
      "general.architecture": "gpt-oss",
      "general.file_type": 38,
      "general.license": "apache-2.0",
      ...keyed("gpt-oss", {
        block_count: 24,
        context_length: 131_072,
        embedding_length: 2880,
        "attention.head_count": 64,
        "attention.head_count_kv": 8,
        "attention.key_length": 64,
        "attention.value_length": 64,
        "attention.sliding_window": 128,
        expert_count: 32,
        expert_used_count: 4,
        expert_feed_forward_length: 2880,
      }),
    },
    [
      ["token_embd.weight", [2880, 201_088], Q8_0],
      ...blocks(24, () => [
        norm("attn_norm", 2880),
        norm("post_attention_norm", 2880),
        ...attention(2880, [4096, 512], Q8_0),
        ...[bias("attn_q", 4096), bias("attn_k", 512), bias("attn_v", 512), bias("attn_output", 2880)],
        norm("attn_sinks", 64),
        bias("ffn_gate_inp", 32),
        ...experts(2880, 2880, 32, MXFP4),
        ...expertBiases.map(([name]): LayerRow => [name, [2880, 32], F32]),
      ]),
      ["output_norm.weight", [2880], F32],
      ["output.weight", [2880, 201_088], Q8_0],
    ],
  );
}

/** Phi-3 mini as F16: one matrix for query, key and value, one for gate and up, long-context factors beside. */
export function phi3(): GgufFile {
  return ggufFile(
    {
      "general.architecture": "phi3",
      "general.file_type": 1,
      ...keyed("phi3", {
        block_count: 32,
        context_length: 4096,
        embedding_length: 3072,
        "attention.head_count": 32,
        "attention.head_count_kv": 32,
        "attention.sliding_window": 2047,
        "rope.dimension_count": 96,
      }),
    },
    [
      ["token_embd.weight", [3072, 32_064], F16],
      ...blocks(32, () => [
        norm("attn_norm", 3072),
        ["attn_qkv.weight", [3072, 9216], F16],
        ["attn_output.weight", [3072, 3072], F16],
        norm("ffn_norm", 3072),
        ["ffn_up.weight", [3072, 16_384], F16],
        ["ffn_down.weight", [8192, 3072], F16],
      ]),
      ["output_norm.weight", [3072], F32],
      ["output.weight", [3072, 32_064], F16],
    ],
  );
}

/** Phi-2 as F16: biases everywhere, two matrices in the feed-forward, one norm a layer. */
export function phi2(): GgufFile {
  return ggufFile(
    {
      "general.architecture": "phi2",
      "general.file_type": 1,
      ...keyed("phi2", {
        block_count: 32,
        context_length: 2048,
        embedding_length: 2560,
        "attention.head_count": 32,
        "attention.head_count_kv": 32,
        "rope.dimension_count": 32,
      }),
    },
    [
      ["token_embd.weight", [2560, 51_200], F16],
      ...blocks(32, () => [
        norm("attn_norm", 2560),
        bias("attn_norm", 2560),
        ["attn_qkv.weight", [2560, 7680], F16],
        bias("attn_qkv", 7680),
        ["attn_output.weight", [2560, 2560], F16],
        bias("attn_output", 2560),
        ["ffn_up.weight", [2560, 10_240], F16],
        bias("ffn_up", 10_240),
        ["ffn_down.weight", [10_240, 2560], F16],
        bias("ffn_down", 2560),
      ]),
      ["output_norm.weight", [2560], F32],
      ["output_norm.bias", [2560], F32],
      ["output.weight", [2560, 51_200], F16],
      ["output.bias", [51_200], F32],
    ],
  );
}

/** Mixtral 8x7B as an early converter wrote it: each expert a tensor of its own. */
export function mixtral(): GgufFile {
  return ggufFile(
    {
      "general.architecture": "llama",
      "general.file_type": 7,
      ...keyed("llama", {
        block_count: 32,
        context_length: 32_768,
        embedding_length: 4096,
        "attention.head_count": 32,
        "attention.head_count_kv": 8,
        expert_count: 8,
        expert_used_count: 2,
      }),
    },
    [
      ["token_embd.weight", [4096, 32_000], Q8_0],
      ...blocks(32, () => [
        norm("attn_norm", 4096),
        ...attention(4096, [4096, 1024], Q8_0),
        norm("ffn_norm", 4096),
        ["ffn_gate_inp.weight", [4096, 8], F32],
        ...Array.from({ length: 8 }, (_, expert): readonly LayerRow[] => [
          [`ffn_gate.${expert}.weight`, [4096, 14_336], Q8_0],
          [`ffn_up.${expert}.weight`, [4096, 14_336], Q8_0],
          [`ffn_down.${expert}.weight`, [14_336, 4096], Q8_0],
        ]).flat(),
      ]),
      ["output_norm.weight", [4096], F32],
      ["output.weight", [4096, 32_000], Q8_0],
    ],
  );
}

/** Qwen2.5 0.5B as Q8_0: biases on query, key and value, the embedding used again. */
export function qwen2(): GgufFile {
  return ggufFile(
    {
      "general.architecture": "qwen2",
      "general.file_type": 7,
      ...keyed("qwen2", {
        block_count: 24,
        context_length: 32_768,
        embedding_length: 896,
        "attention.head_count": 14,
        "attention.head_count_kv": 2,
      }),
    },
    [
      ["token_embd.weight", [896, 151_936], Q8_0],
      ...blocks(24, () => [
        norm("attn_norm", 896),
        ...attention(896, [896, 128], Q8_0),
        ...[bias("attn_q", 896), bias("attn_k", 128), bias("attn_v", 128)],
        norm("ffn_norm", 896),
        ...gatedFeedForward(896, 4864, Q8_0),
      ]),
      ["output_norm.weight", [896], F32],
    ],
  );
}

/** StarCoder2 3B as F16: biases, two matrices in the feed-forward; the runtime reads no window. */
export function starcoder2(): GgufFile {
  return ggufFile(
    {
      "general.architecture": "starcoder2",
      "general.file_type": 1,
      ...keyed("starcoder2", {
        block_count: 30,
        context_length: 16_384,
        embedding_length: 3072,
        "attention.head_count": 24,
        "attention.head_count_kv": 2,
      }),
    },
    [
      ["token_embd.weight", [3072, 49_152], F16],
      ...blocks(30, () => [
        norm("attn_norm", 3072),
        bias("attn_norm", 3072),
        ...attention(3072, [3072, 256], F16),
        ...[bias("attn_q", 3072), bias("attn_k", 256), bias("attn_v", 256), bias("attn_output", 3072)],
        norm("ffn_norm", 3072),
        bias("ffn_norm", 3072),
        ["ffn_up.weight", [3072, 12_288], F16],
        bias("ffn_up", 12_288),
        ["ffn_down.weight", [12_288, 3072], F16],
        bias("ffn_down", 3072),
      ]),
      ["output_norm.weight", [3072], F32],
      ["output_norm.bias", [3072], F32],
    ],
  );
}
