import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import type { CatalogProblem, CatalogState } from "#engine/catalog.ts";
import { type Bundle, readBundle, writeFiles } from "#catalog/bundle.ts";
import { readCatalogDate } from "#catalog/catalog-date.ts";
import { writeFailureText } from "#catalog/file-failure.ts";
import { loadCatalog } from "#catalog/load.ts";
import { loadQuality } from "#catalog/load-quality.ts";
import { writeWholeFile } from "#catalog/write-file.ts";
import { fetchText, type OnProgress } from "./fetch-text.ts";

/** Where the two catalogs are: what shipped is never changed, a newer one lies in the data folder beside it. */
export interface CatalogFolders {
  readonly shippedFolder: string;
  readonly ownFolder: string;
  /** FITMENT_CATALOG_URL; null where it is not set. */
  readonly environmentAddress: string | null;
}

export type RefreshResult =
  | { readonly kind: "ok"; readonly date: string; readonly dateBefore: string | null }
  | { readonly kind: "failed"; readonly message: string };

const refreshedFolder = ({ ownFolder }: CatalogFolders): string => path.join(ownFolder, "refreshed");
const sourceFile = ({ ownFolder }: CatalogFolders): string => path.join(ownFolder, "catalog-source.json");

const sourceSchema = z.strictObject({ address: z.string() });

/** The catalog to read: the refreshed one while it is newer than what ships, so that an update of the app wins. */
export async function activeFolder(folders: CatalogFolders): Promise<string> {
  const refreshed = refreshedFolder(folders);
  const [date, shippedDate] = await Promise.all([
    readCatalogDate(refreshed),
    readCatalogDate(folders.shippedFolder),
  ]);
  return date !== null && date > (shippedDate ?? "") ? refreshed : folders.shippedFolder;
}

export async function readCatalogState(folders: CatalogFolders): Promise<CatalogState> {
  const folder = await activeFolder(folders);
  return {
    date: await readCatalogDate(folder),
    shippedDate: await readCatalogDate(folders.shippedFolder),
    isRefreshed: folder !== folders.shippedFolder,
    address: await readAddress(folders),
  };
}

export interface RefreshRequest {
  /** Null takes the one that was used last. */
  readonly address: string | null;
  readonly onProgress: OnProgress;
  readonly signal: AbortSignal;
}

/** Fetches a newer catalog, checks every entry, and puts it in use. Whatever goes wrong, the one at hand stays. */
export async function refreshCatalog(
  folders: CatalogFolders,
  { address, onProgress, signal }: RefreshRequest,
): Promise<RefreshResult> {
  const from = address ?? (await readAddress(folders));
  if (from === null)
    return failed("Nobody has said where newer catalogs come from: an https: address is needed.");
  const fetched = await fetchText(from, onProgress, signal);
  if (fetched.kind === "failed") return fetched;
  const read = readBundle(fetched.text);
  if (read.kind === "failed") return failed(`The file at ${from} is no catalog (${read.message}).`);
  if (read.bundle.kind === "fitment-own-catalog")
    return failed(`The file at ${from} is somebody's own catalog; import it instead.`);
  const before = await readCatalogState(folders);
  if (before.date !== null && read.bundle.date <= before.date)
    return failed(`The catalog there is of ${read.bundle.date}, not newer than yours of ${before.date}.`);
  const broken = await putInUse(folders, read.bundle);
  if (broken !== null) return failed(broken);
  if (address !== null) await writeWholeFile(sourceFile(folders), `${JSON.stringify({ address })}\n`);
  return { kind: "ok", date: read.bundle.date, dateBefore: before.date };
}

/** Back to the catalog that shipped; true where there was anything to undo. */
export async function undoRefresh(folders: CatalogFolders): Promise<boolean> {
  const wasThere = (await readCatalogDate(refreshedFolder(folders))) !== null;
  await rm(refreshedFolder(folders), { recursive: true, force: true });
  return wasThere;
}

/** Written beside first and read back as a start would read it; null where it is in use now, else why not. */
async function putInUse(
  folders: CatalogFolders,
  { date, files }: Extract<Bundle, { kind: "fitment-catalog" }>,
): Promise<string | null> {
  try {
    await mkdir(folders.ownFolder, { recursive: true });
    const fresh = await mkdtemp(path.join(folders.ownFolder, "refreshing-"));
    try {
      await writeFiles(fresh, files);
      await writeFile(path.join(fresh, "catalog.json"), `${JSON.stringify({ date })}\n`);
      const problem = await brokenEntries(fresh);
      if (problem !== null) return problem;
      await rm(refreshedFolder(folders), { recursive: true, force: true });
      await rename(fresh, refreshedFolder(folders));
      return null;
    } finally {
      await rm(fresh, { recursive: true, force: true });
    }
  } catch (error) {
    const reason = writeFailureText(error, folders.ownFolder);
    return `The catalog cannot be kept in ${folders.ownFolder}: ${reason}.`;
  }
}

async function brokenEntries(folder: string): Promise<string | null> {
  const [catalog, quality] = await Promise.all([loadCatalog(folder), loadQuality(folder)]);
  const problems = [...catalog.problems, ...quality.problems];
  const [first] = problems;
  if (first !== undefined) return `The catalog there is broken: ${problemText(first, problems.length)}`;
  return catalog.models.length === 0 || catalog.speed === null
    ? "The catalog there is broken: it lacks models or runtimes/speed.json."
    : null;
}

function problemText({ file, path: at, message }: CatalogProblem, count: number): string {
  const more = count === 1 ? "" : ` (and ${count - 1} more)`;
  return `${[file, at, message].filter((part) => part !== "").join(": ")}${more}.`;
}

async function readAddress(folders: CatalogFolders): Promise<string | null> {
  if (folders.environmentAddress !== null) return folders.environmentAddress;
  try {
    const json: unknown = JSON.parse(await readFile(sourceFile(folders), "utf8"));
    return sourceSchema.safeParse(json).data?.address ?? null;
  } catch {
    return null; // never set, or not readable: then somebody has to say
  }
}

function failed(message: string): RefreshResult {
  return { kind: "failed", message };
}
