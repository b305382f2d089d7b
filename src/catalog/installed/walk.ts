import type { Dirent } from "node:fs";
import { lstat, readdir, realpath, stat } from "node:fs/promises";
import path from "node:path";

/** Deep enough for every tool's layout: the hub's `models--a--b/snapshots/revision/folder/file` is the deepest. */
const DEPTH_MAX = 6;

/** Entries looked at in one place. A store of models has hundreds; more means that somebody named a whole disk. */
export const ENTRIES_MAX = 20_000;

/** One file below a folder. Its content is never read here. */
export interface FoundFile {
  /** Parts of its path below the folder; the last one is its name. */
  readonly parts: readonly string[];
  readonly sizeBytes: number;
}

export interface Walked {
  readonly files: readonly FoundFile[];
  /** Null where everything was looked at; else why not. */
  readonly note: string | null;
}

/**
 * Files of some kinds below a folder, to a depth and a number of entries. Links are followed to files only, and only
 * to such as lie in the same folder: the hub's cache is made of them, and nothing else may lead out of it.
 */
export async function walkFolder(folder: string, isWanted: (name: string) => boolean): Promise<Walked> {
  const root = await rootOf(folder);
  if (root === null) return { files: [], note: null };
  const files: FoundFile[] = [];
  const queue: (readonly string[])[] = [[]];
  const unreadable: string[] = [];
  let seenCount = 0;
  for (let parts = queue.shift(); parts !== undefined; parts = queue.shift()) {
    const entries = await entriesOf(path.join(root, ...parts));
    if (entries === null) unreadable.push(path.join(folder, ...parts));
    for (const entry of entries ?? []) {
      seenCount += 1;
      if (seenCount > ENTRIES_MAX)
        return { files, note: `${folder}: only the first ${ENTRIES_MAX} entries were looked at` };
      const at = [...parts, entry.name];
      if (entry.isDirectory() && at.length < DEPTH_MAX) queue.push(at);
      const file = isWanted(entry.name) ? await fileAt(root, at, entry) : null;
      if (file !== null) files.push(file);
    }
  }
  const [first] = unreadable;
  return { files, note: first === undefined ? null : `${first} cannot be read` };
}

/** Null where there is no such folder. */
async function rootOf(folder: string): Promise<string | null> {
  try {
    const root = await realpath(folder);
    return (await lstat(root)).isDirectory() ? root : null;
  } catch {
    return null; // a tool that is not installed has no folder
  }
}

/** By name, so that two looks find the same; null where it cannot be read. */
async function entriesOf(folder: string): Promise<readonly Dirent[] | null> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch {
    return null; // said by the caller
  }
}

async function fileAt(root: string, parts: readonly string[], entry: Dirent): Promise<FoundFile | null> {
  if (!entry.isFile() && !entry.isSymbolicLink()) return null;
  try {
    const target = await realpath(path.join(root, ...parts));
    const found = await stat(target);
    return target.startsWith(root + path.sep) && found.isFile() ? { parts, sizeBytes: found.size } : null;
  } catch {
    return null; // a link to nothing, or a file that went away meanwhile
  }
}
