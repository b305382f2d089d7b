import { addByHand, readModelByHand } from "#catalog/own/add-by-hand.ts";
import type { CatalogStore } from "#catalog/store.ts";
import type { Answer, ByHandOutcome } from "#shared/ipc.ts";
import { say } from "#words/say.ts";

/** Takes a described model into the person's own catalog; the page's words are not trusted to be of any type. */
export function byHandCalls({ loadCatalog, ownFolder }: Pick<CatalogStore, "loadCatalog" | "ownFolder">): {
  readonly addByHand: (request: unknown) => Promise<Answer<ByHandOutcome>>;
} {
  return {
    addByHand: async (words) => {
      const request = readRequest(words);
      const described = readModelByHand(request?.model);
      if (request === null || described === null)
        return { kind: "failed", message: say("That is no description of a model.") };
      const added = await addByHand(described, request.replacedId, await loadCatalog(), ownFolder);
      if (added.kind === "failed") return { kind: "failed", message: added.message };
      if (added.kind === "name-taken") return { kind: "ok", value: added };
      const { model, hasReplaced } = added;
      return { kind: "ok", value: { kind: "added", id: model.id, name: model.name, hasReplaced } };
    },
  };
}

function readRequest(words: unknown): { readonly model: unknown; readonly replacedId: string | null } | null {
  if (typeof words !== "object" || words === null) return null;
  const { model, replacedId = null } = words as { readonly model?: unknown; readonly replacedId?: unknown }; // from the page
  return replacedId === null || typeof replacedId === "string" ? { model, replacedId } : null;
}
