import path from "node:path";
import { loadCatalog } from "#catalog/load.ts";
import { isKnown } from "#engine/fact.ts";
import { expertPackingOf, type ExpertPacking } from "#engine/memory/weights.ts";
import type { Architecture, Model } from "#engine/model.ts";
import { architectureOf, attention, gated } from "../../fixtures/architectures.ts";
import { modelIdOf } from "./model-names.ts";

/** What the comparisons need of a model that a row names. */
export interface RowModel {
  readonly id: string;
  readonly model: Model;
  readonly architecture: Architecture;
  readonly experts: ExpertPacking;
}

/** Finds the catalog's model for a row's name. */
export type FindModel = (name: string) => RowModel | null;

/** Measured files that are not copied into this repository; absent on most machines. */
export const MEASURED_FOLDER = path.join(import.meta.dirname, "../../../../shared/data/memory");

/** The first LLaMA, which the catalog leaves out, is the same but for these two sizes; its paper, table 2. */
const FIRST_LLAMAS: Readonly<Record<string, Architecture>> = {
  "LLaMA 30B": llama(60, 6656, 52, 17_920),
  "LLaMA 65B": llama(80, 8192, 64, 22_016),
};

/** Reads the catalog and answers by a row's name; null where no architecture is known. */
export async function modelFinder(): Promise<FindModel> {
  const catalog = await loadCatalog(path.join(import.meta.dirname, "../../../catalog"));
  const models = new Map(catalog.models.map((model) => [model.id, model]));
  const someModel = models.get("llama-2-7b");
  return (name) => {
    const first = FIRST_LLAMAS[name];
    if (first !== undefined && someModel !== undefined) {
      const model = { ...someModel, architecture: { value: first, source: "its paper" } };
      return { id: name, model, architecture: first, experts: "as-the-rest" };
    }
    const id = modelIdOf(name);
    const model = id === null ? undefined : models.get(id);
    if (id === null || model === undefined || !isKnown(model.architecture)) return null;
    const { releasePrecision } = model;
    const experts = isKnown(releasePrecision) ? expertPackingOf(releasePrecision.value) : "as-the-rest";
    return { id, model, architecture: model.architecture.value, experts };
  };
}

function llama(layerCount: number, hiddenSize: number, headCount: number, size: number): Architecture {
  return architectureOf({
    hiddenSize,
    vocabularySize: 32_000,
    layers: [[layerCount, attention(headCount, headCount, 128), gated(size)]],
  });
}
