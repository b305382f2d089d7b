import { z } from "zod";
import type { CatalogProblem } from "#engine/catalog.ts";
import { KV_CACHE_TYPES } from "#engine/kv-cache-type.ts";
import { ANSWER_MODES, MODEL_SIZE_CLASSES, QUALITY_TASKS } from "#engine/quality.ts";
import type {
  KvCacheLoss,
  Quality,
  QualityBenchmark,
  QualityData,
  QualityEstimate,
  QualityLoss,
  QuantizationLoss,
  TaskLossFactor,
  TaskQuality,
} from "#engine/quality.ts";
import { quantizationNames } from "#engine/quantization.ts";
import { id, text } from "./fact-schema.ts";
import { toProblems } from "./problems.ts";

const NOTHING: Quality = {
  tasks: [],
  benchmarks: [],
  quantizationLosses: [],
  kvCacheLosses: [],
  taskLossFactors: [],
};

/** Checks one parsed file of `catalog/quality/` or `catalog/quality/index/`; its `kind` says which of three it is. */
export function checkQualityFile(file: string, json: unknown): QualityData {
  const envelope = qualityFileSchema.safeParse(json);
  if (!envelope.success) return { quality: NOTHING, problems: toProblems(file, [], envelope.error.issues) };
  switch (envelope.data.kind) {
    case "task-index":
      return checkTaskIndex(file, envelope.data);
    case "quantization-loss": {
      const losses = checkList(file, "losses", envelope.data.losses, quantizationLoss);
      const factors = checkList(file, "taskFactors", envelope.data.taskFactors, taskLossFactor);
      return {
        quality: { ...NOTHING, quantizationLosses: losses.entries, taskLossFactors: factors.entries },
        problems: [...losses.problems, ...factors.problems],
      };
    }
    case "kv-cache-loss": {
      const losses = checkList(file, "losses", envelope.data.losses, kvCacheLoss);
      return { quality: { ...NOTHING, kvCacheLosses: losses.entries }, problems: losses.problems };
    }
  }
}

/** Everything that the files say together. */
export function joinQuality(files: readonly QualityData[]): QualityData {
  return {
    quality: {
      tasks: files.flatMap(({ quality }) => quality.tasks),
      benchmarks: files.flatMap(({ quality }) => quality.benchmarks),
      quantizationLosses: files.flatMap(({ quality }) => quality.quantizationLosses),
      kvCacheLosses: files.flatMap(({ quality }) => quality.kvCacheLosses),
      taskLossFactors: files.flatMap(({ quality }) => quality.taskLossFactors),
    },
    problems: files.flatMap(({ problems }) => problems),
  };
}

/** Where a file's losses were published; kept in the file for whoever checks them. */
const source = z.strictObject({ source: text, licence: text, date: text, rowCount: z.int().positive() });

const qualityFileSchema = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("task-index"),
    task: z.enum(QUALITY_TASKS),
    benchmarks: z.array(z.unknown()),
    models: z.array(z.unknown()),
  }),
  z.strictObject({
    kind: z.literal("quantization-loss"),
    sources: z.array(source).min(1),
    losses: z.array(z.unknown()),
    taskFactors: z.array(z.unknown()),
  }),
  z.strictObject({
    kind: z.literal("kv-cache-loss"),
    sources: z.array(source).min(1),
    losses: z.array(z.unknown()),
  }),
]);

const date = z
  .string()
  .regex(
    /^\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?$/,
    "expected a year, with month and day where known, such as 2025-08-31",
  );

const benchmark = z.strictObject({
  id,
  name: text,
  protocol: z.string(),
  unit: text,
  language: text.nullable(),
  operator: text,
  source: text,
  firstDate: date.nullable(),
  lastDate: date.nullable(),
  licence: text,
  kind: z.enum(["independent", "vendor-or-paper"]),
}) satisfies z.ZodType<QualityBenchmark>;

const inOrder = ({ index, low, high }: QualityEstimate) => low <= index && index <= high;
const OUT_OF_ORDER = { message: "expected low, index and high in this order", path: ["index"] };

const estimate = z
  .strictObject({ index: z.number(), low: z.number(), high: z.number() })
  .refine(inOrder, OUT_OF_ORDER);

