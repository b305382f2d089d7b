import path from "node:path";
import { loadCatalog } from "#catalog/load.ts";
import { isKnown } from "#engine/fact.ts";
import type { Architecture, Model } from "#engine/model.ts";

/** The catalog as it ships. */
export const SHIPPED = await loadCatalog(path.join(import.meta.dirname, "../../catalog"));

/** A shipped model; it must be there. */
export function shippedModel(id: string): Model {
  const model = SHIPPED.models.find((candidate) => candidate.id === id);
  if (model === undefined) throw new Error(`the catalog has no "${id}"`);
  return model;
}

/** A shipped model's architecture; it must be known. */
export function shippedArchitecture(id: string): Architecture {
  const { architecture } = shippedModel(id);
  if (!isKnown(architecture)) throw new Error(`the architecture of "${id}" is missing`);
  return architecture.value;
}

/** Every shipped model whose architecture is known, with its id. */
export const DESCRIBED = SHIPPED.models.flatMap(
  (model): readonly (readonly [string, Model, Architecture])[] =>
    isKnown(model.architecture) ? [[model.id, model, model.architecture.value]] : [],
);
