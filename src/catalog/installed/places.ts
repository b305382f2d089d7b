import path from "node:path";
import type { InstalledIn } from "#engine/installed.ts";
import type { Home } from "#catalog/own/data-folder.ts";

/** A folder in which models may lie, and whose it is. */
export interface ModelPlace {
  readonly where: InstalledIn;
  readonly folder: string;
}

/**
 * Where models lie on this system, by each tool's own rules: Ollama's OLLAMA_MODELS and its Linux service's folder,
 * LM Studio's two homes, the hub's HF_HUB_CACHE and HF_HOME, llama.cpp's LLAMA_CACHE; then the folders a person named,
 * in FITMENT_MODEL_DIRS or in `named`.
 */
export function modelPlaces(home: Home, named: readonly string[] = []): readonly ModelPlace[] {
  const { homeFolder, env } = home;
  const fromEnvironment = (env.FITMENT_MODEL_DIRS ?? "").split(path.delimiter);
  const places: readonly ModelPlace[] = [
    ...ollamaFolders(home).map((folder) => ({ where: "ollama", folder }) as const),
    { where: "lm-studio", folder: path.join(homeFolder, ".lmstudio", "models") },
    { where: "lm-studio", folder: path.join(homeFolder, ".cache", "lm-studio", "models") },
    { where: "hugging-face", folder: hubCache(home) },
    { where: "llama.cpp", folder: set(env.LLAMA_CACHE) ?? path.join(cacheFolder(home), "llama.cpp") },
    ...[...fromEnvironment, ...named].map((folder) => ({ where: "folder", folder }) as const),
  ];
  return places.filter(({ folder }) => path.isAbsolute(folder));
}

function ollamaFolders({ platform, homeFolder, env }: Home): readonly string[] {
  const named = set(env.OLLAMA_MODELS);
  if (named !== null) return [named];
  const own = path.join(homeFolder, ".ollama", "models");
  return platform === "linux" ? [own, "/usr/share/ollama/.ollama/models"] : [own];
}

function hubCache({ homeFolder, env }: Home): string {
  const named = set(env.HF_HUB_CACHE);
  if (named !== null) return named;
  const cache = set(env.XDG_CACHE_HOME) ?? path.join(homeFolder, ".cache");
  return path.join(set(env.HF_HOME) ?? path.join(cache, "huggingface"), "hub");
}

function cacheFolder({ platform, homeFolder, env }: Home): string {
  if (platform === "darwin") return path.join(homeFolder, "Library", "Caches");
  if (platform === "win32") return set(env.LOCALAPPDATA) ?? path.join(homeFolder, "AppData", "Local");
  return set(env.XDG_CACHE_HOME) ?? path.join(homeFolder, ".cache");
}

function set(value: string | undefined): string | null {
  return value === undefined || value.trim() === "" ? null : value;
}
