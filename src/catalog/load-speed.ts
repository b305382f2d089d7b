import { readFile } from "node:fs/promises";
import path from "node:path";
import { checkSpeedFile, type CheckedSpeed } from "./speed-schema.ts";

/** Where the constants of speeds are in a catalog folder. */
const SPEED_FILE = "runtimes/speed.json";

/** `absent`: a folder without such a file, as a person's own may be; no speed is known from it. */
export type LoadedSpeed = CheckedSpeed | { readonly kind: "absent" };

/** Reads the constants of speeds of a catalog folder. What is broken is said; nothing throws. */
export async function loadSpeed(folder: string): Promise<LoadedSpeed> {
  try {
    const json: unknown = JSON.parse(await readFile(path.join(folder, SPEED_FILE), "utf8"));
    return checkSpeedFile(SPEED_FILE, json);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return { kind: "absent" };
    const message = `expected a file of JSON that can be read: ${error instanceof Error ? error.message : String(error)}`;
    return { kind: "failed", problems: [{ file: SPEED_FILE, path: "", message }] };
  }
}
