import path from "node:path";
import { fileURLToPath } from "node:url";

/** The checkout (or the installed package) that these scripts belong to. */
export const PROJECT_FOLDER = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

/** The terminal tool, as built. */
export const CLI_FILE = path.join(PROJECT_FOLDER, "out", "main", "cli.cjs");

/**
 * A package's command, to be run by this same Node rather than found on PATH.
 *
 * @param {string} script path below node_modules
 */
export function packageScript(script) {
  return path.join(PROJECT_FOLDER, "node_modules", script);
}
