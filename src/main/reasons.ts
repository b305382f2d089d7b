import path from "node:path";
import { writeFailureText } from "#catalog/file-failure.ts";
import { say } from "#words/say.ts";

/** Node's reason without the call and the path it ends in. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message.replace(/,.*/s, "") : String(error);
}

/** Why a file was not written, in the language that is spoken; the terminal has the same in English. */
export function writeReasonOf(error: unknown, file: string): string {
  switch (codeOf(error)) {
    case "ENOSPC":
      return say("the disk is full");
    case "EDQUOT":
      return say("the disk space allowed to this account is used up");
    case "EROFS":
      return say("the disk can only be read");
    case "EACCES":
    case "EPERM":
      return say("this folder or file may not be written to");
    case "ENOENT":
    case "ENOTDIR":
      return say("there is no folder {folder}", { folder: path.dirname(file) });
    case "EISDIR":
      return say("it is a folder");
    case "ENAMETOOLONG":
      return say("the name is too long");
    default:
      return writeFailureText(error, file);
  }
}

/** Node's short name of what the system said: "ENOSPC"; empty where it is another error. */
export function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}
