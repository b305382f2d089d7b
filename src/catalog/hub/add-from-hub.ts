import type { Catalog } from "#engine/catalog.ts";
import type { Model } from "#engine/model.ts";
import { addModel, type Added } from "#catalog/own/add-model.ts";
import { HubError, type HubErrorKind } from "./hub-error.ts";
import type { HubAccess } from "./hub-fetch.ts";
import type { HubRequest } from "./plain-request.ts";
import { readFromHub, type HubAnswer, type OnProgress } from "./read-from-hub.ts";

/** What came of a question to the hub; plain data, so that it can cross to the window as it is. */
export type AddedFromHub =
  | Extract<Added, { kind: "ok" }>
  | Extract<HubAnswer, { kind: "choose-file" }>
  | { readonly kind: "failed"; readonly reason: HubErrorKind | "not-written"; readonly message: string };

export interface HubPlace {
  readonly access: HubAccess;
  readonly onProgress: OnProgress;
  readonly loadCatalog: () => Promise<Catalog>;
  /** The person's own catalog folder. */
  readonly ownFolder: string;
}

/** Reads a model from the hub and writes it into the person's own catalog; nothing is written before all is read. */
export async function addFromHub(request: HubRequest, place: HubPlace): Promise<AddedFromHub> {
  try {
    const answer = await readFromHub(request, place.access, place.onProgress);
    if (answer.kind === "choose-file") return answer;
    const catalog = await place.loadCatalog();
    if (place.access.signal.aborted) throw new HubError("cancelled", "Cancelled; nothing was written.");
    const added = await addModel(besideShipped(answer.model, catalog), catalog, place.ownFolder);
    return added.kind === "ok" ? added : { ...added, reason: "not-written" };
  } catch (error) {
    if (error instanceof HubError) return { kind: "failed", reason: error.kind, message: error.message };
    throw error;
  }
}

/** A repository named like a shipped model is an entry of its own: what ships is checked by hand. */
function besideShipped(model: Model, { models }: Catalog): Model {
  const isShipped = models.some(({ id, origin }) => id === model.id && origin !== "own");
  return isShipped ? { ...model, id: `${model.id}-hub` } : model;
}
