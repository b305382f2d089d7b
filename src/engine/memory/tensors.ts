import type {
  Architecture,
  AttentionMixer,
  ExpertFeedForward,
  FeedForward,
  LatentAttentionMixer,
  LayerKind,
  Mixer,
} from "#engine/model.ts";

/** What a tensor does; a mixture of tensor types decides by it. `small`: norms and biases. */
export type TensorRole =
  | "token-embedding"
  | "position-embedding"
  | "output"
  | "attention-q"
  | "attention-k"
  | "attention-v"
  | "attention-qkv"
  | "attention-output"
  | "ffn-gate"
  | "ffn-up"
  | "ffn-down"
  | "router"
  | "small"
  | "other";

/** A tensor, or several alike; `rowLength` is the input width, along which blocks of a quantised type run. */
export interface Tensor {
  readonly role: TensorRole;
  readonly rowLength: number;
  readonly elementCount: number;
  /** One of a mixture's routed experts: the part that can stay in RAM alone. */
  readonly isRoutedExpert: boolean;
}

const layersByArchitecture = new WeakMap<Architecture, readonly LayerKind[]>();

/** Every layer in order, first to last. */
export function expandLayers(architecture: Architecture): readonly LayerKind[] {
  const known = layersByArchitecture.get(architecture) ?? layersInOrder(architecture);
  layersByArchitecture.set(architecture, known);
  return known;
}

function layersInOrder(architecture: Architecture): readonly LayerKind[] {
  return architecture.layerOrder.flatMap((run) =>
    Array.from({ length: run.repeat }, () => run.of.map((name) => layerKindNamed(architecture, name))).flat(),
  );
}

const lastTensors = new WeakMap<
  LayerKind,
  { readonly hiddenSize: number; readonly tensors: readonly Tensor[] }
>();

/** All tensors of one layer; made once, since each packing of a model asks for them. */
export function layerTensors(kind: LayerKind, hiddenSize: number): readonly Tensor[] {
  const last = lastTensors.get(kind);
  if (last?.hiddenSize === hiddenSize) return last.tensors;
  const tensors = makeLayerTensors(kind, hiddenSize);
  lastTensors.set(kind, { hiddenSize, tensors });
  return tensors;
}

function makeLayerTensors(kind: LayerKind, hiddenSize: number): readonly Tensor[] {
  return [
    ...mixerTensors(kind.mixer, hiddenSize),
    ...feedForwardTensors(kind.feedForward, hiddenSize),
    ...otherTensors(kind.otherMatrices),
    matrix("small", kind.smallParameterCount, 1),
  ];
}

/** The table that is looked up by token, and the per-layer tables some models add; they are never multiplied. */
export function lookupTensors(architecture: Architecture): readonly Tensor[] {
  const { hiddenSize, perLayerEmbedding } = architecture;
  return [
    matrix("token-embedding", hiddenSize, architecture.vocabularySize),
    ...(perLayerEmbedding === null
      ? []
      : [matrix("token-embedding", perLayerEmbedding.length, perLayerEmbedding.vocabularySize)]),
    matrix("position-embedding", hiddenSize, architecture.learnedPositionCount),
  ];
}

/** The output matrix where it is one of its own, and what else is outside the layers. */
export function outputTensors(architecture: Architecture): readonly Tensor[] {
  return [
    ...(architecture.tiedEmbeddings
      ? []
      : [matrix("output", architecture.hiddenSize, architecture.vocabularySize)]),
    matrix("small", architecture.otherParameterCount, 1),
  ];
}

/** The tensors of an encoder's layers; none where there is no encoder. */
export function encoderTensors(architecture: Architecture): readonly Tensor[] {
  const { encoder, hiddenSize } = architecture;
  if (encoder === null) return [];
  return Array.from({ length: encoder.layerCount }, () => layerTensors(encoder.layerKind, hiddenSize)).flat();
}

/** Parameters of the whole model: the sum of its tensors' elements. */
export function parameterCount(architecture: Architecture): number {
  const layers = expandLayers(architecture).flatMap((kind) => layerTensors(kind, architecture.hiddenSize));
  const rest = [
    ...lookupTensors(architecture),
    ...outputTensors(architecture),
    ...encoderTensors(architecture),
  ];
  return [...layers, ...rest].reduce((sum, tensor) => sum + tensor.elementCount, 0);
}

function layerKindNamed(architecture: Architecture, name: string): LayerKind {
  const kind = architecture.layerKinds[name];
  if (kind === undefined)
    throw new Error(`layerOrder names the kind "${name}", which layerKinds does not have`);
  return kind;
}

function matrix(role: TensorRole, rowLength: number, rowCount: number): Tensor {
  return { role, rowLength, elementCount: rowLength * rowCount, isRoutedExpert: false };
}

