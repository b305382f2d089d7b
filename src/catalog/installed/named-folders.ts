import { mkdir, readFile } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import { readFailureText, writeFailureText } from "#catalog/file-failure.ts";
import { writeWholeFile } from "#catalog/write-file.ts";

const FILE = "model-folders.json";

/** More than anybody has; each is walked through. */
const FOLDERS_MAX = 50;

const schema = z.strictObject({
  folders: z.array(z.string().refine((folder) => path.isAbsolute(folder))).max(FOLDERS_MAX),
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
    return {
      folders: [],
      notes: [`${file}: ${error instanceof SyntaxError ? "it is not JSON" : readFailureText(error)}`],
    };
  }
}

/** What came of naming a folder, or of taking one out. */
export type FoldersChanged = { readonly kind: "ok" } | { readonly kind: "failed"; readonly message: string };

/** Names one more folder to look for models in; one that is named already is no mistake. */
export async function addNamedFolder(ownFolder: string, folder: string): Promise<FoldersChanged> {
  if (!path.isAbsolute(folder)) return { kind: "failed", message: `${folder} is no whole path of a folder.` };
  return await changeNamed(ownFolder, (folders) =>
    folders.includes(path.resolve(folder)) ? folders : [...folders, path.resolve(folder)],
  );
}

/** Looks no longer into a folder that was named; nothing in it is touched. */
export async function removeNamedFolder(ownFolder: string, folder: string): Promise<FoldersChanged> {
  return await changeNamed(ownFolder, (folders) => folders.filter((other) => other !== folder));
}

/** A list that cannot be read is not written over: somebody edited it by hand. */
async function changeNamed(
  ownFolder: string,
  change: (folders: readonly string[]) => readonly string[],
): Promise<FoldersChanged> {
  const { folders, notes } = await readNamedFolders(ownFolder);
  const [note] = notes;
  if (note !== undefined) return { kind: "failed", message: `The list of folders is damaged. ${note}` };
  const changed = change(folders);
  if (changed.length > FOLDERS_MAX)
    return { kind: "failed", message: `At most ${FOLDERS_MAX} folders can be named.` };
  try {
    await mkdir(ownFolder, { recursive: true });
    await writeWholeFile(path.join(ownFolder, FILE), `${JSON.stringify({ folders: changed }, null, 2)}\n`);
    return { kind: "ok" };
  } catch (error) {
    const reason = writeFailureText(error, path.join(ownFolder, FILE));
    return { kind: "failed", message: `The list of folders cannot be kept in ${ownFolder}: ${reason}.` };
  }
}
