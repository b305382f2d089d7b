import { isKnown, type Fact } from "#engine/fact.ts";
import { expandLayers } from "#engine/memory/tensors.ts";
import type { Architecture, Licence, Model } from "#engine/model.ts";
import type { Scenario } from "#engine/scenario.ts";
import { formatContext, formatParameterCount, isRoundedCount } from "./format.ts";
import { licenceTermTexts } from "./licence-text.ts";

/** A fact as the panel shows it: with its source, or with the reason why there is none. */
export interface FactLine {
  readonly label: string;
  /** Null where the fact is missing; `source` then says why. */
  readonly text: string | null;
  readonly source: string;
}

/** Every fact a verdict or a choice rests on. */
export function factLines(model: Model): readonly FactLine[] {
  return [
    factLine("Parameters", model.parameterCount, parametersText),
    ...activeParametersLine(model),
    factLine("Longest context", model.trainedContextLength, formatContext),
    factLine("Released at", model.releasePrecision, (precision) => precision),
    factLine("Architecture", model.architecture, architectureText),
    factLine("Licence", model.licence, licenceText),
    ...licenceTermsLine(model),
    factLine("Released", model.releaseMonth, (month) => month),
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
    ? { label, text: textOf(fact.value), source: fact.source }
    : { label, text: null, source: fact.missing };
}

/** Only of models that do not run all of their parameters for a token. */
function activeParametersLine(model: Model): readonly FactLine[] {
  return isKnown(model.activeParameterCount)
    ? [factLine("Active for a token", model.activeParameterCount, parametersText)]
    : [];
}

function ollamaLine({ otherNames }: Model): readonly FactLine[] {
  return otherNames?.ollama === undefined ? [] : [factLine("In Ollama", otherNames.ollama, (name) => name)];
}

/** What the licence asks for, where the catalog has it as fields. */
function licenceTermsLine({ licence }: Model): readonly FactLine[] {
  const terms = isKnown(licence) ? licence.value.terms : undefined;
  if (terms === undefined) return [];
  const text = licenceTermTexts(terms).join(" ");
  return text === "" ? [] : [{ label: "Licence terms", text, source: terms.source }];
}

function parametersText(count: number): string {
  const short = formatParameterCount(count);
  return isRoundedCount(count) ? short : `${short} (${count.toLocaleString("en-US")})`;
}

function architectureText(architecture: Architecture): string {
  const layerCount = expandLayers(architecture).length;
  const hiddenSize = architecture.hiddenSize.toLocaleString("en-US");
  const vocabularySize = architecture.vocabularySize.toLocaleString("en-US");
  return `${layerCount} layers, hidden size ${hiddenSize}, vocabulary ${vocabularySize}`;
}

/** Whether a licence allows commercial use, in words. */
export const COMMERCIAL_USE_TEXT: Record<Licence["commercialUse"], string> = {
  yes: "commercial use allowed",
  no: "no commercial use",
  conditional: "commercial use under conditions",
  unknown: "commercial use not stated",
};

/** A licence with what it says of commercial use, in a line. */
export function licenceText(licence: Licence): string {
  const text = `${licence.name}: ${COMMERCIAL_USE_TEXT[licence.commercialUse]}`;
  return licence.note === null ? text : `${text} (${licence.note})`;
}
