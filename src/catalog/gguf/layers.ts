import { layerTensors } from "#engine/memory/tensors.ts";
import type { FeedForward, LayerKind, Mixer } from "#engine/model.ts";
import { GgufError, type GgufTensor } from "./header.ts";
import type { Hyperparameters } from "./hyperparameters.ts";
import { shown } from "./metadata.ts";

/** One layer: its tensors by name without the layer's number, and what its kind is. */
export interface GgufLayer {
  readonly kind: LayerKind;
  readonly tensors: readonly GgufTensor[];
}

/** Tensors by name without `blk.N.`. */
type Parts = ReadonlyMap<string, GgufTensor>;

export interface LayerContext {
  readonly hyper: Hyperparameters;
  readonly index: number;
  readonly hiddenSize: number;
  readonly slidingWindow: number | null;
}

/**
 * One layer's kind, from its tensors and the metadata. What the engine would compute for that kind must be what the
 * file holds, to the last element: else a GgufError says what has no place.
 */
export function describeLayer(parts: Parts, context: LayerContext): GgufLayer {
  const tensors = [...parts.values()];
  const unknown = tensors.find(
    ({ name }) => !isSmall(partName(name), parts) && !KNOWN_MATRIX.test(partName(name)),
  );
  if (unknown !== undefined) {
    throw new GgufError(
      `The tensor "${shown(unknown.name)}" is none that this architecture is known to have, so its memory cannot be told.`,
    );
  }
  const kind: LayerKind = {
    mixer: mixerOf(parts, context),
    feedForward: feedForwardOf(parts, context),
    smallParameterCount: elementsOf(tensors.filter(({ name }) => isSmall(partName(name), parts))),
    otherMatrices: [],
  };
  const described = elementsOf(layerTensors(kind, context.hiddenSize));
  const held = elementsOf(tensors);
  if (described !== held) {
    throw new GgufError(
      `Layer ${context.index} holds ${held.toLocaleString("en-US")} values, and its metadata describes ${described.toLocaleString("en-US")}.`,
    );
  }
  return { kind, tensors };
}

/** The weights of routed experts, which can stay in RAM alone: all in one tensor, or one each in old files. */
export function isRoutedExpert(tensor: GgufTensor): boolean {
  return ROUTED_EXPERTS.test(partName(tensor.name));
}

/** `attn_q.weight` of `blk.3.attn_q.weight`. */
export function partName(name: string): string {
  return name.replace(/^blk\.\d+\./, "");
}

const ROUTED_EXPERTS = /^ffn_(?:gate|up|down)(?:_exps|\.\d+)\.weight$/;

/** The matrices that have a place in the engine's vocabulary, by llama.cpp's names. */
const KNOWN_MATRIX =
  /^(?:attn_(?:q|k|v|qkv|output|q_a|q_b|kv_a_mqa|k_b|v_b|kv_b)|ffn_(?:gate|up|down)(?:_exps|_shexp|\.\d+)?|ffn_gate_inp)\.weight$/;

/** Norms and biases; the biases of experts have two dimensions. */
function isSmall(name: string, parts: Parts): boolean {
  return name.endsWith(".bias") || parts.get(name)?.dimensions.length === 1;
}

function elementsOf(tensors: readonly { readonly elementCount: number }[]): number {
  return tensors.reduce((sum, { elementCount }) => sum + elementCount, 0);
}

function mixerOf(parts: Parts, context: LayerContext): Mixer {
  if (parts.has("attn_kv_a_mqa.weight")) return latentAttentionOf(parts, context);
  if (!parts.has("attn_output.weight")) {
    throw new GgufError(`Layer ${context.index} has no attention that can be described here.`);
  }
  const { hyper, index, hiddenSize, slidingWindow } = context;
  const headCount = positive(hyper.layerCount("attention.head_count", index), "attention.head_count");
  const kvHeads = hyper.pattern("attention.head_count_kv");
  const kvHeadCount = kvHeads === null ? headCount : hyper.layerCount("attention.head_count_kv", index);
  const headLength = Math.floor(hiddenSize / headCount);
  return {
    kind: "attention",
    headCount,
    kvHeadCount: positive(kvHeadCount, "attention.head_count_kv"),
    keyLength: hyper.optionalCount("attention.key_length") ?? headLength,
    valueLength: hyper.optionalCount("attention.value_length") ?? headLength,
    slidingWindow,
    projections: parts.has("attn_qkv.weight") ? "fused" : "separate",
    cache: "own",
    hasOutputGate: false,
    hasCrossAttention: false,
  };
}

/** Files made before llama.cpp kept the latent (early 2025) have `kv_b` whole and no lengths of their own for MLA. */
function latentAttentionOf(parts: Parts, { hyper, index }: LayerContext): Mixer {
  const keyLength = hyper.optionalCount("attention.key_length_mla");
  const valueLength = hyper.optionalCount("attention.value_length_mla");
  if (keyLength === null || valueLength === null || !parts.has("attn_k_b.weight")) {
    throw new GgufError(
      "The file is an old conversion, made before runtimes cached the latent of multi-head latent attention; take a newer one.",
    );
  }
  const ropeLength = positive(hyper.count("rope.dimension_count"), "rope.dimension_count");
  return {
    kind: "latent-attention",
    headCount: positive(hyper.layerCount("attention.head_count", index), "attention.head_count"),
    kvLoraRank: positive(hyper.count("attention.kv_lora_rank"), "attention.kv_lora_rank"),
    queryLoraRank: parts.has("attn_q_a.weight") ? hyper.count("attention.q_lora_rank") : null,
    ropeLength,
    nopeLength: positive(keyLength - ropeLength, "attention.key_length_mla"),
    valueLength: positive(valueLength, "attention.value_length_mla"),
    indexKeyLength: null,
    indexHeadCount: null,
  };
}

function feedForwardOf(parts: Parts, { hyper, index }: LayerContext): FeedForward {
  const up = parts.get("ffn_up_exps.weight") ?? parts.get("ffn_up.0.weight");
  if (up !== undefined) return expertsOf(parts, up, hyper);
  const down = parts.get("ffn_down.weight");
  const whole = parts.get("ffn_up.weight");
  const size = down?.dimensions[0];
  if (whole === undefined || size === undefined) {
    throw new GgufError(`Layer ${index} has no feed-forward that can be described here.`);
  }
  // Phi-3 keeps gate and up in one matrix of twice the width.
  return { kind: "dense", size, gated: parts.has("ffn_gate.weight") || whole.dimensions[1] === 2 * size };
}

function expertsOf(parts: Parts, up: GgufTensor, hyper: Hyperparameters): FeedForward {
  const [, expertSize = 0] = up.dimensions;
  const [, sharedSize = 0] = parts.get("ffn_up_shexp.weight")?.dimensions ?? [];
  const expertCount = positive(hyper.count("expert_count"), "expert_count");
  const activeExpertCount = positive(hyper.count("expert_used_count"), "expert_used_count");
  if (activeExpertCount > expertCount) throw new GgufError("More experts would run than there are.");
  return {
    kind: "experts",
    expertCount,
    activeExpertCount,
    expertSize: positive(expertSize, "ffn_up_exps"),
    sharedSize,
    latentSize: null,
    gated: parts.has("ffn_gate_exps.weight") || parts.has("ffn_gate.0.weight"),
  };
}

function positive(count: number, key: string): number {
  if (count > 0) return count;
  throw new GgufError(`The metadata "${key}" must be more than 0.`);
}
