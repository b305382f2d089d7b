import { stat } from "node:fs/promises";
import type { ModelFolder } from "#engine/installed.ts";
import type { Model } from "#engine/model.ts";
import type { Home } from "#catalog/own/data-folder.ts";
import { findInstalled } from "./find-installed.ts";
import { type ModelPlace, modelPlaces } from "./places.ts";

/** Every folder that is looked into, with how many copies lie there; those of tools that are not installed, too. */
export async function readModelFolders(
  home: Home,
  named: readonly string[],
  models: readonly Model[],
): Promise<readonly ModelFolder[]> {
  const places = modelPlaces(home, named).filter(
    (place, index, all) => all.findIndex(({ folder }) => folder === place.folder) === index,
  );
  return await Promise.all(
    places.map(async (place) => ({
      ...place,
      isNamed: place.where === "folder" && named.includes(place.folder),
      copyCount: await copyCount(place, models),
    })),
  );
}

async function copyCount(place: ModelPlace, models: readonly Model[]): Promise<number | null> {
  if (!(await isFolder(place.folder))) return null;
  const found = await findInstalled([place], models);
  const copies = new Set([...found.models.flatMap((model) => model.copies), ...found.unmatched]);
  return copies.size; // a copy that several models share is one
}

async function isFolder(folder: string): Promise<boolean> {
  try {
    return (await stat(folder)).isDirectory();
  } catch {
    return false; // not there, or not to be looked at
  }
}
