/** Where a copy of a model was found: another tool's store, or a folder that the person named. */
export type InstalledIn = "ollama" | "lm-studio" | "hugging-face" | "llama.cpp" | "folder";

/** One copy on this computer. */
export interface InstalledCopy {
  readonly where: InstalledIn;
  /** As that tool calls it: `llama3.1:8b`, `owner/name`, a file's name. */
  readonly name: string;
  /** All its parts together; null where nothing says. */
  readonly sizeBytes: number | null;
}

/** A model of the catalog that is on this computer already. */
export interface InstalledModel {
  readonly modelId: string;
  readonly copies: readonly InstalledCopy[];
}

/** A folder that is looked into for models, and what came of it. */
export interface ModelFolder {
  readonly where: InstalledIn;
  readonly folder: string;
  /** True where the person named it in the program, and so may take it out again. */
  readonly isNamed: boolean;
  /** Copies of models in it, in the catalog or not; null where there is no such folder. */
  readonly copyCount: number | null;
}

/** What was found on this computer. A folder that is not there is no news. */
export interface InstalledModels {
  readonly models: readonly InstalledModel[];
  /** Found, but not in the catalog under any of their names. */
  readonly unmatched: readonly InstalledCopy[];
  /** What could not be looked at, or not to its end. */
  readonly notes: readonly string[];
}
