import { readFile } from "node:fs/promises";
import path from "node:path";
import { dialog, type FileFilter } from "electron";
import { addGgufFiles } from "#catalog/own/add-model.ts";
import { exportOwn, type Imported, importOwn, removeOwnModel } from "#catalog/own/own-entries.ts";
import type { CatalogStore } from "#catalog/store.ts";
import { writeWholeFile } from "#catalog/write-file.ts";
import type { CatalogState } from "#engine/catalog.ts";
import type { Answer, RefreshProgress } from "#shared/ipc.ts";
import { say } from "#words/say.ts";
import type { Handlers } from "./handler-contract.ts";
import { reasonOf, writeReasonOf } from "./reasons.ts";

type CatalogCalls = Pick<
  Handlers,
  | "readCatalogState"
  | "refreshCatalog"
  | "cancelRefresh"
  | "undoRefresh"
  | "addModelFiles"
  | "removeOwnModel"
  | "exportOwn"
  | "importOwn"
>;

const JSON_FILES: FileFilter[] = [{ name: "JSON", extensions: ["json"] }];

/** What the window does to the catalog; the page's words are not trusted to be of any type. */
export function catalogCalls(
  store: CatalogStore,
  onRefreshProgress: (progress: RefreshProgress) => void,
): CatalogCalls {
  let underWay = new AbortController();
  return {
    readCatalogState: async () => ok(await store.readCatalogState()),
    refreshCatalog: async (address) => {
      if (typeof address !== "string") return failed(say("That is no address."));
      underWay.abort();
      underWay = new AbortController();
      return await refresh(store, address, { onRefreshProgress, signal: underWay.signal });
    },
    cancelRefresh: () => {
      underWay.abort();
      return Promise.resolve(ok(null));
    },
    undoRefresh: async () => {
      await store.undoRefresh();
      return ok(await store.readCatalogState());
    },
    addModelFiles: async (files) =>
      isPaths(files) ? await add(store, files) : failed(say("That is no file on this computer.")),
    removeOwnModel: async (id) => {
      if (typeof id !== "string") return failed(say("That is no model."));
      const removed = await removeOwnModel(store.ownFolder, id);
      return removed.kind === "ok" ? ok(null) : failed(removed.message);
    },
    exportOwn: async () => await saveExport(store.ownFolder),
    importOwn: async () => await openExport(store.ownFolder),
  };
}

interface RefreshWatch {
  readonly onRefreshProgress: (progress: RefreshProgress) => void;
  readonly signal: AbortSignal;
}

/** An empty address takes the one that was used last. */
async function refresh(
  store: CatalogStore,
  address: string,
  { onRefreshProgress, signal }: RefreshWatch,
): Promise<Answer<CatalogState>> {
  const result = await store.refreshCatalog({
    address: address === "" ? null : address,
    onProgress: (receivedBytes, totalBytes) => onRefreshProgress({ receivedBytes, totalBytes }),
    signal,
  });
  return result.kind === "ok" ? ok(await store.readCatalogState()) : failed(result.message);
}

async function add(
  { loadCatalog, ownFolder }: CatalogStore,
  files: readonly string[],
): Promise<Answer<{ id: string; name: string; hasReplaced: boolean }>> {
  const added = await addGgufFiles(files, await loadCatalog(), ownFolder);
  if (added.kind === "failed") return failed(added.message);
  const { model, hasReplaced } = added;
  return ok({ id: model.id, name: model.name, hasReplaced });
}

function isPaths(files: unknown): files is readonly string[] {
  return (
    Array.isArray(files) &&
    files.length > 0 &&
    files.every((file) => typeof file === "string" && path.isAbsolute(file))
  );
}

async function saveExport(ownFolder: string): Promise<Answer<string | null>> {
  const exported = await exportOwn(ownFolder);
  if (exported === null) return failed(say("Your own catalog is empty; there is nothing to export."));
  const chosen = await dialog.showSaveDialog({
    title: say("Export your own catalog"),
    defaultPath: "fitment-own-catalog.json",
    filters: JSON_FILES,
  });
  if (chosen.canceled || chosen.filePath === "") return ok(null);
  const name = path.basename(chosen.filePath);
  try {
    await writeWholeFile(chosen.filePath, exported.content);
    return ok(name);
  } catch (error) {
    const reason = writeReasonOf(error, chosen.filePath);
    return failed(say("{name} could not be written: {reason}.", { name, reason }));
  }
}

async function openExport(ownFolder: string): Promise<Answer<string | null>> {
  const chosen = await dialog.showOpenDialog({
    title: say("Import own entries"),
    filters: JSON_FILES,
    properties: ["openFile"],
  });
  const [file] = chosen.filePaths;
  if (chosen.canceled || file === undefined) return ok(null);
  const name = path.basename(file);
  try {
    const imported = await importOwn(ownFolder, await readFile(file, "utf8"));
    if (imported.kind === "failed") return failed(`${name}: ${imported.message}`);
    return ok(importedText(name, imported));
  } catch (error) {
    return failed(say("{name} could not be read: {reason}.", { name, reason: reasonOf(error) }));
  }
}

function importedText(
  name: string,
  { added, replaced, problems: [problem] }: Extract<Imported, { kind: "ok" }>,
): string {
  const counts = { name, added: added.length, replaced: replaced.length };
  return problem === undefined
    ? say("Imported {name}: {added} added, {replaced} replaced.", counts)
    : say("Imported {name}: {added} added, {replaced} replaced. Left out: {problem}.", {
        ...counts,
        problem: `${problem.file} ${problem.path}: ${problem.message}`,
      });
}

function ok<Value>(value: Value): Answer<Value> {
  return { kind: "ok", value };
}

function failed(message: string): Answer<never> {
  return { kind: "failed", message };
}
