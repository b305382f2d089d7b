import path from "node:path";

/** What the system says, by Node's short name, where reading and writing mean the same by it. */
const FAILURES: Readonly<Record<string, string>> = {
  ENAMETOOLONG: "the name is too long",
  EISDIR: "it is a folder",
  ELOOP: "it is a link that leads back to itself",
  EMFILE: "too many files are open",
  ENFILE: "too many files are open",
  EIO: "the disk has a fault",
};

const READ_FAILURES: Readonly<Record<string, string>> = {
  ...FAILURES,
  ENOENT: "there is no such file",
  ENOTDIR: "there is no such file",
  EACCES: "this account may not read it",
  EPERM: "this account may not read it",
};

const WRITE_FAILURES: Readonly<Record<string, string>> = {
  ...FAILURES,
  ENOSPC: "the disk is full",
  EDQUOT: "the disk space allowed to this account is used up",
  EROFS: "the disk can only be read",
  EACCES: "this folder or file may not be written to",
  EPERM: "this folder or file may not be written to",
};

/** Nothing is there, or a file where a folder should be. */
const NO_FOLDER: readonly string[] = ["ENOENT", "ENOTDIR", "EEXIST"];

/** Why a file was not read, for people. */
export function readFailureText(error: unknown): string {
  return READ_FAILURES[codeOf(error)] ?? ownWords(error);
}

/** Why a file was not written, for people. What was there before is still there. */
export function writeFailureText(error: unknown, file: string): string {
  const code = codeOf(error);
  if (NO_FOLDER.includes(code)) return `there is no folder ${path.dirname(file)}`;
  return WRITE_FAILURES[code] ?? ownWords(error);
}

/** Node's short name of what the system said: "ENOSPC"; empty where it is another error. */
function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}

/** Node's reason without the call and the path it ends in. */
function ownWords(error: unknown): string {
  return error instanceof Error ? error.message.replace(/, [a-z]+(?: '.*)?$/s, "") : String(error);
}
