import { isKnown, type Fact } from "#engine/fact.ts";
import { expandLayers } from "#engine/memory/tensors.ts";
import type { Architecture, Languages, Licence, Model } from "#engine/model.ts";
import type { Scenario } from "#engine/scenario.ts";
import { supersededBy } from "#engine/supersession.ts";
import { toldText } from "./english/told-text.ts";
import { formatContext, formatParameterCount, isRoundedCount } from "./format.ts";
import { languageOfCode } from "./language-name.ts";
import { licenceTermTexts } from "./licence-text.ts";
import { andText, commaText, sentencesText } from "#words/lists.ts";
import { numberText } from "#words/numbers.ts";
import { say } from "#words/say.ts";
import { spoken } from "#words/spoken.ts";

/** A fact as the panel shows it: with its source, or with the reason why there is none. */
export interface FactLine {
  readonly label: string;
  /** Null where the fact is missing; `source` then says why. */
  readonly text: string | null;
  readonly source: string;
  /** What the catalog says in it, as it says it: in English. */
  readonly catalogTexts: readonly string[];
}

/** Where a fact was read, or why there is none. */
export function toldSource(source: string): Pick<FactLine, "source" | "catalogTexts"> {
  return { source: toldText(source), catalogTexts: [source] };
}

/** Every fact a verdict or a choice rests on; `models` is the catalog, where others may be said to replace it. */
export function factLines(model: Model, models: readonly Model[]): readonly FactLine[] {
  return [
    factLine(say("Parameters"), model.parameterCount, parametersText),
    ...activeParametersLine(model),
    factLine(say("Trained context"), model.trainedContextLength, formatContext),
    factLine(say("Released at"), model.releasePrecision, (precision) => precision),
    factLine(say("Architecture"), model.architecture, architectureText),
    licenceLine(model),
    ...licenceTermsLine(model),
    factLine(say("Released"), model.releaseMonth, (month) => month),
    ...supersessionLines(model, models),
    ...languagesLine(model),
    ...ollamaLine(model),
  ];
}

/** The longest context the model was trained for, where more is asked of it; else null. */
export function exceededContextLength(model: Model, scenario: Scenario): number | null {
  const trained = model.trainedContextLength;
  return isKnown(trained) && scenario.contextLength > trained.value ? trained.value : null;
}

/** The model's page at its publisher; null where none is known. */
export function modelPageUrl({ huggingFaceId }: Model): string | null {
  return huggingFaceId === null ? null : `https://huggingface.co/${huggingFaceId}`;
}

function factLine<Value>(label: string, fact: Fact<Value>, textOf: (value: Value) => string): FactLine {
  return isKnown(fact)
    ? { label, text: textOf(fact.value), ...toldSource(fact.source) }
    : { label, text: null, ...toldSource(fact.missing) };
}

/** Only of models that do not run all of their parameters for a token. */
function activeParametersLine(model: Model): readonly FactLine[] {
  return isKnown(model.activeParameterCount)
    ? [factLine(say("Active for a token"), model.activeParameterCount, parametersText)]
    : [];
}

function ollamaLine({ otherNames }: Model): readonly FactLine[] {
  return otherNames?.ollama === undefined
    ? []
    : [factLine(say("In Ollama"), otherNames.ollama, (name) => name)];
}

/** What it replaces, and what replaces it, as its developer says. */
function supersessionLines(model: Model, models: readonly Model[]): readonly FactLine[] {
  const { supersedes } = model;
  const nameOf = (id: string): string => models.find((each) => each.id === id)?.name ?? id;
  const newer = supersededBy(model, models);
  return [
    ...(supersedes === undefined
      ? []
      : [factLine(say("Replaces"), supersedes, (ids) => commaText(ids.map(nameOf)))]),
    ...(newer.length === 0
      ? []
      : [
          {
            label: say("Superseded by"),
            text: commaText(newer.map((each) => each.model.name)),
            ...toldSource([...new Set(newer.map(({ source }) => source))].join("; ")),
          },
        ]),
  ];
}

function languagesLine({ languages }: Model): readonly FactLine[] {
  return languages === undefined ? [] : [factLine(say("Languages"), languages, languagesText)];
}

/** Somebody's word, and worded as that. */
function languagesText({ codes, count }: Languages): string {
  const names = codes.map(languageOfCode).sort((one, other) => one.localeCompare(other, spoken().locale));
  const languages = names.length === 2 ? andText(names) : commaText(names);
  if (count === undefined) return say("said to be made for {languages}", { languages });
  return names.length === 0
    ? say("said to be made for {count} languages and dialects", { count: numberText(count) })
    : say("said to be made for {count} languages and dialects, among them {languages}", {
        count: numberText(count),
        languages,
      });
}

function licenceLine({ licence }: Model): FactLine {
  const line = factLine(say("Licence"), licence, licenceText);
  const note = isKnown(licence) ? licence.value.note : null;
  return note === null ? line : { ...line, catalogTexts: [...line.catalogTexts, note] };
}

/** What the licence asks for, where the catalog has it as fields. */
function licenceTermsLine({ licence }: Model): readonly FactLine[] {
  const terms = isKnown(licence) ? licence.value.terms : undefined;
  if (terms === undefined) return [];
  const text = sentencesText(licenceTermTexts(terms));
  return text === "" ? [] : [{ label: say("Licence terms"), text, ...toldSource(terms.source) }];
}

function parametersText(count: number): string {
  const short = formatParameterCount(count);
  return isRoundedCount(count) ? short : `${short} (${numberText(count)})`;
}

function architectureText(architecture: Architecture): string {
  return say("{layers} layers, hidden size {hidden}, vocabulary {vocabulary}", {
    layers: expandLayers(architecture).length,
    hidden: numberText(architecture.hiddenSize),
    vocabulary: numberText(architecture.vocabularySize),
  });
}

/** Whether a licence allows commercial use, in words. */
export function commercialUseText(use: Licence["commercialUse"]): string {
  switch (use) {
    case "yes":
      return say("commercial use allowed");
    case "no":
      return say("no commercial use");
    case "conditional":
      return say("commercial use under conditions");
    case "unknown":
      return say("commercial use not stated");
  }
}

/** A licence with what it says of commercial use, in a line. */
export function licenceText(licence: Licence): string {
  const text = say("{name}: {text}", { name: licence.name, text: commercialUseText(licence.commercialUse) });
  return licence.note === null
    ? text
    : say("{value} ({source})", { value: text, source: toldText(licence.note) });
}
