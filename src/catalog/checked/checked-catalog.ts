import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import type { Catalog } from "#engine/catalog.ts";
import type { QualityData } from "#engine/quality.ts";
import { loadCatalog } from "#catalog/load.ts";
import { loadQuality } from "#catalog/load-quality.ts";
import { writeWholeFile } from "#catalog/write-file.ts";

/**
 * What the build made of the shipped catalog: every entry checked and in the program's own units. Checking takes ten
 * times as long as reading, at every start; this spares it for as long as the folder is the one that was checked.
 */
const FILES = { catalog: "checked-catalog.json", quality: "checked-quality.json" } as const;

/** Where a catalog folder and what was made of it lie. */
export interface CheckedFolders {
  readonly catalogFolder: string;
  readonly checkedFolder: string;
}

/** The catalog; read and checked entry by entry where the folder is not the one that the build saw. */
export async function loadCheckedCatalog(folders: CheckedFolders): Promise<Catalog> {
  return (await readChecked<Catalog>(folders, FILES.catalog)) ?? (await loadCatalog(folders.catalogFolder));
}

/** The same of what it says of quality. */
export async function loadCheckedQuality(folders: CheckedFolders): Promise<QualityData> {
  return (
    (await readChecked<QualityData>(folders, FILES.quality)) ?? (await loadQuality(folders.catalogFolder))
  );
}

/** Makes both files. A catalog with anything wrong in it is not made: its problems are told at each start. */
export async function writeChecked(folders: CheckedFolders): Promise<boolean> {
  const { catalogFolder, checkedFolder } = folders;
  const key = folderKey(catalogFolder);
  const [catalog, quality] = await Promise.all([loadCatalog(catalogFolder), loadQuality(catalogFolder)]);
  if (catalog.problems.length + quality.problems.length > 0) return false;
  await writeWholeFile(path.join(checkedFolder, FILES.catalog), JSON.stringify({ key, value: catalog }));
  await writeWholeFile(path.join(checkedFolder, FILES.quality), JSON.stringify({ key, value: quality }));
  return true;
}

async function readChecked<Value>(
  { catalogFolder, checkedFolder }: CheckedFolders,
  name: string,
): Promise<Value | null> {
  try {
    const text = await readFile(path.join(checkedFolder, name), "utf8");
    const made = JSON.parse(text) as { readonly key: string; readonly value: Value }; // our own build's file
    return made.key === folderKey(catalogFolder) ? made.value : null;
  } catch {
    return null; // not made, or not whole: the folder itself is read then, and its own faults are named
  }
}

/**
 * All that the files hold: a changed digit makes another key. Read at one go: a hundred and more small files take half
 * the time so, and the window's page does not wait behind them.
 */
function folderKey(folder: string): string {
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" });
  const hash = createHash("sha1");
  for (const name of names.filter((each) => each.endsWith(".json")).sort()) {
    hash.update(`${name.replaceAll("\\", "/")}\n`);
    hash.update(readFileSync(path.join(folder, name)));
  }
  return hash.digest("hex");
}
