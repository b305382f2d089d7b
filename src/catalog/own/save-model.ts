import { access, mkdir } from "node:fs/promises";
import path from "node:path";
import type { Model } from "#engine/model.ts";
import { checkModelFile } from "#catalog/schema.ts";
import { writeWholeFile } from "#catalog/write-file.ts";

/** Where an own model was written, and whether an earlier one of that id was there. */
export interface SavedModel {
  readonly file: string;
  readonly hasReplaced: boolean;
}

/** Writes a model into the person's own folder, as a file of its own in the catalog's form. */
export async function saveOwnModel(ownFolder: string, model: Model): Promise<SavedModel> {
  const content = modelFileOf(model);
  const { problems } = checkModelFile(model.id, JSON.parse(content)); // what will be read must pass when it is written
  const [problem] = problems;
  if (problem !== undefined) throw new Error(`${problem.path}: ${problem.message}`);
  const file = path.join(ownFolder, "models", `${model.id}.json`);
  await mkdir(path.dirname(file), { recursive: true });
  const hasReplaced = await exists(file);
  await writeWholeFile(file, content);
  return { file, hasReplaced };
}

/** Where an entry comes from is seen from its folder; it does not stand in it. */
function modelFileOf({ family, developer, ...entry }: Model): string {
  const models = [{ ...entry, origin: undefined }];
  return `${JSON.stringify({ family, developer, models }, null, 2)}\n`;
}

async function exists(file: string): Promise<boolean> {
  try {
    await access(file);
    return true;
  } catch {
    return false; // whatever is there will be written over, or the writing says why not
  }
}
