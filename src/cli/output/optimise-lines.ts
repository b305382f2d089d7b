import type { Optimisation } from "#advice/optimise/optimise.ts";
import type { WorthTrying } from "#advice/optimise/runtimes.ts";
import type { State } from "#advice/optimise/state.ts";
import type { Refusal, Suggestion } from "#advice/optimise/suggestion.ts";
import type { Fit } from "#engine/fit.ts";
import type { Model } from "#engine/model.ts";
import { refusalText, stateText, suggestionEffects } from "#shared/optimise-text.ts";
import { verdictDetail } from "#shared/verdict-text.ts";
import { scenarioText } from "#shared/scenario-text.ts";
import { wrapText } from "./paragraph.ts";
import type { Style } from "./style.ts";

interface Screen {
  readonly style: Style;
  readonly width: number | null;
}

/** What would help, most worthwhile first; then what cannot be here, and why. */
export function optimiseLines(
  model: Model,
  fit: Fit,
  { before, suggestions, refusals, worthTrying }: Optimisation,
  screen: Screen,
): readonly string[] {
  const { style, width } = screen;
  const head = [
    style("bold", `${model.name} (${model.id})`),
    ...wrapText(scenarioText(fit.scenario), { width, indent: 0 }),
  ];
  if (before === null) {
    return [
      ...head,
      ...wrapText(verdictDetail(fit), { width, indent: 0 }),
      `What would make it run: fitment plan ${model.id}`,
    ];
  }
  return [
    ...head,
    ...wrapText(`Now: ${stateText(before)}`, { width, indent: 0 }),
    ...(suggestions.length === 0 ? ["", "Nothing that Fitment knows of would make it better here."] : []),
    ...suggestions.flatMap((suggestion, index) => suggestionLines(suggestion, index + 1, before, screen)),
    ...refusalLines(refusals, screen),
    ...tryLines(worthTrying, screen),
  ];
}

function suggestionLines(
  suggestion: Suggestion,
  number: number,
  before: State,
  { style, width }: Screen,
): readonly string[] {
  const { title, reason } = suggestion;
  const [first = "", ...rest] = wrapText(`${number}. ${title}`, { width, indent: 0 });
  const effects = suggestionEffects(suggestion, before);
  return [
    "",
    style("bold", first),
    ...rest.map((line) => style("bold", line)),
    ...wrapText(reason, { width, indent: 2 }),
    ...(effects.length === 0 ? [] : wrapText(`${effects.join("; ")}.`, { width, indent: 2 })),
  ];
}

function refusalLines(refusals: readonly Refusal[], { style, width }: Screen): readonly string[] {
  if (refusals.length === 0) return [];
  return [
    "",
    style("bold", "Not here"),
    ...refusals.flatMap(({ kind, reason }) => wrapText(refusalText({ kind, reason }), { width, indent: 2 })),
  ];
}

function tryLines(worthTrying: readonly WorthTrying[], { style, width }: Screen): readonly string[] {
  if (worthTrying.length === 0) return [];
  return [
    "",
    style("bold", "To be measured"),
    ...worthTrying.flatMap(({ name, reason }) => wrapText(`${name}: ${reason}`, { width, indent: 2 })),
  ];
}
