import { isKnown } from "#engine/fact.ts";
import type { Model } from "#engine/model.ts";
import type { Options } from "#cli/arguments.ts";
import { didYouMean } from "#cli/did-you-mean.ts";
import { type InstalledById, installedById } from "#cli/installed.ts";
import { terminalStyle } from "#cli/output/style.ts";
import { originMark } from "#cli/output/origin-mark.ts";
import { tableLines } from "#cli/output/table.ts";
import type { Surroundings } from "#cli/surroundings.ts";
import { usableCatalog } from "#cli/usable-catalog.ts";
import { UsageError } from "#cli/usage-error.ts";
import { formatContextShort, formatParameterCount } from "#shared/format.ts";

const COLUMNS = [
  { heading: "Model", align: "start" },
  { heading: "Parameters", align: "end" },
  { heading: "Context", align: "end" },
  { heading: "Released", align: "start" },
  { heading: "Licence", align: "start" },
  { heading: "", align: "start" },
] as const;

/** `fitment models`: what the catalog holds, newest first, as far as it is asked for. */
export async function listModels(options: Options, surroundings: Surroundings): Promise<void> {
  const { models } = await usableCatalog(surroundings);
  const matching = models.filter(matcher(options, models)).sort(compareByRelease);
  const installed = await installedById(surroundings);
  const wanted = options.installed === true ? matching.filter(({ id }) => installed.has(id)) : matching;
  const { print, isColourful, columns } = surroundings;
  const withCopies = (model: Model): object => ({
    ...model,
    installed: installed.get(model.id)?.copies ?? [],
  });
  if (options.json === true) {
    print(JSON.stringify({ schemaVersion: 1, models: wanted.map(withCopies) }, null, 2));
    return;
  }
  const [heading = "", ...lines] = tableLines(
    COLUMNS,
    wanted.map((model) => modelCells(model, installed)),
    columns,
  );
  print([terminalStyle(isColourful)("bold", heading), ...lines].join("\n"));
  print(`${wanted.length} of ${models.length} models`);
}

function matcher(options: Options, models: readonly Model[]): (model: Model) => boolean {
  const words = (options.search ?? "").toLowerCase().split(/\s+/).filter(Boolean);
  const family = options.family === undefined ? null : familyNamed(options.family, models);
  const needsCommercialUse = options.licence !== undefined && isCommercial(options.licence);
  return (model) =>
    words.every((word) => searchText(model).includes(word)) &&
    (family === null || model.family === family) &&
    (!needsCommercialUse || allowsCommercialUse(model));
}

function familyNamed(text: string, models: readonly Model[]): string {
  const families = [...new Set(models.map((model) => model.family))];
  const found = families.find((family) => family.toLowerCase() === text.toLowerCase());
  if (found !== undefined) return found;
  throw new UsageError(`The catalog has no family "${text}".${didYouMean(text, families)}`);
}

function isCommercial(text: string): boolean {
  if (text === "commercial") return true;
  throw new UsageError(`--licence takes "commercial"; "${text}" is not known.`);
}

/** Licences with conditions count: they are named, and a person reads them. Unknown ones do not. */
function allowsCommercialUse({ licence }: Model): boolean {
  return isKnown(licence) && ["yes", "conditional"].includes(licence.value.commercialUse);
}

function searchText({ id, name, family, developer, tasks, modalities }: Model): string {
  return [id, name, family, developer, ...tasks, ...modalities].join(" ").toLowerCase();
}

function compareByRelease(one: Model, other: Model): number {
  return month(other).localeCompare(month(one)) || one.id.localeCompare(other.id, "en");
}

function month({ releaseMonth }: Model): string {
  return isKnown(releaseMonth) ? releaseMonth.value : "";
}

function modelCells(model: Model, installed: InstalledById): readonly string[] {
  const { id, origin, parameterCount, trainedContextLength, releaseMonth, licence } = model;
  return [
    id,
    isKnown(parameterCount) ? formatParameterCount(parameterCount.value) : "unknown",
    isKnown(trainedContextLength) ? formatContextShort(trainedContextLength.value) : "unknown",
    isKnown(releaseMonth) ? releaseMonth.value : "unknown",
    isKnown(licence) ? licence.value.name : "unknown",
    [originMark(origin), installed.has(id) ? "installed" : ""].filter((mark) => mark !== "").join(", "),
  ];
}
