import type { InstalledCopy, InstalledModels } from "#engine/installed.ts";
import type { Model } from "#engine/model.ts";
import { type MatchedCopy, modelFiles } from "./model-files.ts";
import { modelsByName, type ModelsByName, modelsNamed } from "./model-names.ts";
import { ollamaModels } from "./ollama.ts";
import type { ModelPlace } from "./places.ts";

/**
 * Finds models that are on this computer already, by the names of files, folders and manifests; no weights are read.
 * A name counts only as a whole, so that a fine-tune is not taken for the model it came from.
 */
export async function findInstalled(
  places: readonly ModelPlace[],
  models: readonly Model[],
): Promise<InstalledModels> {
  const byName = modelsByName(models);
  const looks = await Promise.all(places.map((place) => lookInto(place, byName)));
  const found = looks.flatMap((look) => look.found);
  return {
    models: copiesByModel(found),
    unmatched: found.filter(({ modelIds }) => modelIds.length === 0).map(({ copy }) => copy),
    notes: looks.flatMap(({ note }) => (note === null ? [] : [note])),
  };
}

async function lookInto(
  place: ModelPlace,
  byName: ModelsByName,
): Promise<{ readonly found: readonly MatchedCopy[]; readonly note: string | null }> {
  if (place.where !== "ollama") return await modelFiles(place, byName);
  const { found, note } = await ollamaModels(place.folder);
  return {
    found: found.map(({ copy, candidates }) => ({ copy, modelIds: modelsNamed(candidates, byName) })),
    note,
  };
}

function copiesByModel(found: readonly MatchedCopy[]): InstalledModels["models"] {
  const copies = new Map<string, InstalledCopy[]>();
  for (const { copy, modelIds } of found) {
    for (const id of modelIds) copies.set(id, [...(copies.get(id) ?? []), copy]);
  }
  return [...copies].map(([modelId, found]) => ({ modelId, copies: found }));
}
