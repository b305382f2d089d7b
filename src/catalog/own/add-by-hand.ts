import { access } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import type { Catalog } from "#engine/catalog.ts";
import { parameterCount } from "#engine/memory/tensors.ts";
import type { Model } from "#engine/model.ts";
import {
  architectureByHand,
  BY_HAND,
  BY_HAND_ADDED_UP,
  type ModelByHand,
  NO_DEVELOPER,
} from "#engine/model-by-hand.ts";
import { RELEASE_PRECISIONS } from "#engine/quantization.ts";
import { count, positiveCount, text } from "#catalog/fact-schema.ts";
import { activeParametersOf, idOf } from "#catalog/gguf/model.ts";
import { type Added, keepModel } from "./add-model.ts";

/** Far above any model, and low enough that no product of them is beyond what a number can hold. */
const LAYERS_MAX = 1024;
const SIZE_MAX = 10_000_000;

const width = positiveCount.max(SIZE_MAX);
const name = text.max(200);

const byHandSchema = z.strictObject({
  name,
  developer: name.nullable(),
  publishedParameterCount: positiveCount.nullable(),
  trainedContextLength: positiveCount.nullable(),
  releasePrecision: z.enum(RELEASE_PRECISIONS).nullable(),
  licence: z
    .strictObject({ name, commercialUse: z.enum(["yes", "no", "conditional", "unknown"]) })
    .nullable(),
  layerCount: positiveCount.max(LAYERS_MAX),
  hiddenSize: width,
  vocabularySize: width,
  headCount: width,
  kvHeadCount: width,
  headLength: width,
  feedForwardSize: width,
  isGated: z.boolean(),
  tiedEmbeddings: z.boolean(),
  experts: z
    .strictObject({
      expertCount: positiveCount.max(100_000),
      activeExpertCount: positiveCount,
      sharedSize: count.max(SIZE_MAX),
    })
    .nullable(),
}) satisfies z.ZodType<ModelByHand>;

/** A description as the page or a file sends it; null where it is none. */
export function readModelByHand(json: unknown): ModelByHand | null {
  const checked = byHandSchema.safeParse(json);
  return checked.success ? checked.data : null;
}

export type AddedByHand = Added | { readonly kind: "name-taken" };

/**
 * Writes a described model into the person's own catalog. `replacedId` is the own model that it corrects; null for a
 * new one, which never takes the place of another.
 */
export async function addByHand(
  described: ModelByHand,
  replacedId: string | null,
  catalog: Catalog,
  ownFolder: string,
): Promise<AddedByHand> {
  if (replacedId !== null) {
    if (!(await isOwnFile(ownFolder, replacedId)))
      return { kind: "failed", message: `Your own catalog has no file of "${replacedId}" to correct.` };
    return await keepModel(modelByHand(described, replacedId), ownFolder);
  }
  const taken = new Set(catalog.models.map(({ id }) => id));
  const wanted = idOf(described.name);
  const isNew = !catalog.models.some(({ name, origin }) => origin !== "shipped" && name === described.name);
  const id = taken.has(wanted) ? `${wanted}-by-hand` : wanted;
  if (!isNew || taken.has(id)) return { kind: "name-taken" };
  return await keepModel(modelByHand(described, id), ownFolder);
}

/** Ids are file names here; one that is more than that is no own model's. */
async function isOwnFile(ownFolder: string, id: string): Promise<boolean> {
  if (path.basename(id) !== id) return false;
  try {
    await access(path.join(ownFolder, "models", `${id}.json`));
    return true;
  } catch {
    return false; // in a file of another name, or not there
  }
}

/** The catalog's entry for what a person typed. */
function modelByHand(described: ModelByHand, id: string): Model {
  const architecture = architectureByHand(described);
  const { publishedParameterCount, trainedContextLength, releasePrecision, licence } = described;
  const notStated = { missing: "not stated when the model was entered by hand" };
  return {
    id,
    origin: "own",
    name: described.name,
    family: described.name,
    developer: described.developer ?? NO_DEVELOPER,
    huggingFaceId: null,
    releaseMonth: notStated,
    licence: licence === null ? notStated : { value: { ...licence, note: null }, source: BY_HAND },
    parameterCount:
      publishedParameterCount === null
        ? { value: parameterCount(architecture), source: BY_HAND_ADDED_UP }
        : { value: publishedParameterCount, source: BY_HAND },
    activeParameterCount: activeParametersOf(architecture, BY_HAND),
    trainedContextLength: known(trainedContextLength) ?? notStated,
    releasePrecision: known(releasePrecision) ?? notStated,
    architecture: { value: architecture, source: BY_HAND },
    modalities: ["text"],
    tasks: ["not stated"],
    notes: ["Entered by hand: all layers alike, with full attention."],
  };
}

function known<Value>(value: Value | null): { readonly value: Value; readonly source: string } | null {
  return value === null ? null : { value, source: BY_HAND };
}
