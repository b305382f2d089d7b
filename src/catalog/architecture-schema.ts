import { z } from "zod";
import type { Architecture, ExactWeights, FeedForward, LayerKind, LayerRun, Mixer } from "#engine/model.ts";
import { quantizationNames } from "#engine/quantization.ts";
import { count, positiveCount, text } from "./fact-schema.ts";

/*
 * What only some models have may be left out of a file and then means "has none"; it is never a number that
 * matters for the rest. Everything else must be stated.
 */

const attention = z
  .strictObject({
    kind: z.literal("attention"),
    headCount: positiveCount,
    kvHeadCount: positiveCount,
    keyLength: positiveCount,
    valueLength: positiveCount,
    slidingWindow: positiveCount.nullable().default(null),
    projections: z.enum(["separate", "fused", "key-is-value"]).default("separate"),
    cache: z.enum(["own", "none"]).default("own"),
    hasOutputGate: z.boolean().default(false),
    hasCrossAttention: z.boolean().default(false),
  })
  .refine((mixer) => mixer.headCount % mixer.kvHeadCount === 0, {
    path: ["kvHeadCount"],
    message: "expected headCount to be a multiple of kvHeadCount",
  });

const latentAttention = z
  .strictObject({
    kind: z.literal("latent-attention"),
    headCount: positiveCount,
    kvLoraRank: positiveCount,
    queryLoraRank: positiveCount.nullable(),
    ropeLength: positiveCount,
    nopeLength: positiveCount,
    valueLength: positiveCount,
    indexKeyLength: positiveCount.nullable().default(null),
    indexHeadCount: positiveCount.nullable().default(null),
  })
  .refine((mixer) => (mixer.indexKeyLength === null) === (mixer.indexHeadCount === null), {
    path: ["indexHeadCount"],
    message: "expected indexKeyLength and indexHeadCount both, or neither",
  });

/** Input width, output width. */
const matrix = z.tuple([positiveCount, positiveCount]);

const recurrent = z.strictObject({
  kind: z.literal("recurrent"),
  variant: z.enum(["gated-delta-net", "mamba-1", "mamba-2", "short-convolution", "lightning", "kda"]),
  matrices: z.array(matrix).min(1),
  stateElementCount: count,
  convolutionElementCount: count,
});

const none = z.strictObject({ kind: z.literal("none") });

const mixer = z.discriminatedUnion("kind", [
  attention,
  latentAttention,
  recurrent,
  none,
]) satisfies z.ZodType<Mixer>;

const dense = z.strictObject({ kind: z.literal("dense"), size: positiveCount, gated: z.boolean() });

const experts = z
  .strictObject({
    kind: z.literal("experts"),
    expertCount: positiveCount,
    activeExpertCount: positiveCount,
    expertSize: positiveCount,
    sharedSize: count.default(0),
    latentSize: positiveCount.nullable().default(null),
    gated: z.boolean(),
  })
  .refine((feedForward) => feedForward.activeExpertCount <= feedForward.expertCount, {
    path: ["activeExpertCount"],
    message: "expected activeExpertCount to be at most expertCount",
  });

const feedForward = z.discriminatedUnion("kind", [dense, experts, none]) satisfies z.ZodType<FeedForward>;

const layerKind = z.strictObject({
  mixer,
  feedForward,
  smallParameterCount: count,
  otherMatrices: z.array(matrix).default([]),
}) satisfies z.ZodType<LayerKind>;

const layerRun = z.strictObject({
  repeat: positiveCount,
  of: z.array(text).min(1),
}) satisfies z.ZodType<LayerRun>;

const exactWeights = z.strictObject({
  quantization: z.enum(quantizationNames()),
  layers: z.array(z.strictObject({ denseBytes: count, routedExpertBytes: count })).min(1),
  lookupBytes: count,
  outputBytes: count,
}) satisfies z.ZodType<ExactWeights>;

/** One decoder, tensor by tensor, as `catalog/models/*.json` states it. */
export const architectureSchema = z
  .strictObject({
    hiddenSize: positiveCount,
    vocabularySize: positiveCount,
    tiedEmbeddings: z.boolean(),
    learnedPositionCount: count.default(0),
    otherParameterCount: count,
    layerKinds: z.record(text, layerKind),
    layerOrder: z.array(layerRun).min(1),
    perLayerEmbedding: z
      .strictObject({ vocabularySize: positiveCount, length: positiveCount })
      .nullable()
      .default(null),
    encoder: z.strictObject({ layerKind, layerCount: positiveCount }).nullable().default(null),
    exactWeights: exactWeights.nullable().default(null),
  })
  .check((context) => {
    for (const problem of layerNameProblems(context.value)) context.issues.push({ ...problem });
    for (const problem of layerCountProblems(context.value)) context.issues.push({ ...problem });
  }) satisfies z.ZodType<Architecture>;

interface NameProblem {
  readonly code: "custom";
  readonly input: unknown;
  readonly path: PropertyKey[];
  readonly message: string;
}

/** Every name in the order is a kind, and every kind is in the order. */
function layerNameProblems(
  architecture: Pick<Architecture, "layerKinds" | "layerOrder">,
): readonly NameProblem[] {
  const kinds = Object.keys(architecture.layerKinds);
  const used = new Set(architecture.layerOrder.flatMap((run) => run.of));
  const unknown = architecture.layerOrder.flatMap((run, runIndex) =>
    run.of.flatMap((name, index) =>
      kinds.includes(name)
        ? []
        : [nameProblem(["layerOrder", runIndex, "of", index], name, "a name in layerKinds")],
    ),
  );
  const unused = kinds
    .filter((name) => !used.has(name))
    .map((name) => nameProblem(["layerKinds", name], name, "a kind that layerOrder uses"));
  return [...unknown, ...unused];
}

/** A file's sizes are of as many layers as the order has. */
function layerCountProblems(
  architecture: Pick<Architecture, "layerOrder" | "exactWeights">,
): readonly NameProblem[] {
  const stated = architecture.exactWeights?.layers.length;
  const layerCount = architecture.layerOrder.reduce((sum, run) => sum + run.repeat * run.of.length, 0);
  if (stated === undefined || stated === layerCount) return [];
  const message = `expected ${layerCount} layers, as layerOrder has, found ${stated}`;
  return [{ code: "custom", input: stated, path: ["exactWeights", "layers"], message }];
}

function nameProblem(path: PropertyKey[], name: string, expected: string): NameProblem {
  return { code: "custom", input: name, path, message: `expected ${expected}, found "${name}"` };
}
