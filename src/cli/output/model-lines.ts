import { isKnown } from "#engine/fact.ts";
import type { Model, PublishedPackings } from "#engine/model.ts";
import { factLines, modelPageUrl, type FactLine } from "#shared/model-facts.ts";
import { wrapText } from "./paragraph.ts";
import type { Style } from "./style.ts";

type SourcedFact = Pick<FactLine, "label" | "text" | "source">;

interface View {
  readonly style: Style;
  readonly columns: number | null;
}

const SOURCE_INDENT = 4;

/** Every fact of a model with its source, wrapped where somebody looks at it on a terminal. */
export function modelLines(model: Model, models: readonly Model[], view: View): readonly string[] {
  const { style, columns } = view;
  const wrapped = (text: string): readonly string[] => wrapText(text, { width: columns, indent: 0 });
  const pageUrl = modelPageUrl(model);
  const facts = [...factLines(model, models), ...lmStudioLine(model), ...publishedLines(model)];
  return [
    `${style("bold", model.name)} (${model.id})`,
    ...wrapped(`${model.developer}, family ${model.family}${pageUrl === null ? "" : `; ${pageUrl}`}`),
    ...wrapped(`Tasks: ${model.tasks.join(", ")}. Takes in: ${model.modalities.join(", ")}.`),
    ...(model.origin === "shipped" ? [] : [ORIGIN_TEXT[model.origin]]),
    "",
    ...facts.flatMap((fact) => factText(fact, view)),
    ...(model.notes.length === 0 ? [] : ["", ...model.notes.flatMap((note) => wrapped(`Note: ${note}`))]),
  ];
}

const ORIGIN_TEXT = {
  own: "From your own catalog.",
  "own-instead-of-shipped": "From your own catalog, instead of the entry that ships with Fitment.",
} as const;

function factText({ label, text, source }: SourcedFact, { style, columns }: View): readonly string[] {
  const width = columns;
  if (text === null) return wrapText(`${label}: unknown (${source})`, { width, indent: 0 });
  const sourceLines = wrapText(`source: ${source}`, { width, indent: SOURCE_INDENT });
  return [
    ...wrapText(`${label}: ${text}`, { width, indent: 0 }),
    ...sourceLines.map((line) => style("dim", line)),
  ];
}

function lmStudioLine({ otherNames }: Model): readonly SourcedFact[] {
  const name = otherNames?.lmStudio;
  if (name === undefined || !isKnown(name)) return [];
  return [{ label: "In LM Studio", text: name.value, source: name.source }];
}

/** Where packings of it are known to be published; one source is said once. */
function publishedLines({ published = [] }: Model): readonly SourcedFact[] {
  const sources = [...new Set(published.map(({ source }) => source))];
  return sources.map((source) => ({
    label: "Packings published in",
    text: published
      .filter((each) => each.source === source)
      .map(packingsText)
      .join(", "),
    source,
  }));
}

/** "Qwen/Qwen3-8B-AWQ (AWQ)". */
function packingsText({ repository, quantizations }: PublishedPackings): string {
  return `${repository} (${quantizations.length === 0 ? "GGUF" : quantizations.join(", ")})`;
}
