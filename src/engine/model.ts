import { isKnown, type Fact, type Origin } from "./fact.ts";
import type { LicenceTerms } from "./licence.ts";
import type { QuantizationName, ReleasePrecision } from "./quantization.ts";

/** One published model: what its memory depends on, and what a person must know to choose it. */
export interface Model {
  /** Lower case with hyphens, unique and stable. */
  readonly id: string;
  readonly origin: Origin;
  readonly name: string;
  readonly family: string;
  readonly developer: string;
  /** `owner/name`; null for a model of the person's own whose file names no repository. */
  readonly huggingFaceId: string | null;
  /** What other programs call it; absent where that is not known. */
  readonly otherNames?: OtherNames | undefined;
  /** Year and month, `2024-04`. */
  readonly releaseMonth: Fact<string>;
  readonly licence: Fact<Licence>;
  /** As published; the exact count is computed from the architecture. */
  readonly parameterCount: Fact<number>;
  readonly activeParameterCount: Fact<number>;
  /** Longest context it was trained for, tokens. */
  readonly trainedContextLength: Fact<number>;
  readonly releasePrecision: Fact<ReleasePrecision>;
  readonly architecture: Fact<Architecture>;
  readonly modalities: readonly string[];
  readonly tasks: readonly string[];
  /** What people speak, not what programs are written in; absent where nobody says. */
  readonly languages?: Fact<Languages> | undefined;
  /** Ids of models of the same developer and purpose that it is said to replace; absent where nobody says. */
  readonly supersedes?: Fact<readonly string[]> | undefined;
  /** Packings that others or the makers are known to publish; absent where none is known. */
  readonly published?: readonly PublishedPackings[] | undefined;
  /** What a person should know of these facts: conflicts between sources, parts not counted. */
  readonly notes: readonly string[];
}

/** The natural languages that a model is said to be made for. */
export interface Languages {
  /** Those that are named, ISO 639 or BCP 47: "en", "zh"; empty where only a number is stated. */
  readonly codes: readonly string[];
  /** How many there are, where that is more than are named: "over 100 languages". */
  readonly count?: number | undefined;
}

/** Each program's own name, as its commands take it. */
export interface OtherNames {
  /** `llama3.1:8b` */
  readonly ollama?: Fact<string> | undefined;
  /** `qwen/qwen3-8b` */
  readonly lmStudio?: Fact<string> | undefined;
}

/** The names that other programs are known to have for it. */
export function otherNamesOf({ otherNames }: Pick<Model, "otherNames">): readonly string[] {
  const facts = [otherNames?.ollama, otherNames?.lmStudio];
  return facts.flatMap((fact) => (fact !== undefined && isKnown(fact) ? [fact.value] : []));
}

/** A repository with packings of a model. */
export interface PublishedPackings {
  /** `owner/name` on Hugging Face. */
  readonly repository: string;
  /** Those it is known to hold; empty for a repository of GGUF files of which nobody says which. */
  readonly quantizations: readonly QuantizationName[];
  readonly source: string;
}

export interface Licence {
  readonly name: string;
  readonly commercialUse: "yes" | "no" | "conditional" | "unknown";
  readonly note: string | null;
  /** What it asks for, where somebody read it. */
  readonly terms?: LicenceTerms | undefined;
}

/** The decoder, tensor by tensor: parameter count, weights, KV cache and state all derive from this. */
export interface Architecture {
  readonly hiddenSize: number;
  readonly vocabularySize: number;
  /** The output matrix is the token embedding used again. */
  readonly tiedEmbeddings: boolean;
  /** Learned absolute positions (GPT-2, StarCoder): rows of the table; 0 for rotary, ALiBi and relative ones. */
  readonly learnedPositionCount: number;
  /** Parameters of the output bias and norms outside the layers, and of anything else not in `layerKinds`. */
  readonly otherParameterCount: number;
  /** Named kinds of layer; `layerOrder` says which comes where. */
  readonly layerKinds: Readonly<Record<string, LayerKind>>;
  /** Runs of layers from first to last: `{ repeat: 8, of: ["sliding", …, "full"] }`. */
  readonly layerOrder: readonly LayerRun[];
  /** Tables with a row per token and layer (Gemma 3n, Gemma 4 E2B): looked up, never on the card; null for most. */
  readonly perLayerEmbedding: { readonly vocabularySize: number; readonly length: number } | null;
  /** Encoder of an encoder-decoder model; null for decoder-only ones. */
  readonly encoder: { readonly layerKind: LayerKind; readonly layerCount: number } | null;
  /** What one file of it holds, read from that file; null where sizes are computed from the quantization's rules. */
  readonly exactWeights: ExactWeights | null;
}

