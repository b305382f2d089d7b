import { readFile } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";

const FILE = "model-folders.json";

const schema = z.strictObject({
  folders: z.array(z.string().refine((folder) => path.isAbsolute(folder))).max(50),
});

/** The folders with models that a person named, in `model-folders.json` of the own data folder: `{"folders": [..]}`. */
export async function readNamedFolders(
  ownFolder: string,
): Promise<{ readonly folders: readonly string[]; readonly notes: readonly string[] }> {
  const file = path.join(ownFolder, FILE);
  try {
    const parsed = schema.safeParse(JSON.parse(await readFile(file, "utf8")));
    if (parsed.success) return { folders: parsed.data.folders, notes: [] };
    return { folders: [], notes: [`${file}: expected {"folders": [...]} with whole paths, 50 at most`] };
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT")
      return { folders: [], notes: [] };
    return { folders: [], notes: [`${file}: ${error instanceof Error ? error.message : String(error)}`] };
  }
}
