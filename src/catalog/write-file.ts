import { rename, rm, writeFile } from "node:fs/promises";

/** Writes a file whole or not at all: beside it first, then in its place, so that a full disk leaves the old one as it was. */
export async function writeWholeFile(file: string, content: string | Uint8Array): Promise<void> {
  const fresh = `${file}.${process.pid}.tmp`;
  try {
    await writeFile(fresh, content);
    await rename(fresh, file);
  } finally {
    await rm(fresh, { force: true });
  }
}
