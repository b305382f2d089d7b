import type { Model } from "#engine/model.ts";
import type { Options } from "#cli/arguments.ts";
import { findModel, onlyModel } from "#cli/find-model.ts";
import { terminalStyle, type Style } from "#cli/output/style.ts";
import type { Surroundings } from "#cli/surroundings.ts";
import { usableCatalog } from "#cli/usable-catalog.ts";
import { factLines, modelPageUrl, type FactLine } from "#shared/model-facts.ts";

/** `fitment model ID`: every fact of a model, each with its source. */
export async function showModel(
  operands: readonly string[],
  options: Options,
  surroundings: Surroundings,
): Promise<void> {
  const name = onlyModel("model", operands);
  const { models } = await usableCatalog(surroundings);
  const model = findModel(name, models);
  const { print, isColourful } = surroundings;
  if (options.json === true) print(JSON.stringify({ schemaVersion: 1, ...model }, null, 2));
  else print(modelLines(model, terminalStyle(isColourful)).join("\n"));
}

function modelLines(model: Model, style: Style): readonly string[] {
  const pageUrl = modelPageUrl(model);
  return [
    `${style("bold", model.name)} (${model.id})`,
    `${model.developer}, family ${model.family}${pageUrl === null ? "" : `; ${pageUrl}`}`,
    `Tasks: ${model.tasks.join(", ")}. Takes in: ${model.modalities.join(", ")}.`,
    ...(model.origin === "shipped" ? [] : [ORIGIN_TEXT[model.origin]]),
    "",
    ...factLines(model).flatMap((fact) => factText(fact, style)),
    ...(model.notes.length === 0 ? [] : ["", ...model.notes.map((note) => `Note: ${note}`)]),
  ];
}

const ORIGIN_TEXT = {
  own: "From your own catalog.",
  "own-instead-of-shipped": "From your own catalog, instead of the entry that ships with Fitment.",
} as const;

function factText({ label, text, source }: FactLine, style: Style): readonly string[] {
  return text === null
    ? [`${label}: unknown (${source})`]
    : [`${label}: ${text}`, style("dim", `    source: ${source}`)];
}