/** The tensors of one file by where they can go. Together with its name it stands in for the computed packing. */
export interface ExactWeights {
  readonly quantization: QuantizationName;
  /** First layer to last. */
  readonly layers: readonly { readonly denseBytes: number; readonly routedExpertBytes: number }[];
  /** Token embedding and other tables that are looked up. */
  readonly lookupBytes: number;
  /** Output matrix, where it is one of its own, and norms outside the layers. */
  readonly outputBytes: number;
}

export interface LayerRun {
  readonly repeat: number;
  readonly of: readonly string[];
}

/** One kind of layer: what mixes tokens, what follows, and the small tensors beside them. */
export interface LayerKind {
  readonly mixer: Mixer;
  readonly feedForward: FeedForward;
  /** Norm weights and biases of one layer: never quantised, kept in F32. */
  readonly smallParameterCount: number;
  /** Further matrices of one layer as [input width, output width]: per-layer input gates of Gemma 3n and 4. */
  readonly otherMatrices: readonly (readonly [number, number])[];
}

export type Mixer = AttentionMixer | LatentAttentionMixer | RecurrentMixer | { readonly kind: "none" };

/** Multi-head, grouped-query or multi-query attention, by the count of key/value heads. */
export interface AttentionMixer {
  readonly kind: "attention";
  readonly headCount: number;
  readonly kvHeadCount: number;
  readonly keyLength: number;
  readonly valueLength: number;
  /** Tokens a sliding or chunked layer looks back; null for full attention. */
  readonly slidingWindow: number | null;
  /** `separate`: q, k and v matrices; `fused`: one matrix for the three; `key-is-value`: v is made from k. */
  readonly projections: "separate" | "fused" | "key-is-value";
  /** `none` where the layer reads another layer's cache (Gemma 3n, Gemma 4 E2B). */
  readonly cache: "own" | "none";
  /** Matrices that only some have: an output gate of the query's width (Qwen3-Next). */
  readonly hasOutputGate: boolean;
  /** Cross attention of an encoder-decoder's decoder layer; it doubles the four matrices. */
  readonly hasCrossAttention: boolean;
}

/** Multi-head latent attention (DeepSeek V2 and later, Kimi): the cache holds one latent and one rotary key a token. */
export interface LatentAttentionMixer {
  readonly kind: "latent-attention";
  readonly headCount: number;
  readonly kvLoraRank: number;
  /** Null where queries are projected directly (DeepSeek-V2-Lite). */
  readonly queryLoraRank: number | null;
  readonly ropeLength: number;
  readonly nopeLength: number;
  readonly valueLength: number;
  /** Key length of a sparse-attention indexer (DeepSeek-V3.2), cached too; null without one. */
  readonly indexKeyLength: number | null;
  readonly indexHeadCount: number | null;
}

/** Linear attention, state-space or convolution layer: a state per sequence, no cache per token. */
export interface RecurrentMixer {
  readonly kind: "recurrent";
  readonly variant: "gated-delta-net" | "mamba-1" | "mamba-2" | "short-convolution" | "lightning" | "kda";
  /** Matrices as [input width, output width] each; they are quantised. */
  readonly matrices: readonly (readonly [number, number])[];
  /** Elements of the state kept for one sequence: the recurrent matrix, and the tail of the convolution. */
  readonly stateElementCount: number;
  readonly convolutionElementCount: number;
}

export type FeedForward = DenseFeedForward | ExpertFeedForward | { readonly kind: "none" };

export interface DenseFeedForward {
  readonly kind: "dense";
  readonly size: number;
  /** Three matrices (gate, up, down), else two. */
  readonly gated: boolean;
}

/** Mixture of experts: all are stored, `activeExpertCount` run for a token. */
export interface ExpertFeedForward {
  readonly kind: "experts";
  readonly expertCount: number;
  readonly activeExpertCount: number;
  readonly expertSize: number;
  /** Width of the experts every token runs through, together; 0 without. */
  readonly sharedSize: number;
  /** Width the routed experts work in, projected down to and back from (Nemotron 3 Super); null for the hidden size. */
  readonly latentSize: number | null;
  readonly gated: boolean;
}
