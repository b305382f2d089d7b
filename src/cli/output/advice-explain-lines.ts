import type { ModelExplanation } from "#advice/explain.ts";
import { isScored } from "#advice/option.ts";
import type { Recommendation } from "#advice/recommend.ts";
import { isKnown } from "#engine/fact.ts";
import type { Model } from "#engine/model.ts";
import { differenceText, optionText, rankedChangeText } from "#shared/advice-text.ts";
import { cautionText } from "#shared/caution-text.ts";
import { licenceTermTexts } from "#shared/licence-text.ts";
import { licenceText } from "#shared/model-facts.ts";
import { limitTexts, objectionText } from "#shared/objection-text.ts";
import { indented, questionLines, section, type Screen } from "./recommend-lines.ts";

const MOST_CHANGES = 5;

/** The answer of `fitment explain MODEL`: why it is the pick, or why not and what would change that. */
export function explainModelLines(
  { whyNot, explanation }: ModelExplanation,
  recommendation: Recommendation,
  screen: Screen,
): readonly string[] {
  const { model, option, objections, changes } = whyNot;
  const isBest = recommendation.best?.model.id === model.id;
  const changeTexts = changes.slice(0, MOST_CHANGES).map(rankedChangeText);
  return [
    ...questionLines(recommendation.evaluation.question, screen),
    "",
    screen.style("bold", `${model.name} (${model.id})${option === null ? "" : ` at ${option.quantization}`}`),
    ...(option === null ? [] : indented(optionText(option), 2, screen)),
    ...(isBest ? indented("It is the pick here.", 2, screen) : []),
    ...section("Why not", objections.map(objectionText), screen),
    ...againstLines({ whyNot, explanation }, recommendation, screen),
    ...section(changesTitle(option !== null), changeTexts, screen),
    ...(explanation === null
      ? []
      : section("What limits it", limitTexts(explanation.limits, explanation.cautions), screen)),
    ...(explanation === null ? [] : section("Good to know", explanation.cautions.map(cautionText), screen)),
    ...section("Licence", licenceTexts(model), screen),
  ];
}

function licenceTexts({ licence }: Model): readonly string[] {
  if (!isKnown(licence)) return [`Not known: ${licence.missing}.`];
  const { terms } = licence.value;
  return [
    `${licenceText(licence.value)}. Source: ${licence.source}.`,
    ...(terms === undefined ? [] : [...licenceTermTexts(terms), ...(terms.url === null ? [] : [terms.url])]),
  ];
}

function againstLines(
  { whyNot, explanation }: ModelExplanation,
  { best }: Recommendation,
  screen: Screen,
): readonly string[] {
  const against = explanation?.runnerUp ?? null;
  if (against === null || whyNot.option === null) return [];
  const isKnown = isScored(whyNot.option) && isScored(against.option);
  const title = best?.model.id === whyNot.model.id ? "Against the next" : "Against the pick";
  const name = `${against.option.model.id} at ${against.option.quantization}`;
  return section(title, [`${name}: it is ${differenceText(against.difference, isKnown)}.`], screen);
}

function changesTitle(isRunning: boolean): string {
  return `${isRunning ? "To have it on the cards" : "To make it run"}, the least loss of quality first`;
}
