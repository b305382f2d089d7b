/*
 * A catalog entry as a file states it, correct and as short as can be, and copies of it with one thing changed. What
 * is optional is left out, so the tests see the defaults as well.
 */

export type Json = Record<string, unknown>;

export const ARCHITECTURE: Json = {
  hiddenSize: 64,
  vocabularySize: 1000,
  tiedEmbeddings: true,
  otherParameterCount: 64,
  layerKinds: {
    layer: {
      mixer: { kind: "attention", headCount: 4, kvHeadCount: 2, keyLength: 16, valueLength: 16 },
      feedForward: { kind: "dense", size: 256, gated: true },
      smallParameterCount: 128,
    },
  },
  layerOrder: [{ repeat: 2, of: ["layer"] }],
};

export const ENTRY: Json = {
  id: "small-1b",
  name: "Small 1B",
  huggingFaceId: "maker/Small-1B",
  releaseMonth: { value: "2024-04", source: "maker/small: README.md" },
  licence: { value: { name: "MIT", commercialUse: "yes" }, source: "maker/small: LICENSE" },
  parameterCount: { value: 1_000_000, source: "maker/small: README.md" },
  activeParameterCount: { missing: "dense" },
  trainedContextLength: { value: 4096, source: "maker/small: config.json" },
  releasePrecision: { value: "BF16", source: "maker/small: config.json" },
  architecture: { value: ARCHITECTURE, source: "maker/small: config.json" },
  modalities: ["text"],
  tasks: ["chat"],
};

/** A model file with those entries. */
export function modelFile(...models: readonly Json[]): Json {
  return { family: "Small", developer: "Maker", models };
}

/** A copy with the value at `path` replaced; `undefined` takes the key away. */
export function changed(original: Json, path: readonly string[], value: unknown): Json {
  const [key, ...rest] = path;
  if (key === undefined) throw new Error("expected a path");
  const { [key]: old, ...others } = original;
  if (rest.length > 0) return { ...others, [key]: changed(asObject(old), rest, value) };
  return value === undefined ? others : { ...others, [key]: value };
}

function asObject(value: unknown): Json {
  if (typeof value !== "object" || value === null) throw new Error("expected an object on the path");
  return value as Json; // checked just above
}
