import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import type { Quality, TaskQuality } from "#engine/quality.ts";
import { checkQualityFile, joinQuality } from "#catalog/quality-schema.ts";

const FOLDER = path.resolve(import.meta.dirname, "../../../catalog/quality");

/** Names of the files that ship, from the catalog's quality folder. */
export function shippedFiles(): readonly string[] {
  return readdirSync(FOLDER, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".json"));
}

export function shippedText(name: string): string {
  return readFileSync(path.join(FOLDER, name), "utf8");
}

/** Everything that ships, as the loader reads it; throws where a file is not clean. */
export function shippedQuality(): Quality {
  const files = shippedFiles().map((name) => checkQualityFile(name, JSON.parse(shippedText(name))));
  const { quality, problems } = joinQuality(files);
  const [first] = problems;
  if (first !== undefined) throw new Error(`${first.file} ${first.path}: ${first.message}`);
  return quality;
}

/** A model's quality at a task; of several ways of answering, the one named. */
export function shippedTask(
  { tasks }: Quality,
  modelId: string,
  task: TaskQuality["task"],
  mode: TaskQuality["mode"] = "only",
): TaskQuality {
  const found = tasks.find(
    (entry) => entry.modelId === modelId && entry.task === task && entry.mode === mode,
  );
  if (found === undefined) throw new Error(`${modelId} has no index for ${task}`);
  return found;
}