function mixerTensors(mixer: Mixer, hiddenSize: number): readonly Tensor[] {
  switch (mixer.kind) {
    case "attention":
      return attentionTensors(mixer, hiddenSize);
    case "latent-attention":
      return latentAttentionTensors(mixer, hiddenSize);
    case "recurrent":
      return otherTensors(mixer.matrices);
    case "none":
      return [];
  }
}

function attentionTensors(mixer: AttentionMixer, hiddenSize: number): readonly Tensor[] {
  const queryWidth = mixer.headCount * mixer.keyLength;
  const outputWidth = mixer.headCount * mixer.valueLength;
  const keyWidth = mixer.kvHeadCount * mixer.keyLength;
  const valueWidth = mixer.projections === "key-is-value" ? 0 : mixer.kvHeadCount * mixer.valueLength;
  const projections =
    mixer.projections === "fused"
      ? [matrix("attention-qkv", hiddenSize, queryWidth + keyWidth + valueWidth)]
      : [
          matrix("attention-q", hiddenSize, queryWidth),
          ...(mixer.cache === "own"
            ? [matrix("attention-k", hiddenSize, keyWidth), matrix("attention-v", hiddenSize, valueWidth)]
            : []),
        ];
  const whole = [...projections, matrix("attention-output", outputWidth, hiddenSize)];
  return [
    ...whole,
    ...(mixer.hasCrossAttention ? whole : []),
    ...(mixer.hasOutputGate ? [matrix("attention-q", hiddenSize, outputWidth)] : []),
  ];
}

/** `kv_b` is stored as its two halves, as llama.cpp's converter writes it since MLA caches are absorbed. */
function latentAttentionTensors(mixer: LatentAttentionMixer, hiddenSize: number): readonly Tensor[] {
  const { headCount, kvLoraRank, queryLoraRank, nopeLength, ropeLength, valueLength } = mixer;
  const queryWidth = headCount * (nopeLength + ropeLength);
  const query =
    queryLoraRank === null
      ? [matrix("attention-q", hiddenSize, queryWidth)]
      : [matrix("other", hiddenSize, queryLoraRank), matrix("other", queryLoraRank, queryWidth)];
  return [
    ...query,
    matrix("other", hiddenSize, kvLoraRank + ropeLength),
    matrix("other", nopeLength, kvLoraRank * headCount),
    matrix("other", kvLoraRank, valueLength * headCount),
    matrix("attention-output", headCount * valueLength, hiddenSize),
    ...indexerTensors(mixer, hiddenSize),
  ];
}

/** The lightning indexer of DeepSeek-V3.2 (technical report, section 2.1): queries, one shared key, head weights. */
function indexerTensors(mixer: LatentAttentionMixer, hiddenSize: number): readonly Tensor[] {
  const { indexHeadCount, indexKeyLength, queryLoraRank } = mixer;
  if (indexHeadCount === null || indexKeyLength === null) return [];
  return [
    matrix("other", queryLoraRank ?? hiddenSize, indexHeadCount * indexKeyLength),
    matrix("other", hiddenSize, indexKeyLength),
    matrix("other", hiddenSize, indexHeadCount),
  ];
}

function otherTensors(matrices: LayerKind["otherMatrices"]): readonly Tensor[] {
  return matrices.map(([inputWidth, outputWidth]) => matrix("other", inputWidth, outputWidth));
}

function feedForwardTensors(feedForward: FeedForward, hiddenSize: number): readonly Tensor[] {
  switch (feedForward.kind) {
    case "none":
      return [];
    case "dense":
      return gatedTensors(feedForward.size, hiddenSize, feedForward.gated);
    case "experts":
      return expertTensors(feedForward, hiddenSize);
  }
}

/** Routed experts may work in a latent space that all tokens are projected into and back from. */
function expertTensors(feedForward: ExpertFeedForward, hiddenSize: number): readonly Tensor[] {
  const { expertCount, expertSize, sharedSize, latentSize, gated } = feedForward;
  const routed = gatedTensors(expertSize, latentSize ?? hiddenSize, gated).map((tensor) => ({
    ...tensor,
    elementCount: tensor.elementCount * expertCount,
    isRoutedExpert: true,
  }));
  const latent =
    latentSize === null
      ? []
      : [matrix("other", hiddenSize, latentSize), matrix("other", latentSize, hiddenSize)];
  const shared = sharedSize === 0 ? [] : gatedTensors(sharedSize, hiddenSize, gated);
  return [matrix("router", hiddenSize, expertCount), ...latent, ...routed, ...shared];
}

function gatedTensors(size: number, hiddenSize: number, gated: boolean): readonly Tensor[] {
  return [
    ...(gated ? [matrix("ffn-gate", hiddenSize, size)] : []),
    matrix("ffn-up", hiddenSize, size),
    matrix("ffn-down", size, hiddenSize),
  ];
}
