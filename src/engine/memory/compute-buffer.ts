import type { KvCacheType } from "#engine/kv-cache-type.ts";
import type {
  Architecture,
  AttentionMixer,
  FeedForward,
  LatentAttentionMixer,
  LayerKind,
} from "#engine/model.ts";
import type { Scenario } from "#engine/scenario.ts";
import { fullAttentionCells } from "./kv-cache.ts";
import { expandLayers } from "./tensors.ts";

const F32_BYTES = 4;
const F16_BYTES = 2;

/**
 * Bytes of the buffer llama.cpp reserves for intermediate results on a device: the largest of the phases of one
 * micro-batch. The forms were read off what a current build allocates on its CPU back end (the measured rows in
 * `tests/engine/oracle.test.ts`, which also state how far each is off); GPU back ends reserve about the same.
 */
export function computeBufferBytes(architecture: Architecture, scenario: Scenario): number {
  const kinds = distinctKinds(architecture);
  const logits = logitsPhaseBytes(kinds, architecture, scenario);
  const phases = kinds.map((kind) => layerPhaseBytes(kind, architecture.hiddenSize, scenario));
  return Math.max(logits, ...phases);
}

/** Logits of every token of the micro-batch, the last layer's input and output beside them, and what is stuck. */
function logitsPhaseBytes(
  kinds: readonly LayerKind[],
  { vocabularySize, hiddenSize }: Architecture,
  scenario: Scenario,
): number {
  const width = vocabularySize + 2 * hiddenSize;
  const stuck = kinds.map((kind) => stuckBytes(kind, hiddenSize, scenario));
  return width * scenario.microBatchSize * F32_BYTES + Math.max(0, ...stuck);
}

/**
 * The allocator never moves a block: the last layer's output may lie above holes too small for the logits. Read off
 * the measured rows: outputs of the active experts (latent attention, windows), two hidden states and a small mask
 * (fused projections, Phi-3), one hidden state (a quantised cache, which is rotated before it is stored).
 */
function stuckBytes(kind: LayerKind, hiddenSize: number, scenario: Scenario): number {
  const hiddenBytes = hiddenSize * scenario.microBatchSize * F32_BYTES;
  const { mixer, feedForward } = kind;
  const isQuantised = ![scenario.keyCacheType, scenario.valueCacheType].every(isPlainType);
  const rotated = isQuantised ? hiddenBytes : 0;
  if (mixer.kind === "attention" && mixer.projections === "fused") {
    return 2 * hiddenBytes + Math.min(hiddenBytes, maskBytes(scenario)) + rotated;
  }
  const hasWindow = mixer.kind === "attention" && mixer.slidingWindow !== null;
  const isTight = hasWindow || mixer.kind === "latent-attention";
  if (feedForward.kind === "experts" && isTight) return feedForward.activeExpertCount * hiddenBytes;
  return rotated;
}

function layerPhaseBytes(kind: LayerKind, hiddenSize: number, scenario: Scenario): number {
  const feedForward = feedForwardPhaseBytes(kind.feedForward, hiddenSize, scenario);
  const { mixer } = kind;
  if (scenario.flashAttention || (mixer.kind !== "attention" && mixer.kind !== "latent-attention")) {
    return feedForward;
  }
  return Math.max(feedForward, scoresPhaseBytes(mixer, hiddenSize, scenario));
}

/** Gate, up and their product (of every expert a token runs through), four times the hidden state, and the mask. */
function feedForwardPhaseBytes(feedForward: FeedForward, hiddenSize: number, scenario: Scenario): number {
  const width = 3 * activeWidth(feedForward) + 4 * hiddenSize;
  return width * scenario.microBatchSize * F32_BYTES + maskBytes(scenario);
}

/** Which cells each token of the micro-batch may see, in F16. */
function maskBytes(scenario: Scenario): number {
  return fullAttentionCells(scenario) * scenario.microBatchSize * F16_BYTES;
}

function isPlainType(type: KvCacheType): boolean {
  return type === "f32" || type === "f16" || type === "bf16";
}

function activeWidth(feedForward: FeedForward): number {
  switch (feedForward.kind) {
    case "none":
      return 0;
    case "dense":
      return feedForward.size;
    case "experts":
      return feedForward.activeExpertCount * feedForward.expertSize;
  }
}

/** Without flash attention: a score for every head, cell and token, the mask in F32, and the projections. */
function scoresPhaseBytes(
  mixer: AttentionMixer | LatentAttentionMixer,
  hiddenSize: number,
  scenario: Scenario,
): number {
  const cells = fullAttentionCells(scenario);
  const width = projectionWidth(mixer) + 3 * hiddenSize;
  return (mixer.headCount * cells + cells + width) * scenario.microBatchSize * F32_BYTES;
}

function projectionWidth(mixer: AttentionMixer | LatentAttentionMixer): number {
  if (mixer.kind === "latent-attention") {
    const latentWidth = mixer.kvLoraRank + mixer.ropeLength;
    return mixer.headCount * (latentWidth + mixer.kvLoraRank) + latentWidth;
  }
  return 2 * mixer.headCount * mixer.keyLength + mixer.kvHeadCount * (mixer.keyLength + mixer.valueLength);
}

const kindsByArchitecture = new WeakMap<Architecture, readonly LayerKind[]>();

function distinctKinds(architecture: Architecture): readonly LayerKind[] {
  const known = kindsByArchitecture.get(architecture) ?? [...new Set(expandLayers(architecture))];
  kindsByArchitecture.set(architecture, known);
  return known;
}
