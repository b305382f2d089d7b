import type { KvCacheType } from "#engine/kv-cache-type.ts";
import type { FeedForward, LayerKind, Mixer } from "#engine/model.ts";
import type { Scenario } from "#engine/scenario.ts";

/** Elements that each token has in one intermediate result of a layer; `compute-buffer.ts` adds them up. */

/** Width of the feed-forward block: of every expert a token runs through, together. */
export function activeWidth(feedForward: FeedForward): number {
  switch (feedForward.kind) {
    case "none":
      return 0;
    case "dense":
      return feedForward.size;
    case "experts":
      return feedForward.activeExpertCount * feedForward.expertSize;
  }
}

/** Queries twice, keys and values; of latent attention the absorbed queries and results. */
export function projectionWidth(mixer: Mixer): number {
  switch (mixer.kind) {
    case "attention":
      return (
        2 * mixer.headCount * mixer.keyLength + mixer.kvHeadCount * (mixer.keyLength + mixer.valueLength)
      );
    case "latent-attention": {
      const latentWidth = mixer.kvLoraRank + mixer.ropeLength;
      return mixer.headCount * (latentWidth + mixer.kvLoraRank) + latentWidth;
    }
    case "recurrent":
    case "none":
      return 0;
  }
}

/** What flash attention reads and writes: of latent attention much more than a feed-forward block does. */
export function attentionWidth(mixer: Mixer): number {
  if (mixer.kind === "latent-attention") return projectionWidth(mixer);
  return mixer.kind === "attention" ? 2 * mixer.headCount * mixer.keyLength : 0;
}

/** Input, shifted and convolved: three times the convolution's width, which keeps three earlier tokens. */
export function recurrentWidth(mixer: Mixer): number {
  return mixer.kind === "recurrent" ? 3 * (mixer.convolutionElementCount / 3) : 0;
}

/** The window of a sliding layer; 0 for every other. */
export function keepsWindow(mixer: Mixer): number {
  return mixer.kind === "attention" && mixer.slidingWindow !== null ? mixer.slidingWindow : 0;
}

/**
 * Hidden states above which the logits come to lie on the CPU back end: outputs of the active experts (latent attention,
 * windows), two (fused projections), one (a quantised cache, which is rotated before it is stored), else none.
 */
export function stuckHiddenStates({ mixer, feedForward }: LayerKind, scenario: Scenario): number {
  const isQuantised = ![scenario.keyCacheType, scenario.valueCacheType].every(isPlainType);
  const rotated = isQuantised ? 1 : 0;
  if (mixer.kind === "attention" && mixer.projections === "fused") return 2 + rotated;
  const isTight = keepsWindow(mixer) > 0 || mixer.kind === "latent-attention";
  return feedForward.kind === "experts" && isTight ? feedForward.activeExpertCount : rotated;
}

function isPlainType(type: KvCacheType): boolean {
  return type === "f32" || type === "f16" || type === "bf16";
}
