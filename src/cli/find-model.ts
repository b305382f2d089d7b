import type { CatalogProblem } from "#engine/catalog.ts";
import { isKnown } from "#engine/fact.ts";
import type { Model } from "#engine/model.ts";
import { modelNames, nameKey, searchModels, withoutAddress } from "#engine/model-search.ts";
import { plainRequest } from "#catalog/hub/plain-request.ts";
import { didYouMean } from "./did-you-mean.ts";
import { AnswerError, UsageError } from "./usage-error.ts";

/**
 * The model a person means: by id, by name, by Hugging Face id or by what Ollama or LM Studio calls it, with that
 * program's name before it or without (`ollama:llama3.1:8b`), whatever the case. Where entries of the catalog had to be
 * left out it may be one of those: then the name may be right, and only the answer is missing.
 */
export function findModel(
  text: string,
  models: readonly Model[],
  problems: readonly CatalogProblem[] = [],
): Model {
  const [found, ...more] = modelsCalled(text, models);
  if (found !== undefined && more.length === 0) return found;
  if (found !== undefined) {
    const ids = [found, ...more].map(({ id }) => `"${id}"`);
    throw new UsageError(`"${text}" is the name of several models: ${ids.join(", ")}. Say which.`);
  }
  throw notFound(text, models, problems);
}

/** In the strictest sense in which any is called so: by id, by a whole name, by a repository with packings of it. */
function modelsCalled(text: string, models: readonly Model[]): readonly Model[] {
  const wanted = plain(withoutAddress(text));
  const key = nameKey(text);
  const senses: readonly ((model: Model) => boolean)[] = [
    ({ id }) => id === text,
    (model) => namesOf(model).some((name) => plain(name) === wanted),
    ({ published = [] }) => published.some(({ repository }) => plain(repository) === wanted),
    // Ollama's names are told apart by more than letters: `mistral:7b` is another version than "Mistral 7B".
    (model) => key !== "" && !text.includes(":") && modelNames(model).some((name) => nameKey(name) === key),
  ];
  for (const isCalled of senses) {
    const found = models.filter(isCalled);
    if (found.length > 0) return found;
  }
  return [];
}

const MOST_SUGGESTED = 3;

function notFound(text: string, models: readonly Model[], problems: readonly CatalogProblem[]): Error {
  if (/\.gguf$/i.test(text))
    return new UsageError(`A model file joins the catalog first: fitment add ${text}`);
  const nearest = suggestion(text, models);
  if (problems.some(isOfModels)) {
    return new AnswerError(
      `The catalog has no model "${text}" that can be read; it may be one of those left out.${nearest} What is wrong with them: fitment catalog check`,
    );
  }
  const { repository } = plainRequest({ repository: text, file: null });
  const isRepository = /^[\w.-]+\/[\w.-]+$/.test(repository);
  const rest = isRepository ? `To add it: fitment add --hf ${repository}` : "All models: fitment models";
  return new UsageError(`The catalog has no model "${text}".${nearest} ${rest}`);
}

/** What a search for it finds, the shortest names first; else what is nearest by its letters. */
function suggestion(text: string, models: readonly Model[]): string {
  const shortest = [...models].sort((one, other) => one.id.length - other.id.length);
  const found = text.trim() === "" ? [] : searchModels(shortest, text).slice(0, MOST_SUGGESTED);
  const ids = found.map(({ id }) => `"${id}"`);
  if (ids.length > 0) return ` Did you mean ${ids.join(" or ")}?`;
  return didYouMean(
    text,
    models.map((model) => model.id),
  );
}

/** In the shipped catalog and in a person's own folder, models have a folder of that name. */
function isOfModels({ file }: CatalogProblem): boolean {
  return file.split(/[\\/]/).includes("models");
}

/** The one model that a command was given. */
export function onlyModel(command: string, operands: readonly string[]): string {
  const [name, ...more] = operands;
  if (name === undefined) throw new UsageError(`${command} takes a model: fitment ${command} llama-3-8b`);
  if (more.length > 0) throw new UsageError(`${command} takes one model; "${more.join(" ")}" is too much.`);
  return name;
}

function namesOf(model: Model): readonly string[] {
  return [...modelNames(model), ...prefixedNamesOf(model)];
}

function prefixedNamesOf({ otherNames }: Model): readonly string[] {
  const { ollama, lmStudio } = otherNames ?? {};
  return [
    ...(ollama !== undefined && isKnown(ollama) ? [`ollama:${ollama.value}`] : []),
    ...(lmStudio !== undefined && isKnown(lmStudio) ? [`lmstudio:${lmStudio.value}`] : []),
  ];
}

function plain(text: string): string {
  return text.toLowerCase().replaceAll(/[\s_]+/g, "-");
}
