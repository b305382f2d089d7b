import path from "node:path";
import type { Catalog } from "#engine/catalog.ts";
import type { Model } from "#engine/model.ts";
import { GgufError } from "#catalog/gguf/header.ts";
import { modelOfGguf } from "#catalog/gguf/model.ts";
import { readGgufModel } from "#catalog/gguf/read-parts.ts";
import { writeFailureText } from "#catalog/file-failure.ts";
import { saveOwnModel, type SavedModel } from "./save-model.ts";

export type Added =
  | ({ readonly kind: "ok"; readonly model: Model } & SavedModel)
  | { readonly kind: "failed"; readonly message: string };

/** Reads a GGUF file, or all parts of a split one, and writes its model into the person's own catalog. */
export async function addGgufFiles(
  files: readonly string[],
  catalog: Catalog,
  ownFolder: string,
): Promise<Added> {
  try {
    return await addModel(modelOfGguf(await readGgufModel(files)), catalog, ownFolder);
  } catch (error) {
    if (error instanceof GgufError) return { kind: "failed", message: error.message };
    throw error;
  }
}

/** Writes a model into the person's own catalog, whatever it was made from. */
export async function addModel(model: Model, catalog: Catalog, ownFolder: string): Promise<Added> {
  return await keepModel(withOwnId(model, catalog), ownFolder);
}

/** Writes a model under its own id, over the one that has it. */
export async function keepModel(model: Model, ownFolder: string): Promise<Added> {
  try {
    return { kind: "ok", model, ...(await saveOwnModel(ownFolder, model)) };
  } catch (error) {
    const reason = writeFailureText(error, path.join(ownFolder, "models", model.id));
    return { kind: "failed", message: `The model cannot be written into ${ownFolder}: ${reason}.` };
  }
}

/** A file that happens to be named like a shipped model is another entry: it does not take the shipped one's place. */
function withOwnId(model: Model, { models }: Catalog): Model {
  const isTaken = models.some(({ id, origin }) => id === model.id && origin !== "own");
  return isTaken ? { ...model, id: `${model.id}-file` } : model;
}
