import { folderFiles } from "#catalog/bundle.ts";

/** A catalog as a text that `catalog refresh --from` reads, or why there is none. */
export type CatalogBundle =
  | { readonly kind: "ok"; readonly content: string; readonly fileCount: number; readonly date: string }
  | { readonly kind: "failed"; readonly message: string };

/** All of a catalog folder in one file. A file that is no JSON, or an unknown day, is no catalog to give away. */
export async function bundleCatalog(folder: string, date: string | null): Promise<CatalogBundle> {
  if (date === null) return failed("its day cannot be read (catalog.json)");
  const { files, unreadable } = await folderFiles(folder);
  const [first] = unreadable;
  if (first !== undefined) return failed(`${first} cannot be read as JSON`);
  const bundle = { kind: "fitment-catalog", formatVersion: 1, date, files };
  return { kind: "ok", content: `${JSON.stringify(bundle)}\n`, fileCount: Object.keys(files).length, date };
}

function failed(message: string): CatalogBundle {
  return { kind: "failed", message };
}
