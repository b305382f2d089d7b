import type { Model } from "#engine/model.ts";
import { didYouMean } from "./did-you-mean.ts";
import { UsageError } from "./usage-error.ts";

/** The model a person means: by id, by name, or by Hugging Face id, whatever the case. */
export function findModel(text: string, models: readonly Model[]): Model {
  const wanted = plain(text);
  const found =
    models.find((model) => model.id === text) ??
    models.find((model) => namesOf(model).some((name) => plain(name) === wanted));
  if (found !== undefined) return found;
  const nearest = didYouMean(
    text,
    models.map((model) => model.id),
  );
  throw new UsageError(`The catalog has no model "${text}".${nearest} All models: fitment list`);
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
  if (huggingFaceId === null) return [id, name];
  const [, repository = ""] = huggingFaceId.split("/");
  return [id, name, huggingFaceId, repository];
}

function plain(text: string): string {
  return text.toLowerCase().replaceAll(/[\s_]+/g, "-");
}
