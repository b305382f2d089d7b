import { readFile } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";

const schema = z.strictObject({ date: z.iso.date() });

/** The day of the last change of a catalog's facts, `2026-11-25`, from its `catalog.json`; null where it cannot be read. */
export async function readCatalogDate(folder: string): Promise<string | null> {
  try {
    const json: unknown = JSON.parse(await readFile(path.join(folder, "catalog.json"), "utf8"));
    return schema.safeParse(json).data?.date ?? null;
  } catch {
    return null; // no file, or no JSON: the date is not known, and the entries do not depend on it
  }
}
