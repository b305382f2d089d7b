import { GgufError, type GgufHeader } from "./header.ts";
import { shown } from "./metadata.ts";

/** Reads the numbers of a model's metadata by their key without the architecture's name. */
export interface Hyperparameters {
  /** The architecture's name in the file, `qwen3moe`. */
  readonly architecture: string;
  readonly count: (key: string) => number;
  /** Null where the key is not there. */
  readonly optionalCount: (key: string) => number | null;
  /** One number for all layers, or one for each. */
  readonly layerCount: (key: string, layer: number) => number;
  /** The list of flags or the period of a pattern; null where the key is not there. */
  readonly pattern: (key: string) => readonly number[] | number | null;
}

/** Far beyond any model, and small enough that products of a few stay exact. */
const COUNT_MAX = 2 ** 31;

export function hyperparametersOf(metadata: GgufHeader["metadata"]): Hyperparameters {
  const architecture = architectureName(metadata);
  const optional = (key: string): number | null => {
    const value = metadata.get(`${architecture}.${key}`);
    return value === undefined ? null : checkedCount(value, key);
  };
  return {
    architecture,
    optionalCount: optional,
    count: (key) => optional(key) ?? missing(key),
    layerCount: (key, layer) => {
      const value = metadata.get(`${architecture}.${key}`);
      if (typeof value !== "object") return optional(key) ?? missing(key);
      const entry = value.kind === "list" ? value.numbers?.[layer] : undefined;
      return entry === undefined ? missing(`${key} of layer ${layer}`) : checkedCount(entry, key);
    },
    pattern: (key) => {
      const value = metadata.get(`${architecture}.${key}`);
      if (typeof value === "object") return value.kind === "list" ? value.numbers : null;
      return value === undefined ? null : checkedCount(value, key);
    },
  };
}

/** A text of the metadata, without what cannot be printed; null where it is not there or empty. */
export function metadataText(metadata: GgufHeader["metadata"], key: string): string | null {
  const value = metadata.get(key);
  if (typeof value !== "string") return null;
  const text = value.replaceAll(/[\p{C}\p{Zl}\p{Zp}\s]+/gu, " ").trim();
  return text === "" ? null : text.slice(0, TEXT_LENGTH_MAX);
}

const TEXT_LENGTH_MAX = 200;

function architectureName(metadata: GgufHeader["metadata"]): string {
  const name = metadata.get("general.architecture");
  if (typeof name === "string") return name;
  throw new GgufError("The file does not say its architecture (general.architecture): it is no model.");
}

function checkedCount(value: unknown, key: string): number {
  if (typeof value === "number" && Number.isInteger(value) && value >= 0 && value < COUNT_MAX) return value;
  throw new GgufError(`The metadata "${shown(key)}" is no count.`);
}

function missing(key: string): never {
  throw new GgufError(`The metadata has no "${shown(key)}", without which the memory cannot be computed.`);
}