const modelEntry = z
  .strictObject({
    modelId: id,
    mode: z.enum(ANSWER_MODES),
    index: z.number(),
    low: z.number(),
    high: z.number(),
    evidence: z.enum(["measured", "thin"]),
    languages: z
      .record(z.string().regex(/^[a-z]+$/, "expected a language in lower case"), estimate)
      .default({}),
    scores: z
      .record(z.string(), z.number())
      .refine((scores) => Object.keys(scores).length > 0, "expected at least one score: no score, no claim"),
  })
  .refine(inOrder, OUT_OF_ORDER) satisfies z.ZodType<Omit<TaskQuality, "task">>;

const loss = {
  points: z.number().nonnegative(),
  low: z.number().nonnegative(),
  high: z.number().nonnegative(),
  basis: z.enum(["measured", "interpolated"]),
  modelCount: z.int().nonnegative(),
};

const pointsInOrder = ({ points, low, high }: Pick<QualityLoss, "points" | "low" | "high">) =>
  low <= points && points <= high;
const POINTS_OUT_OF_ORDER = { message: "expected low, points and high in this order", path: ["points"] };

const quantizationLoss = z
  .strictObject({
    quantization: z.enum(quantizationNames()),
    sizeClass: z.enum(MODEL_SIZE_CLASSES.map(({ name }) => name)),
    ...loss,
  })
  .refine(pointsInOrder, POINTS_OUT_OF_ORDER) satisfies z.ZodType<QuantizationLoss>;

const kvCacheLoss = z
  .strictObject({ kvCacheType: z.enum(KV_CACHE_TYPES), ...loss })
  .refine(pointsInOrder, POINTS_OUT_OF_ORDER) satisfies z.ZodType<KvCacheLoss>;

const taskLossFactor = z
  .strictObject({
    task: z.enum(["mathematics-reasoning", "code", "chat"]),
    factor: z.number().positive(),
    low: z.number().positive(),
    high: z.number().positive(),
  })
  .refine(({ factor, low, high }) => low <= factor && factor <= high, {
    message: "expected low, factor and high in this order",
    path: ["factor"],
  }) satisfies z.ZodType<TaskLossFactor>;

interface TaskIndex {
  readonly task: TaskQuality["task"];
  readonly benchmarks: readonly unknown[];
  readonly models: readonly unknown[];
}

function checkTaskIndex(file: string, { task, benchmarks, models }: TaskIndex): QualityData {
  const known = checkList(file, "benchmarks", benchmarks, benchmark);
  const ids = new Set(known.entries.map((entry) => entry.id));
  const onKnown = modelEntry.superRefine(({ scores }, context) => {
    for (const name of Object.keys(scores).filter((score) => !ids.has(score)))
      context.addIssue({
        code: "custom",
        path: ["scores", name],
        message: "expected the id of one of this file's benchmarks",
      });
  });
  const { entries, problems } = checkList(file, "models", models, onKnown);
  const { once, repeated } = withoutRepeats(file, entries);
  return {
    quality: { ...NOTHING, benchmarks: known.entries, tasks: once.map((entry) => ({ ...entry, task })) },
    problems: [...known.problems, ...problems, ...repeated],
  };
}

type ModelEntry = z.infer<typeof modelEntry>;

/** The first entry of a model in one mode stays; each later one is a problem. */
function withoutRepeats(file: string, entries: readonly ModelEntry[]) {
  const taken = new Set<string>();
  const repeated: CatalogProblem[] = [];
  const once = entries.filter(({ modelId, mode }) => {
    const isFirst = !taken.has(`${modelId} ${mode}`);
    taken.add(`${modelId} ${mode}`);
    if (!isFirst)
      repeated.push({ file, path: "models", message: `expected "${modelId}" with mode "${mode}" once` });
    return isFirst;
  });
  return { once, repeated };
}

interface CheckedList<Entry> {
  readonly entries: readonly Entry[];
  readonly problems: readonly CatalogProblem[];
}

/** Each entry on its own, so that a broken one costs no other. */
function checkList<Entry>(
  file: string,
  key: string,
  inputs: readonly unknown[],
  schema: z.ZodType<Entry>,
): CheckedList<Entry> {
  const entries: Entry[] = [];
  const problems: CatalogProblem[] = [];
  for (const [index, input] of inputs.entries()) {
    const result = schema.safeParse(input);
    if (result.success) entries.push(result.data);
    else problems.push(...toProblems(file, [key, index], result.error.issues));
  }
  return { entries, problems };
}
