import { existsSync, readFileSync } from "node:fs";
import path from "node:path";

/** Real outputs of many machines, kept beside this checkout; tests over them are left out where they are not. */
export const CAPTURES_FOLDER = path.join(import.meta.dirname, "../../../shared/data/probes");
export const HAS_CAPTURES = existsSync(CAPTURES_FOLDER);

/** One line of INDEX.csv: what a reader should make of a capture. */
export interface Capture {
  readonly path: string;
  readonly tool: string;
  readonly os: string;
  readonly gpuCount: number;
  readonly names: string;
  readonly vram: string;
  readonly notes: string;
}

/** The captures of one folder ("nvidia-smi-csv") that show at least one GPU. */
export function capturesOf(folder: string): readonly Capture[] {
  return allCaptures().filter(({ path: file, gpuCount }) => file.startsWith(`${folder}/`) && gpuCount > 0);
}

/** Every line of INDEX.csv; none where the folder is absent. */
export function allCaptures(): readonly Capture[] {
  if (!HAS_CAPTURES) return [];
  const [, ...lines] = readFileSync(path.join(CAPTURES_FOLDER, "INDEX.csv"), "utf8").trim().split("\n");
  return lines.map((line) => {
    const [file = "", tool = "", os = "", count = "", names = "", vram = "", notes = ""] = csvValues(line);
    return { path: file, tool, os, gpuCount: Number(count), names, vram, notes };
  });
}

/** What the tool printed. */
export function captureText(file: string): string {
  return readFileSync(path.join(CAPTURES_FOLDER, file), "utf8");
}

function csvValues(line: string): readonly string[] {
  return [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(
    ([, quoted, bare]) => quoted?.replaceAll('""', '"') ?? bare ?? "",
  );
}
