import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { ANSWER_MODES, type AnswerMode } from "#engine/quality.ts";

/** What joins a catalog model to its scores. */
export interface CatalogModel {
  readonly id: string;
  readonly huggingFaceId: string;
}

interface ModelFile {
  readonly models: readonly CatalogModel[];
}

/** Every model of the catalog folder, by file and place. */
export function readCatalogModels(folder: string): readonly CatalogModel[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(".json"))
    .sort()
    .flatMap((name) => {
      const content = readFileSync(path.join(folder, name), "utf8");
      const file = JSON.parse(content) as ModelFile; // our own data; the catalog's tests check it against its schema
      return file.models.map(({ id, huggingFaceId }) => ({ id, huggingFaceId }));
    });
}

/** Owners that renamed themselves; the scores keep the older name. */
const OWNERS: readonly (readonly [string, string])[] = [
  ["WizardLM/", "WizardLMTeam/"],
  ["CohereLabs/", "CohereForAI/"],
];

/** The names under which a model's scores stand, one for each way of answering. */
export function subjectsOf({ huggingFaceId }: CatalogModel): readonly (readonly [AnswerMode, string])[] {
  const renamed = OWNERS.find(([owner]) => huggingFaceId.startsWith(owner));
  const name = renamed === undefined ? huggingFaceId : huggingFaceId.replace(...renamed);
  return ANSWER_MODES.map((mode) => [mode, mode === "only" ? name : `${name}#${mode}`]);
}
