import { addFromHub, type HubPlace } from "#catalog/hub/add-from-hub.ts";
import type { HubSettings } from "#catalog/hub/settings.ts";
import type { Answer, HubOutcome } from "#shared/ipc.ts";
import { say } from "#words/say.ts";

/** What the window asks of Hugging Face; the page's words are not trusted to be of any type. */
export interface HubCalls {
  /** `{ repository, file }`; a question that is still under way is given up for it. */
  readonly addFromHub: (request: unknown) => Promise<Answer<HubOutcome>>;
  /** Gives up the question under way; nothing is written then. */
  readonly cancelHub: () => Promise<Answer<null>>;
}

interface HubSources extends Pick<HubPlace, "loadCatalog" | "ownFolder" | "onProgress"> {
  readonly settings: HubSettings;
}

/** One question at a time. */
export function hubCalls({ settings, ...place }: HubSources): HubCalls {
  let underWay = new AbortController();
  return {
    addFromHub: async (words) => {
      const request = readRequest(words);
      if (request === null) return { kind: "failed", message: say("That is no model of Hugging Face.") };
      underWay.abort();
      underWay = new AbortController();
      const added = await addFromHub(request, { ...place, access: { settings, signal: underWay.signal } });
      if (added.kind === "failed") return { kind: "failed", message: added.message };
      if (added.kind === "choose-file") return { kind: "ok", value: added };
      const { model, hasReplaced } = added;
      return { kind: "ok", value: { kind: "added", id: model.id, name: model.name, hasReplaced } };
    },
    cancelHub: () => {
      underWay.abort();
      return Promise.resolve({ kind: "ok", value: null });
    },
  };
}

function readRequest(words: unknown): { readonly repository: string; readonly file: string | null } | null {
  if (typeof words !== "object" || words === null) return null;
  const { repository, file = null } = words as { readonly repository?: unknown; readonly file?: unknown }; // from the page
  if (typeof repository !== "string" || !(file === null || typeof file === "string")) return null;
  return { repository: repository.trim(), file };
}
