import { isKnown } from "#engine/fact.ts";
import type { Model } from "#engine/model.ts";
import type { TaskQuality } from "#engine/quality.ts";
import type { Options } from "#cli/arguments.ts";
import { didYouMean } from "#cli/did-you-mean.ts";
import { type InstalledById, installedById } from "#cli/installed.ts";
import { inOrder, listedQuality, listRequest, type ListRequest } from "#cli/model-list.ts";
import { searchNear } from "#cli/near-search.ts";
import { modelListLines } from "#cli/output/model-list-lines.ts";
import type { Surroundings } from "#cli/surroundings.ts";
import { usableCatalog, usableQuality } from "#cli/usable-catalog.ts";
import { UsageError } from "#cli/usage-error.ts";

/** `fitment models`: what the catalog holds, newest first, as far as it is asked for; of a search the closest first. */
export async function listModels(options: Options, surroundings: Surroundings): Promise<void> {
  const request = listRequest(options);
  const { models } = await usableCatalog(surroundings);
  const quality = request.task === null ? null : await usableQuality(surroundings);
  const installed = await installedById(surroundings);
  const qualityOf = (model: Model): TaskQuality | null => listedQuality(quality, model, request.task);
  const sorted = inOrder(models, request.order ?? "newest", (model) => qualityOf(model)?.index ?? null);
  const eligible = sorted.filter(matcher(options, models, installed));
  const wanted = searched(eligible, options.search ?? "", { request, ...surroundings });
  if (options.json === true) {
    const listed = wanted.map((model) => ({
      ...model,
      installed: installed.get(model.id)?.copies ?? [],
      ...(request.task === null ? {} : { quality: qualityAnswer(qualityOf(model)) }),
    }));
    surroundings.print(JSON.stringify({ schemaVersion: 1, models: listed }, null, 2));
    return;
  }
  const { isColourful, columns, print } = surroundings;
  const view = { task: request.task, qualityOf, installed, isColourful, columns };
  if (wanted.length > 0) print(modelListLines(wanted, view).join("\n"));
  print(`${wanted.length} of ${models.length} models`);
  if (wanted.length === 0) surroundings.complain(emptyText(options));
}

/** What is meant by the text; a misspelt word is said to be read as another. */
function searched(
  models: readonly Model[],
  text: string,
  { request, complain }: Pick<Surroundings, "complain"> & { readonly request: ListRequest },
): readonly Model[] {
  const found = searchNear(models, text);
  if (found.models.length > 0 && found.text !== text)
    complain(`Nothing is called "${text}"; these are for "${found.text}".`);
  if (request.order === null) return found.models;
  const meant = new Set(found.models);
  return models.filter((model) => meant.has(model));
}

function matcher(
  options: Options,
  models: readonly Model[],
  installed: InstalledById,
): (model: Model) => boolean {
  const families = options.family === undefined ? null : familiesNamed(options.family, models);
  const needsCommercialUse = options.licence !== undefined && isCommercial(options.licence);
  return (model) =>
    (families === null || families.includes(model.family)) &&
    (!needsCommercialUse || allowsCommercialUse(model)) &&
    (options.installed !== true || installed.has(model.id));
}

/** The family of that name; where there is none, all whose name begins so: "llama" is Llama 2, 3, 3.1 and on. */
function familiesNamed(text: string, models: readonly Model[]): readonly string[] {
  const families = [...new Set(models.map((model) => model.family))];
  const wanted = plain(text);
  const exact = families.filter((family) => plain(family) === wanted);
  const found = exact.length > 0 ? exact : families.filter((family) => plain(family).startsWith(wanted));
  if (found.length > 0 && wanted !== "") return found;
  throw new UsageError(`The catalog has no family "${text}".${didYouMean(text, families)}`);
}

function plain(text: string): string {
  return text.toLowerCase().replaceAll(/[\s_-]+/g, "");
}

function isCommercial(text: string): boolean {
  if (text === "commercial") return true;
  throw new UsageError(`--licence takes "commercial"; "${text}" is not known.`);
}

/** Licences with conditions count: they are named, and a person reads them. Unknown ones do not. */
function allowsCommercialUse({ licence }: Model): boolean {
  return isKnown(licence) && ["yes", "conditional"].includes(licence.value.commercialUse);
}

function qualityAnswer(quality: TaskQuality | null): object | null {
  if (quality === null) return null;
  const { task, mode, index, low, high, evidence } = quality;
  return { task, mode, index, low, high, evidence };
}

/** What helps where nothing is left: which of the conditions to drop, or how a model comes in. */
function emptyText({ search = "", family, licence, installed }: Options): string {
  const others = [
    ...(family === undefined ? [] : ["--family"]),
    ...(licence === undefined ? [] : ["--licence"]),
    ...(installed === true ? ["--installed"] : []),
  ];
  if (others.length > 0) {
    const asked = search.trim() === "" ? others : ["--search", ...others];
    return `No model meets ${asked.join(" and ")}${asked.length === 1 ? "" : " at once"}. All of them: fitment models`;
  }
  return `No model here is called "${search}". Fewer words find more; one that is not here is added with: fitment add --hf ORG/NAME`;
}
