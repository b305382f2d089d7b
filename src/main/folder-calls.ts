import { dialog } from "electron";
import { addNamedFolder, type FoldersChanged, removeNamedFolder } from "#catalog/installed/named-folders.ts";
import type { CatalogStore } from "#catalog/store.ts";
import type { ModelFolder } from "#engine/installed.ts";
import type { Answer } from "#shared/ipc.ts";
import { say } from "#words/say.ts";
import type { Handlers } from "./handler-contract.ts";

type FolderCalls = Pick<Handlers, "listModelFolders" | "addModelFolder" | "removeModelFolder">;

/** Where models on this computer are looked for. A folder is named by the system's own dialog, never by the page. */
export function folderCalls(store: Pick<CatalogStore, "listModelFolders" | "ownFolder">): FolderCalls {
  const listAfter = async (changed: FoldersChanged): Promise<Answer<readonly ModelFolder[]>> =>
    changed.kind === "ok" ? { kind: "ok", value: await store.listModelFolders() } : changed;
  return {
    listModelFolders: async () => await listAfter({ kind: "ok" }),
    addModelFolder: async () => {
      const chosen = await dialog.showOpenDialog({
        title: say("A folder with models"),
        properties: ["openDirectory"],
      });
      const [folder] = chosen.filePaths;
      if (chosen.canceled || folder === undefined) return await listAfter({ kind: "ok" });
      return await listAfter(await addNamedFolder(store.ownFolder, folder));
    },
    removeModelFolder: async (folder) =>
      typeof folder === "string"
        ? await listAfter(await removeNamedFolder(store.ownFolder, folder))
        : { kind: "failed", message: say("That is no folder.") },
  };
}
