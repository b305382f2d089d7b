import { isKnown } from "./fact.ts";
import { parameterCount } from "./memory/tensors.ts";
import type { Architecture, FeedForward, Licence, Model } from "./model.ts";
import type { ReleasePrecision } from "./quantization.ts";

/** The source of what a person typed. */
export const BY_HAND = "entered by hand";

/** The source of what was computed from it. */
export const BY_HAND_ADDED_UP = "entered by hand, added up";

/** Stands where a person named no developer. */
export const NO_DEVELOPER = "developer not stated";

/** A model as a person can describe it from a model card: every layer alike, full attention. */
export interface ModelByHand extends ShapeByHand {
  readonly name: string;
  /** Null for what a person left out, here and below. */
  readonly developer: string | null;
  readonly publishedParameterCount: number | null;
  readonly trainedContextLength: number | null;
  readonly releasePrecision: ReleasePrecision | null;
  readonly licence: Pick<Licence, "name" | "commercialUse"> | null;
}

/** What memory and speed depend on. */
export interface ShapeByHand {
  readonly layerCount: number;
  readonly hiddenSize: number;
  readonly vocabularySize: number;
  readonly headCount: number;
  readonly kvHeadCount: number;
  readonly headLength: number;
  /** Width of the feed-forward part, or of one expert. */
  readonly feedForwardSize: number;
  /** Three matrices (gate, up, down), else two. */
  readonly isGated: boolean;
  readonly tiedEmbeddings: boolean;
  /** Null for a dense model. */
  readonly experts: ExpertsByHand | null;
}

export interface ExpertsByHand {
  readonly expertCount: number;
  readonly activeExpertCount: number;
  /** Width of the experts that every token runs through, together; 0 without. */
  readonly sharedSize: number;
}

/** The layers of a description. Norms are two vectors a layer and one at the end, as nearly all models have them. */
export function architectureByHand(shape: ShapeByHand): Architecture {
  const { hiddenSize, headCount, kvHeadCount, headLength } = shape;
  const name = shape.experts === null ? "full-dense" : "full-experts";
  const layerKind = {
    mixer: {
      kind: "attention",
      headCount,
      kvHeadCount,
      keyLength: headLength,
      valueLength: headLength,
      slidingWindow: null,
      projections: "separate",
      cache: "own",
      hasOutputGate: false,
      hasCrossAttention: false,
    },
    feedForward: feedForwardByHand(shape),
    smallParameterCount: 2 * hiddenSize,
    otherMatrices: [],
  } as const;
  return {
    hiddenSize,
    vocabularySize: shape.vocabularySize,
    tiedEmbeddings: shape.tiedEmbeddings,
    learnedPositionCount: 0,
    otherParameterCount: hiddenSize,
    layerKinds: { [name]: layerKind },
    layerOrder: [{ repeat: shape.layerCount, of: [name] }],
    perLayerEmbedding: null,
    encoder: null,
    exactWeights: null,
  };
}

function feedForwardByHand({ experts, feedForwardSize, isGated }: ShapeByHand): FeedForward {
  return experts === null
    ? { kind: "dense", size: feedForwardSize, gated: isGated }
    : { kind: "experts", ...experts, expertSize: feedForwardSize, latentSize: null, gated: isGated };
}

/** What was typed for a model, so that it can be corrected; null for one that was not entered by hand. */
export function enteredByHand(model: Model): ModelByHand | null {
  const { architecture, parameterCount: published, trainedContextLength, releasePrecision } = model;
  if (model.origin === "shipped" || !isKnown(architecture) || architecture.source !== BY_HAND) return null;
  const shape = shapeOf(architecture.value);
  if (shape === null) return null;
  const licence = isKnown(model.licence) ? model.licence.value : null;
  return {
    ...shape,
    name: model.name,
    developer: model.developer === NO_DEVELOPER ? null : model.developer,
    publishedParameterCount: isKnown(published) && published.source === BY_HAND ? published.value : null,
    trainedContextLength: isKnown(trainedContextLength) ? trainedContextLength.value : null,
    releasePrecision: isKnown(releasePrecision) ? releasePrecision.value : null,
    licence: licence === null ? null : { name: licence.name, commercialUse: licence.commercialUse },
  };
}

/** Null where the file was changed to something that cannot be typed here. */
function shapeOf(architecture: Architecture): ShapeByHand | null {
  const [kind, ...others] = Object.values(architecture.layerKinds);
  const [run, ...moreRuns] = architecture.layerOrder;
  if (kind === undefined || run === undefined || others.length + moreRuns.length > 0) return null;
  const { mixer, feedForward } = kind;
  if (mixer.kind !== "attention" || feedForward.kind === "none") return null;
  const isDense = feedForward.kind === "dense";
  const shape: ShapeByHand = {
    layerCount: run.repeat * run.of.length,
    hiddenSize: architecture.hiddenSize,
    vocabularySize: architecture.vocabularySize,
    headCount: mixer.headCount,
    kvHeadCount: mixer.kvHeadCount,
    headLength: mixer.keyLength,
    feedForwardSize: isDense ? feedForward.size : feedForward.expertSize,
    isGated: feedForward.gated,
    tiedEmbeddings: architecture.tiedEmbeddings,
    experts: isDense
      ? null
      : {
          expertCount: feedForward.expertCount,
          activeExpertCount: feedForward.activeExpertCount,
          sharedSize: feedForward.sharedSize,
        },
  };
  const isWhole = parameterCount(architectureByHand(shape)) === parameterCount(architecture);
  return isWhole && mixer.slidingWindow === null ? shape : null;
}
