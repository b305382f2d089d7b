import type { Explanation } from "#advice/explain.ts";
import { isScored, type Option } from "#advice/option.ts";
import type { Mend } from "#advice/picks/mend.ts";
import type { AdviceQuestion } from "#advice/question.ts";
import type { Recommendation } from "#advice/recommend.ts";
import {
  adviceTaskLabel,
  alternativeText,
  differenceText,
  MOST_TIES,
  optionText,
} from "#shared/advice-text.ts";
import { firstNamesText } from "#shared/card-groups.ts";
import { cautionText } from "#shared/caution-text.ts";
import { languageName } from "#shared/language-name.ts";
import { formatRate } from "#shared/format.ts";
import { limitTexts } from "#shared/objection-text.ts";
import { scenarioText } from "#shared/scenario-text.ts";
import { wrapText } from "./paragraph.ts";
import type { Style } from "./style.ts";

/** Where lines go: how they are dressed, and how wide the terminal is. */
export interface Screen {
  readonly style: Style;
  readonly width: number | null;
}

/** The answer of `fitment recommend`: the best, why, what to mind, and what else it could be. */
export function recommendLines(
  recommendation: Recommendation,
  explanation: Explanation | null,
  mended: Mend | null,
  screen: Screen,
): readonly string[] {
  const { best, evaluation } = recommendation;
  const head = questionLines(evaluation.question, screen);
  if (best === null || explanation === null) {
    return [
      ...head,
      "",
      ...indented("Nothing that suits fits here: fitment explain MODEL says what a model lacks.", 0, screen),
    ];
  }
  return [
    ...head,
    ...(mended === null ? [] : mendLines(mended, screen)),
    "",
    screen.style(["bold", "green"], titleOf("Best", best)),
    ...indented(optionText(best), 2, screen),
    ...againstLines(recommendation, screen),
    ...section("What limits it", limitTexts(explanation.limits, explanation.cautions), screen),
    ...section("Good to know", explanation.cautions.map(cautionText), screen),
    ...alternativeLines(recommendation, best, screen),
    ...secondCardLines(recommendation, best, screen),
    "",
    ...indented(countText(recommendation), 0, screen),
  ];
}

/** What was asked: the task, the weight and the scenario. */
export function questionLines(
  { task, qualityWeight, scenario, limits }: AdviceQuestion,
  screen: Screen,
): readonly string[] {
  const weight = `quality ${(qualityWeight * 100).toFixed(0)} %, speed ${((1 - qualityWeight) * 100).toFixed(0)} %`;
  const languages =
    limits.languages.length === 0 ? "" : ` in ${limits.languages.map(languageName).join(" and ")}`;
  return [
    screen.style("bold", `For ${adviceTaskLabel(task)}${languages} (${weight})`),
    ...indented(scenarioText(scenario), 0, screen),
  ];
}

function titleOf(label: string, { model, quantization }: Option): string {
  return `${label}: ${model.name} (${model.id}) at ${quantization}`;
}

function againstLines(
  { best, runnerUp, ties, isBelowSpeedFloor }: Recommendation,
  screen: Screen,
): readonly string[] {
  const names = firstNamesText(
    ties.map(({ model }) => model.id),
    MOST_TIES,
  );
  const against =
    best === null || runnerUp === null
      ? []
      : [
          `Against ${runnerUp.option.model.id} at ${runnerUp.option.quantization}: ${differenceText(runnerUp.difference, isScored(best) && isScored(runnerUp.option))}.`,
        ];
  return [
    ...against,
    ...(names === "" ? [] : [`A tie within the uncertainty of quality with ${names}.`]),
    ...(isBelowSpeedFloor
      ? ["Nothing that suits is fast enough here; this is the best of what is least slow."]
      : []),
  ].flatMap((text) => indented(text, 2, screen));
}

/** A heading with sentences under it; nothing without sentences. */
export function section(title: string, texts: readonly string[], screen: Screen): readonly string[] {
  if (texts.length === 0) return [];
  return ["", screen.style("bold", title), ...texts.flatMap((text) => indented(text, 2, screen))];
}

function alternativeLines({ alternatives }: Recommendation, best: Option, screen: Screen): readonly string[] {
  if (alternatives.length === 0) return [];
  const lines = alternatives.flatMap((alternative) => [
    `  ${alternative.option.model.id} at ${alternative.option.quantization}`,
    ...indented(alternativeText(alternative, best), 4, screen),
    ...indented(optionText(alternative.option), 4, screen).map((line) => screen.style("dim", line)),
  ]);
  return ["", screen.style("bold", "Instead of it"), ...lines];
}

function secondCardLines({ secondCard }: Recommendation, best: Option, screen: Screen): readonly string[] {
  if (secondCard === null) return [];
  const { cardName, option, versusBest } = secondCard;
  const isKnown = isScored(option) && isScored(best);
  return section(
    `With one more ${cardName}`,
    [
      `${option.model.id} at ${option.quantization}: ${differenceText(versusBest, isKnown)}; ${optionText(option)}`,
    ],
    screen,
  );
}

const STEP_WORDS = {
  setting: "a setting",
  "other-packing": "another packing of it",
  "same-family": "another of its family",
  "other-model": "another model",
} as const;

function mendLines({ complaint, present, step }: Mend, screen: Screen): readonly string[] {
  const now =
    present === null
      ? "What you use now does not run here."
      : `Now: ${present.model.id} at ${present.quantization}, ${optionText(present)}.`;
  if (step === null)
    return section(`What mends its ${complaint}`, [now, "Nothing that suits and fits here does."], screen);
  const cache = step.kvCacheType === null ? "" : ` with a KV cache of ${step.kvCacheType}`;
  const isKnown = present !== null && isScored(present) && isScored(step.option);
  const change = step.difference === null ? "" : `: ${differenceText(step.difference, isKnown)}`;
  const text = `The smallest step is ${STEP_WORDS[step.kind]}: ${step.option.model.id} at ${step.option.quantization}${cache}${change}.`;
  return section(`What mends its ${complaint}`, [now, text, optionText(step.option)], screen);
}

function countText({ fittingModelCount, withoutEvidenceCount, evaluation }: Recommendation): string {
  const all = evaluation.data.models.length;
  const unproven =
    withoutEvidenceCount === 0
      ? ""
      : `; ${withoutEvidenceCount} of those fast enough have no published score at this task and rank by where most models lie`;
  const lowest = evaluation.question.limits.lowestTokensPerSecond;
  const speed = lowest === null ? "" : ` At least ${formatRate(lowest)} are asked for.`;
  return `${fittingModelCount} of ${all} models suit and fit${unproven}.${speed} fitment explain MODEL says why not another; fitment compare A B puts them side by side.`;
}

/** A sentence within the terminal. */
export function indented(text: string, indent: number, { width }: Screen): readonly string[] {
  return wrapText(text, { width, indent });
}
