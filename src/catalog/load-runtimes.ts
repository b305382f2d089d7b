import { readdir } from "node:fs/promises";
import path from "node:path";
import type { CatalogProblem } from "#engine/catalog.ts";
import type { Runtime } from "#engine/runtime.ts";
import { readJsonFile, withLines } from "./read-json.ts";
import { checkRuntimeFile } from "./runtime-schema.ts";

/** The runtimes of a catalog folder, by file name, and what is wrong with those left out. */
export interface LoadedRuntimes {
  readonly runtimes: readonly Runtime[];
  readonly problems: readonly CatalogProblem[];
}

/** Reads `runtimes/` of a catalog folder. What is broken in it is left out and named; nothing throws. */
export async function loadRuntimes(folder: string): Promise<LoadedRuntimes> {
  const names = await runtimeFiles(folder);
  const checked = await Promise.all(names.map((name) => loadRuntime(folder, `runtimes/${name}`)));
  return {
    runtimes: checked.flatMap((file) => (file.kind === "ok" ? [file.runtime] : [])),
    problems: checked.flatMap((file) => (file.kind === "failed" ? file.problems : [])),
  };
}

/** Constants of speeds, which are no runtime; `load-speed.ts` reads them. */
const SPEED_FILE = "speed.json";

async function runtimeFiles(folder: string): Promise<readonly string[]> {
  try {
    const names = await readdir(path.join(folder, "runtimes"));
    return names.filter((name) => name.endsWith(".json") && name !== SPEED_FILE).sort();
  } catch {
    return []; // a person's own folder need not have runtimes
  }
}

async function loadRuntime(folder: string, file: string): Promise<ReturnType<typeof checkRuntimeFile>> {
  const json = await readJsonFile(folder, file);
  if (json.kind === "failed") return { kind: "failed", problems: [json.problem] };
  const checked = checkRuntimeFile(file, json.value);
  return checked.kind === "ok"
    ? checked
    : { kind: "failed", problems: withLines(checked.problems, json.text) };
}
