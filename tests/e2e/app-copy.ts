import { cp, mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { LaunchOptions } from "./launch.ts";

const PROJECT_FOLDER = path.join(import.meta.dirname, "../..");

/** What the app is made of at run time. */
const PARTS = ["package.json", "out", "catalog", "resources"];

/** A copy of the built app whose catalog a test may change. */
export async function copyApp(): Promise<{
  readonly catalogFolder: string;
  readonly options: LaunchOptions;
}> {
  const appFolder = await mkdtemp(path.join(tmpdir(), "fitment-app-"));
  for (const part of PARTS) {
    await cp(path.join(PROJECT_FOLDER, part), path.join(appFolder, part), { recursive: true });
  }
  return {
    catalogFolder: path.join(appFolder, "catalog"),
    options: { appFolder, temporaryFolders: [appFolder] },
  };
}
