import type { Model } from "#engine/model.ts";
import { GgufError } from "#catalog/gguf/header.ts";
import { modelOfGguf } from "#catalog/gguf/model.ts";
import { readGgufSources } from "#catalog/gguf/read-parts.ts";
import { describeConfig } from "./architecture.ts";
import { findGguf, ggufChoices, type GgufChoice } from "./gguf-files.ts";
import { HubError } from "./hub-error.ts";
import type { HubAccess } from "./hub-fetch.ts";
import { licenceOf, modelOfConfig, placeOf } from "./model.ts";
import { type HubRequest, plainRequest } from "./plain-request.ts";
import { readTextFile, remoteSource } from "./remote-file.ts";
import { readRepository, type Repository } from "./repository.ts";

/** A model, or the GGUF files to choose from where a repository has several. */
export type HubAnswer =
  | { readonly kind: "model"; readonly model: Model }
  | { readonly kind: "choose-file"; readonly names: readonly { name: string; fileBytes: number }[] };

/** How a long question tells what it does: one short line each. */
export type OnProgress = (line: string) => void;

/** Reads a model from the hub: its card, its list of files, and its config or the headers of a GGUF file. */
export async function readFromHub(
  asked: HubRequest,
  access: HubAccess,
  onProgress: OnProgress,
): Promise<HubAnswer> {
  const request = plainRequest(asked);
  checkRequest(request, access);
  onProgress(`${request.repository}: file list`);
  const repository = await readRepository(request.repository, access);
  const choices = ggufChoices(repository.files);
  const hasConfig = repository.files.some(({ path }) => path === "config.json");
  const hasWeights = repository.files.some(({ path }) => /\.(?:safetensors|bin)$/.test(path));
  if (request.file === null && hasConfig && (hasWeights || choices.length === 0)) {
    onProgress(`${repository.id}: config.json`);
    return { kind: "model", model: await modelFromConfig(repository, access) };
  }
  const choice = chosen(request, choices);
  if (choice === null) return { kind: "choose-file", names: choices.map(nameAndSize) };
  return { kind: "model", model: await modelFromGguf(choice, repository, { access, onProgress }) };
}

function checkRequest({ repository }: HubRequest, { settings }: HubAccess): void {
  if (!/^[\w.-]{1,96}\/[\w.-]{1,96}$/.test(repository) || repository.includes("..")) {
    throw new HubError("wrong-name", "A model on Hugging Face is named ORG/NAME, such as Qwen/Qwen3-8B.");
  }
  if (settings.token !== null && !/^[\x21-\x7e]+$/.test(settings.token)) {
    throw new HubError(
      "wrong-token",
      "HF_TOKEN holds a space, a line break or another letter that no token has. Set it anew.",
    );
  }
  if (!/^https?:$/.test(protocolOf(settings.endpoint))) {
    throw new HubError("wrong-name", "HF_ENDPOINT is no web address: it begins with https://");
  }
}

function protocolOf(address: string): string {
  try {
    return new URL(address).protocol;
  } catch {
    return ""; // no address at all
  }
}

function chosen({ file }: HubRequest, choices: readonly GgufChoice[]): GgufChoice | null {
  const [only] = choices;
  if (only === undefined) {
    throw new HubError("unusable", "The repository has neither a config.json nor a GGUF file to read.");
  }
  if (file === null) return choices.length === 1 ? only : null;
  const found = findGguf(choices, file);
  if (found !== null) return found;
  const names = choices.map(({ name }) => name);
  throw new HubError(
    "not-found",
    `The repository has no one GGUF file "${file}". It has: ${names.join(", ")}.`,
  );
}

function nameAndSize({ name, fileBytes }: GgufChoice): { name: string; fileBytes: number } {
  return { name, fileBytes };
}

async function modelFromConfig(repository: Repository, access: HubAccess): Promise<Model> {
  const json = parsed(await readTextFile("config.json", repository, access));
  const described = describeConfig(json, repository.safetensorsParameterCount);
  return modelOfConfig(repository, described, json);
}

function parsed(content: string): unknown {
  try {
    return JSON.parse(content);
  } catch {
    throw new HubError("unusable", "The repository's config.json is no JSON."); // the parser's words are about bytes
  }
}

interface Asking {
  readonly access: HubAccess;
  readonly onProgress: OnProgress;
}

async function modelFromGguf(
  choice: GgufChoice,
  repository: Repository,
  { access, onProgress }: Asking,
): Promise<Model> {
  const sources = choice.files.map((file, index) => {
    const source = remoteSource(file, repository, access);
    return {
      ...source,
      readBeginning: (lengthBytes: number) => {
        onProgress(`${file.path}: header (${index + 1} of ${choice.files.length})`);
        return source.readBeginning(lengthBytes);
      },
    };
  });
  try {
    const model = modelOfGguf(await readGgufSources(sources), placeOf(repository));
    const licence = licenceOf(repository);
    return {
      ...model,
      huggingFaceId: repository.id,
      licence: "value" in licence ? licence : model.licence,
      notes: [...model.notes, `The file is of ${placeOf(repository)}.`],
    };
  } catch (error) {
    if (error instanceof GgufError) throw new HubError("unusable", error.message);
    throw error;
  }
}
