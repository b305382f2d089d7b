import { mkdir, readdir, rm } from "node:fs/promises";
import path from "node:path";
import type { CatalogProblem } from "#engine/catalog.ts";
import { type BundleFiles, folderFiles, readBundle } from "#catalog/bundle.ts";
import { checkRuntimeFile } from "#catalog/runtime-schema.ts";
import { checkCardFile, checkModelFile } from "#catalog/schema.ts";
import { writeWholeFile } from "#catalog/write-file.ts";
import { readFile } from "node:fs/promises";

/** Parts of a catalog that may be a person's own. */
const OWN_PARTS = ["models/", "hardware/", "runtimes/"] as const;

export interface Exported {
  /** The file to write. */
  readonly content: string;
  readonly fileCount: number;
  /** Own files that are no JSON; they cannot be exported. */
  readonly unreadable: readonly string[];
}

/** The person's own catalog as one file; null where it is empty. */
export async function exportOwn(ownFolder: string): Promise<Exported | null> {
  const { files, unreadable } = await folderFiles(ownFolder);
  const own = Object.fromEntries(Object.entries(files).filter(([place]) => isOwnPart(place)));
  const fileCount = Object.keys(own).length;
  if (fileCount === 0) return null;
  const bundle = { kind: "fitment-own-catalog", formatVersion: 1, files: own };
  return { content: `${JSON.stringify(bundle, null, 2)}\n`, fileCount, unreadable };
}

export type Imported =
  | {
      readonly kind: "ok";
      readonly added: readonly string[];
      readonly replaced: readonly string[];
      /** Files that were left out, and why. */
      readonly problems: readonly CatalogProblem[];
    }
  | { readonly kind: "failed"; readonly message: string };

/** Takes an exported catalog in. A file with a broken entry is left out and named; the others are written. */
export async function importOwn(ownFolder: string, text: string): Promise<Imported> {
  const read = readBundle(text);
  if (read.kind === "failed")
    return { kind: "failed", message: `This is no exported catalog (${read.message}).` };
  if (read.bundle.kind === "fitment-catalog")
    return {
      kind: "failed",
      message: "This is a whole catalog, not somebody's own; refresh from it instead.",
    };
  const { good, problems } = checkedFiles(read.bundle.files);
  const present = new Set(Object.keys((await folderFiles(ownFolder)).files));
  for (const [place, json] of Object.entries(good)) {
    const file = path.join(ownFolder, place);
    await mkdir(path.dirname(file), { recursive: true });
    await writeWholeFile(file, `${JSON.stringify(json, null, 2)}\n`);
  }
  const places = Object.keys(good);
  return {
    kind: "ok",
    added: places.filter((place) => !present.has(place)),
    replaced: places.filter((place) => present.has(place)),
    problems,
  };
}

function checkedFiles(files: BundleFiles): {
  readonly good: BundleFiles;
  readonly problems: readonly CatalogProblem[];
} {
  const good: Record<string, unknown> = {};
  const problems: CatalogProblem[] = [];
  for (const [place, json] of Object.entries(files)) {
    const found = problemsOf(place, json);
    problems.push(...found);
    if (found.length === 0) good[place] = json;
  }
  return { good, problems };
}

function problemsOf(place: string, json: unknown): readonly CatalogProblem[] {
  if (place.startsWith("models/")) return checkModelFile(place, json).problems;
  if (place.startsWith("hardware/")) return checkCardFile(place, json).problems;
  if (!place.startsWith("runtimes/"))
    return [{ file: place, path: "", message: "expected a file of models, hardware or runtimes" }];
  const checked = checkRuntimeFile(place, json);
  return checked.kind === "failed" ? checked.problems : [];
}

function isOwnPart(place: string): boolean {
  return OWN_PARTS.some((part) => place.startsWith(part));
}

export type Removed =
  { readonly kind: "ok"; readonly file: string } | { readonly kind: "failed"; readonly message: string };

/** Takes an own model out: its file, where it is the only one in it. */
export async function removeOwnModel(ownFolder: string, id: string): Promise<Removed> {
  const folder = path.join(ownFolder, "models");
  for (const name of await readdir(folder).catch(() => [])) {
    const file = path.join(folder, name);
    const ids = name.endsWith(".json") ? await modelIdsOf(file) : [];
    if (!ids.includes(id)) continue;
    if (ids.length > 1)
      return { kind: "failed", message: `${file} holds other models too; take "${id}" out of it by hand.` };
    await rm(file);
    return { kind: "ok", file };
  }
  return { kind: "failed", message: `Your own catalog has no model "${id}".` };
}

async function modelIdsOf(file: string): Promise<readonly string[]> {
  try {
    return checkModelFile(file, JSON.parse(await readFile(file, "utf8"))).entries.map(
      ({ entry }) => entry.id,
    );
  } catch {
    return []; // broken: it has no model that could be meant
  }
}
