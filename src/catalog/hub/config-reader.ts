import { shown } from "#catalog/gguf/metadata.ts";
import { HubError } from "./hub-error.ts";

/** Reads values of a `config.json` by key; what a family's code implies stands in for what a file leaves out. */
export interface Config {
  readonly modelType: string;
  /** A whole number from 1; throws where it is missing. */
  readonly count: (key: string) => number;
  /** The same; null where it is missing, null or 0. */
  readonly optionalCount: (key: string) => number | null;
  /** Null where it is missing. */
  readonly optionalFlag: (key: string) => boolean | null;
  readonly flag: (key: string) => boolean;
  readonly texts: (key: string) => readonly string[] | null;
  readonly numbers: (key: string) => readonly number[] | null;
  readonly text: (key: string) => string | null;
}

/** Far beyond any model, and small enough that products of a few stay exact. */
const COUNT_MAX = 2 ** 31;
/** The deepest known model has 126 layers. */
export const LAYER_COUNT_MAX = 1024;

/** A JSON object; other JSON is none. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** Null for anything but an object. */
export function asObject(value: unknown): JsonObject | null {
  const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
  return isObject ? (value as JsonObject) : null; // checked on the line before
}

/** A reader of one config; `implied` are the values that the family's own code has for keys a file leaves out. */
export function configReader(modelType: string, stated: JsonObject, implied: JsonObject): Config {
  const valueOf = (key: string): unknown => (Object.hasOwn(stated, key) ? stated[key] : implied[key]);
  const optionalCount = (key: string): number | null => {
    const value = valueOf(key);
    if (value === undefined || value === null || value === 0) return null;
    if (typeof value === "number" && Number.isInteger(value) && value > 0 && value <= COUNT_MAX) return value;
    throw wrong(key, "a whole number", value);
  };
  const optionalFlag = (key: string): boolean | null => {
    const value = valueOf(key);
    if (value === undefined || value === null) return null;
    if (typeof value === "boolean") return value;
    throw wrong(key, "true or false", value);
  };
  return {
    modelType,
    optionalCount,
    optionalFlag,
    count: (key) => optionalCount(key) ?? missing(key),
    flag: (key) => optionalFlag(key) ?? false,
    texts: (key) => listOf(key, valueOf(key), (entry) => typeof entry === "string"),
    numbers: (key) => listOf(key, valueOf(key), (entry) => typeof entry === "number"),
    text: (key) => {
      const value = valueOf(key);
      return typeof value === "string" ? value : null;
    },
  };
}

function listOf<Entry>(
  key: string,
  value: unknown,
  isEntry: (entry: unknown) => entry is Entry,
): Entry[] | null {
  if (value === undefined || value === null) return null;
  if (Array.isArray(value) && value.length <= LAYER_COUNT_MAX && value.every(isEntry)) return value;
  throw wrong(key, "a list, one entry a layer", value);
}

function missing(key: string): never {
  throw new HubError(
    "unusable",
    `config.json does not state "${key}", without which the model cannot be described.`,
  );
}

function wrong(key: string, expected: string, value: unknown): HubError {
  const found = shown(JSON.stringify(value));
  return new HubError("unusable", `config.json: "${key}" should be ${expected}, but is ${found}.`);
}
