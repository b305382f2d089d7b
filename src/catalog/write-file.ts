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

const FAILURES: Readonly<Record<string, string>> = {
  ENOSPC: "the disk is full",
  EDQUOT: "the disk space allowed to this account is used up",
  EROFS: "the disk can only be read",
  EACCES: "this folder or file may not be written to",
  EPERM: "this folder or file may not be written to",
  ENOENT: "there is no such folder",
  ENOTDIR: "there is no such folder",
  EISDIR: "it is a folder",
  ENAMETOOLONG: "the name is too long",
};

/** Why a file was not written, for people. What was there before is still there. */
export function writeFailureText(error: unknown): string {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const message = error instanceof Error ? error.message.replace(/,.*/, "") : String(error);
  return FAILURES[code] ?? message;
}
