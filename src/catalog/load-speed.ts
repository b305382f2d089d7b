import { access } from "node:fs/promises";
import path from "node:path";
import { readJsonFile } from "./read-json.ts";
import { checkSpeedFile, type CheckedSpeed } from "./speed-schema.ts";

/** Where the constants of speeds are in a catalog folder. */
const SPEED_FILE = "runtimes/speed.json";

/** `absent`: a folder without such a file, as a person's own may be; no speed is known from it. */
export type LoadedSpeed = CheckedSpeed | { readonly kind: "absent" };

/** Reads the constants of speeds of a catalog folder. What is broken is said; nothing throws. */
export async function loadSpeed(folder: string): Promise<LoadedSpeed> {
  if (!(await isThere(path.join(folder, SPEED_FILE)))) return { kind: "absent" };
  const json = await readJsonFile(folder, SPEED_FILE);
  return json.kind === "ok"
    ? checkSpeedFile(SPEED_FILE, json.value)
    : { kind: "failed", problems: [json.problem] };
}

async function isThere(file: string): Promise<boolean> {
  try {
    await access(file);
    return true;
  } catch {
    return false; // as in a person's own folder
  }
}
