import { createHash } from "node:crypto";
import type { Fact } from "#engine/fact.ts";
import { expandLayers, layerTensors, parameterCount } from "#engine/memory/tensors.ts";
import type { Architecture, Licence, Model } from "#engine/model.ts";
import { architectureOf } from "./architecture.ts";
import { GgufError, type GgufHeader } from "./header.ts";
import { hyperparametersOf, metadataText } from "./hyperparameters.ts";
import { shown } from "./metadata.ts";
import type { GgufModelFile } from "./read-parts.ts";

/**
 * The catalog's entry for a GGUF file. What a header does not say is missing, with that reason. `place` is where
 * the file lies, if not on this computer.
 */
export function modelOfGguf(file: GgufModelFile, place?: string): Model {
  const { fileName, metadata } = file;
  const source = place === undefined ? `GGUF file ${fileName}` : `GGUF file ${fileName}, ${place}`;
  const architecture = describedArchitecture(file);
  const packing = architecture.exactWeights?.quantization ?? "unknown packing";
  const trainedContextLength = hyperparametersOf(metadata).optionalCount("context_length");
  return {
    id: idOf(fileName),
    origin: "own",
    name: `${metadataText(metadata, "general.name") ?? stemOf(fileName)} (${packing} file)`,
    family: metadataText(metadata, "general.basename") ?? hyperparametersOf(metadata).architecture,
    developer: metadataText(metadata, "general.organization") ?? "developer not stated",
    huggingFaceId: repositoryOf(metadata),
    releaseMonth: NOT_IN_A_GGUF_FILE,
    licence: licenceOf(metadata, source),
    parameterCount: { value: parameterCount(architecture), source: `${source}: its tensors added up` },
    activeParameterCount: activeParametersOf(architecture, source),
    trainedContextLength:
      trainedContextLength === null || trainedContextLength === 0
        ? { missing: "the file has no context_length" }
        : { value: trainedContextLength, source },
    releasePrecision: NOT_IN_A_GGUF_FILE,
    architecture: { value: architecture, source },
    modalities: ["text"],
    tasks: ["not stated"],
    notes: [`Added from ${fileName}: sizes are the file's own, and the verdict is about this file.`],
  };
}

function describedArchitecture(file: GgufModelFile): Architecture {
  try {
    return architectureOf(file);
  } catch (error) {
    if (error instanceof GgufError) throw new GgufError(`${shown(file.fileName)}: ${error.message}`);
    throw error;
  }
}

const NOT_IN_A_GGUF_FILE = { missing: "a GGUF file does not say it" };

/**
 * `llama-3.1-8b-q4-k-m` of `Llama-3.1-8B.Q4_K_M.gguf`; a split file's without the part's number. A name in letters that
 * an id cannot have ends in a number made of it, so that two of them are two models.
 */
export function idOf(fileName: string): string {
  const stem = stemOf(fileName);
  const bare = stem.normalize("NFKD").replaceAll(/\p{M}/gu, ""); // without accents
  const id = plainId(bare);
  return /\P{ASCII}/u.test(bare) ? `${id}-${shortHash(stem)}` : id;
}

function shortHash(text: string): string {
  return createHash("sha1").update(text).digest("hex").slice(0, 8);
}

function plainId(stem: string): string {
  const id = stem
    .toLowerCase()
    .replaceAll(/[^a-z0-9.]+/g, "-")
    .replaceAll(/-*\.[-.]*/g, ".")
    .replaceAll(/^[-.]+|[-.]+$/g, "")
    .slice(0, ID_LENGTH_MAX)
    .replaceAll(/[-.]+$/g, "");
  return id === "" ? "own-model" : id;
}

const ID_LENGTH_MAX = 100;

function stemOf(fileName: string): string {
  return fileName.replace(/\.gguf$/i, "").replace(/-\d{5}-of-\d{5}$/, "");
}

/** The repository on Hugging Face that the file names as its own or as its source. */
function repositoryOf(metadata: GgufHeader["metadata"]): string | null {
  const keys = ["general.repo_url", "general.source.repo_url", "general.source.huggingface.repository"];
  for (const key of keys) {
    const text = metadataText(metadata, key)?.replace(/^https:\/\/huggingface\.co\//, "");
    if (text !== undefined && /^[\w.-]+\/[\w.-]+$/.test(text)) return text;
  }
  return null;
}

function licenceOf(metadata: GgufHeader["metadata"], source: string): Fact<Licence> {
  const keys = ["general.license.name", "general.license"];
  const name = keys.map((key) => metadataText(metadata, key)).find((text) => text !== null);
  if (name === undefined) return { missing: "the file names no licence" };
  const note = "as the file names it; check the licence itself";
  return { value: { name, commercialUse: "unknown", note }, source };
}

/** All parameters but those of the experts that do not run for a token. */
export function activeParametersOf(architecture: Architecture, source: string): Fact<number> {
  const idle = expandLayers(architecture).reduce((sum, kind) => {
    const { feedForward } = kind;
    if (feedForward.kind !== "experts") return sum;
    const { expertCount, activeExpertCount } = feedForward;
    const routed = layerTensors(kind, architecture.hiddenSize)
      .filter(({ isRoutedExpert }) => isRoutedExpert)
      .reduce((elements, { elementCount }) => elements + elementCount, 0);
    return sum + (routed / expertCount) * (expertCount - activeExpertCount);
  }, 0);
  return idle === 0
    ? { missing: "dense: every parameter runs for every token" }
    : {
        value: parameterCount(architecture) - idle,
        source: `${source}: its tensors without the experts that do not run`,
      };
}
