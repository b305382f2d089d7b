import { readFile, stat } from "node:fs/promises";
import { readFailureText } from "./file-failure.ts";

/** The largest file that ships has a third of a megabyte. */
export const CATALOG_FILE_MAX_BYTES = 8_000_000;

export type ReadText =
  { readonly kind: "ok"; readonly text: string } | { readonly kind: "failed"; readonly message: string };

/**
 * A file of a catalog as text. What is no plain file, far too large or not UTF-8 is not read further; a mark of the
 * byte order at its beginning, as editors on Windows write it, is passed over.
 */
export async function readCatalogText(file: string): Promise<ReadText> {
  try {
    const found = await stat(file);
    if (found.isDirectory()) return failed("expected a file that can be read: it is a folder");
    if (!found.isFile()) return failed("expected a file: it is a device or a pipe");
    if (found.size > CATALOG_FILE_MAX_BYTES)
      return failed(`expected a file of ${CATALOG_FILE_MAX_BYTES / 1e6} MB at most`);
    return { kind: "ok", text: new TextDecoder("utf-8", { fatal: true }).decode(await readFile(file)) };
  } catch (error) {
    if (error instanceof TypeError) return failed("expected a text in UTF-8"); // the decoder's; it says not where
    return failed(`expected a file that can be read: ${readFailureText(error)}`);
  }
}

function failed(message: string): ReadText {
  return { kind: "failed", message };
}
