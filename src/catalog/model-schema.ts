import { z } from "zod";
import type { Languages, Licence, Model, OtherNames, PublishedPackings } from "#engine/model.ts";
import { quantizationNames, RELEASE_PRECISIONS } from "#engine/quantization.ts";
import { architectureSchema } from "./architecture-schema.ts";
import { editorSchema, entries, fact, id, positiveCount, text } from "./fact-schema.ts";

const licence = z.strictObject({
  name: text,
  commercialUse: z.enum(["yes", "no", "conditional", "unknown"]),
  note: text.nullable().default(null),
}) satisfies z.ZodType<Licence>;

const releaseMonth = z
  .string()
  .regex(/^\d{4}-(?:0[1-9]|1[0-2])$/, "expected a year and month such as 2024-04");

const huggingFaceId = z.string().regex(/^[\w.-]+\/[\w.-]+$/, "expected owner/name as on Hugging Face");

const otherNames = z.strictObject({
  ollama: fact(
    z.string().regex(/^[\w./-]+:[\w.-]+$/, "expected name:tag as Ollama has it, such as llama3.1:8b"),
  ).optional(),
  lmStudio: fact(
    z.string().regex(/^[\w.@/-]+$/, "expected a key as LM Studio has it, such as qwen/qwen3-8b"),
  ).optional(),
}) satisfies z.ZodType<OtherNames>;

const publishedPackings = z.strictObject({
  repository: huggingFaceId,
  quantizations: z.array(z.enum(quantizationNames())),
  source: text,
}) satisfies z.ZodType<PublishedPackings>;

/** ISO 639, with a script or region where it matters: "en", "zh-hant". */
const languageCode = z
  .string()
  .regex(/^[a-z]{2,3}(?:-[a-z0-9]{2,8})*$/, "expected a language's code in lower case, such as en");

/** Named languages, a number of them, or both; the number is told only where it is more than are named. */
const languages = z
  .strictObject({ codes: z.array(languageCode), count: positiveCount.optional() })
  .refine(({ codes }) => isSortedOnce(codes), {
    path: ["codes"],
    message: "expected each code once, sorted",
  })
  .refine(({ codes, count = codes.length + 1 }) => count > codes.length, {
    path: ["count"],
    message: "expected more than there are codes; else leave it out",
  })
  .refine(({ codes, count }) => codes.length > 0 || count !== undefined, {
    path: ["codes"],
    message: "expected codes, a count, or both",
  }) satisfies z.ZodType<Languages>;

/** What every model of one file shares. */
export const modelFileSchema = z.strictObject({
  $schema: editorSchema,
  family: text,
  developer: text,
  models: entries,
});

/** One model as its family's file states it. */
export const modelEntrySchema = z
  .strictObject({
    id,
    name: text,
    huggingFaceId: huggingFaceId.nullable(),
    otherNames: otherNames.optional(),
    releaseMonth: fact(releaseMonth),
    licence: fact(licence),
    parameterCount: fact(positiveCount),
    activeParameterCount: fact(positiveCount),
    trainedContextLength: fact(positiveCount),
    releasePrecision: fact(z.enum(RELEASE_PRECISIONS)),
    architecture: fact(architectureSchema),
    modalities: z.array(text).min(1),
    tasks: z.array(text).min(1),
    languages: fact(languages).optional(),
    supersedes: fact(z.array(id).min(1)).optional(),
    published: z.array(publishedPackings).min(1).optional(),
    notes: z.array(text).default([]),
  })
  .refine((entry) => !hasMoreActiveThanAll(entry), {
    path: ["activeParameterCount", "value"],
    message: "expected at most parameterCount",
  })
  .refine((entry) => !supersedesItself(entry), {
    path: ["supersedes", "value"],
    message: "expected ids of other models",
  }) satisfies z.ZodType<Omit<Model, "family" | "developer" | "origin">>;

function hasMoreActiveThanAll(entry: Pick<Model, "parameterCount" | "activeParameterCount">): boolean {
  const { parameterCount, activeParameterCount } = entry;
  return (
    "value" in parameterCount &&
    "value" in activeParameterCount &&
    activeParameterCount.value > parameterCount.value
  );
}

function supersedesItself({ id: own, supersedes }: Pick<Model, "id" | "supersedes">): boolean {
  return supersedes !== undefined && "value" in supersedes && supersedes.value.includes(own);
}

function isSortedOnce(codes: readonly string[]): boolean {
  return codes.every((code, index) => index === 0 || (codes[index - 1] ?? "") < code);
}
