import type { CatalogProblem } from "#engine/catalog.ts";
import { isKnown } from "#engine/fact.ts";
import { otherNamesOf, type Model } from "#engine/model.ts";
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
  const wanted = plain(text);
  const found =
    models.find((model) => model.id === text) ??
    models.find((model) => namesOf(model).some((name) => plain(name) === wanted));
  if (found !== undefined) return found;
  const nearest = didYouMean(
    text,
    models.map((model) => model.id),
  );
  if (/\.gguf$/i.test(text)) {
    throw new UsageError(`A model file joins the catalog first: fitment add ${text}`);
  }
  if (problems.some(isOfModels)) {
    throw new AnswerError(
      `The catalog has no model "${text}" that can be read; it may be one of those left out.${nearest} What is wrong with them: fitment catalog check`,
    );
  }
  throw new UsageError(`The catalog has no model "${text}".${nearest} All models: fitment list`);
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
  const { id, name, huggingFaceId } = model;
  const others = [...otherNamesOf(model), ...prefixedNamesOf(model)];
  if (huggingFaceId === null) return [id, name, ...others];
  const [, repository = ""] = huggingFaceId.split("/");
  return [id, name, huggingFaceId, repository, ...others];
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
