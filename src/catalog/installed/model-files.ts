import type { InstalledCopy } from "#engine/installed.ts";
import { type ModelsByName, modelsNamed, namesOfFile } from "./model-names.ts";
import type { ModelPlace } from "./places.ts";
import { type FoundFile, walkFolder } from "./walk.ts";

/** A copy, and the models of the catalog that it is of. */
export interface MatchedCopy {
  readonly copy: InstalledCopy;
  readonly modelIds: readonly string[];
}

/** Models that lie in a folder as files: LM Studio's, the hub's cache, llama.cpp's cache, a folder of one's own. */
export async function modelFiles(
  { where, folder }: ModelPlace,
  byName: ModelsByName,
): Promise<{ readonly found: readonly MatchedCopy[]; readonly note: string | null }> {
  const { files, note } = await walkFolder(folder, isWeights);
  const found = grouped(files).map(({ name, repository, parts, sizeBytes }) => ({
    copy: { where, name, sizeBytes },
    modelIds:
      repository === null
        ? namesOfFile(parts, byName)
        : modelsNamed([repository, ...parts.slice(-1)], byName),
  }));
  return { found, note };
}

/** Weights, and not the projector of a vision model that lies beside them. */
function isWeights(name: string): boolean {
  return /\.(?:gguf|safetensors)$/i.test(name) && !/^mmproj/i.test(name);
}

interface FileGroup {
  readonly name: string;
  /** Of the hub's cache; null elsewhere. */
  readonly repository: string | null;
  readonly parts: readonly string[];
  readonly sizeBytes: number;
}

/** The parts of a split file are one copy, and so are the safetensors files of a folder. */
function grouped(files: readonly FoundFile[]): readonly FileGroup[] {
  const groups = new Map<string, FileGroup>();
  for (const { parts, sizeBytes } of files) {
    const hub = hubRepository(parts);
    const name = groupName(parts);
    const key = [...parts.slice(0, -1), name].join("/");
    const before = groups.get(key);
    groups.set(key, {
      name: hub === null ? name : hub.replace(/\/?$/, isGguf(name) ? `: ${name}` : ""),
      repository: hub === null ? null : (hub.split("/")[1] ?? hub),
      parts: isGguf(name) ? parts : parts.slice(0, -1),
      sizeBytes: sizeBytes + (before?.sizeBytes ?? 0),
    });
  }
  return [...groups.values()];
}

function isGguf(name: string): boolean {
  return /\.gguf$/i.test(name);
}

function groupName(parts: readonly string[]): string {
  const fileName = parts.at(-1) ?? "";
  if (isGguf(fileName)) return fileName.replace(/-\d{5}-of-\d{5}(?=\.gguf$)/i, "");
  return parts.at(-2) ?? fileName;
}

/** `owner/name` of `models--owner--name/snapshots/…` (huggingface_hub: docs/source/en/guides/manage-cache.md). */
function hubRepository(parts: readonly string[]): string | null {
  const [folder = "", kind] = parts;
  const names = kind === "snapshots" ? /^models--(.+?)--(.+)$/.exec(folder) : null;
  return names === null ? null : `${names[1]}/${names[2]}`;
}
