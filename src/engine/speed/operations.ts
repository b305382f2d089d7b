import { windowUse } from "#engine/memory/kv-cache.ts";
import { expandLayers, layerTensors } from "#engine/memory/tensors.ts";
import type { Architecture, LayerKind, Mixer } from "#engine/model.ts";
import { tokensSeen } from "./cache-reads.ts";
import { activeFraction } from "./weight-reads.ts";

/** Operations of one layer for one token; a multiplication and an addition are two. */
export interface TokenOperations {
  /** Matrices every token runs through. */
  readonly dense: number;
  /** Routed experts, the active ones. */
  readonly experts: number;
  /** Scores and weighted sums over the tokens before it. */
  readonly attention: number;
}

/** Operations of each layer for one token with `depth` tokens before it. */
export function tokenOperationsByLayer(
  architecture: Architecture,
  depth: number,
): readonly TokenOperations[] {
  const windows = windowUse(architecture);
  const byKind = new Map<LayerKind, TokenOperations>();
  return expandLayers(architecture).map((kind) => {
    const known = byKind.get(kind);
    if (known !== undefined) return known;
    const operations = {
      ...matrixOperations(kind, architecture.hiddenSize),
      attention: attentionOperations(kind.mixer, tokensSeen(kind.mixer, depth, windows)),
    };
    byKind.set(kind, operations);
    return operations;
  });
}

function matrixOperations(kind: LayerKind, hiddenSize: number): Pick<TokenOperations, "dense" | "experts"> {
  let dense = 0;
  let experts = 0;
  for (const tensor of layerTensors(kind, hiddenSize)) {
    if (tensor.role === "small") continue;
    if (tensor.isRoutedExpert) experts += 2 * tensor.elementCount * activeFraction(kind.feedForward);
    else dense += 2 * tensor.elementCount;
  }
  return { dense, experts };
}

/**
 * Attention over `seen` tokens: a score and a weighted sum for each head. Latent attention runs in the latent space, as
 * llama.cpp does it (the query is projected into it). A recurrent layer updates and reads its state once a token.
 */
function attentionOperations(mixer: Mixer, seen: number): number {
  switch (mixer.kind) {
    case "attention":
      return 2 * mixer.headCount * (mixer.keyLength + mixer.valueLength) * seen;
    case "latent-attention":
      return 2 * mixer.headCount * (2 * mixer.kvLoraRank + mixer.ropeLength) * seen;
    case "recurrent":
      return STATE_OPERATIONS_PER_ELEMENT * mixer.stateElementCount;
    case "none":
      return 0;
  }
}

/** Decay, outer product, addition, and the product with the query: two operations each at most. */
const STATE_OPERATIONS_PER_ELEMENT = 8;
