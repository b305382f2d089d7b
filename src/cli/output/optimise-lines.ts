import type { Effect } from "#advice/optimise/effect.ts";
import type { Optimisation } from "#advice/optimise/optimise.ts";
import type { WorthTrying } from "#advice/optimise/runtimes.ts";
import type { State } from "#advice/optimise/state.ts";
import type { Refusal, Suggestion } from "#advice/optimise/suggestion.ts";
import type { Fit } from "#engine/fit.ts";
import type { Model } from "#engine/model.ts";
import { formatMemory, formatRate, formatRateRange, formatWaitRange } from "#shared/format.ts";
import { verdictDetail } from "#shared/verdict-text.ts";
import { scenarioLine } from "./list-lines.ts";
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
    ...wrapText(scenarioLine(fit.scenario), { width, indent: 0 }),
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

function stateText({ quantization, speed, usedBytes, offloadedBytes }: State): string {
  const rate = speed === null ? "speed unknown" : `${formatRateRange(speed.decodeTokensPerSecond)} tokens/s`;
  const inRam = offloadedBytes === 0 ? "" : `, of which ${formatMemory(offloadedBytes)} in RAM`;
  return `${quantization}, ${formatMemory(usedBytes)}${inRam}, ${rate}.`;
}

function suggestionLines(
  { lever, title, reason, after, effect }: Suggestion,
  number: number,
  before: State,
  { style, width }: Screen,
): readonly string[] {
  const [first = "", ...rest] = wrapText(`${number}. ${title}`, { width, indent: 0 });
  const effects = lever.kind === "prefix-caching" ? [] : effectTexts(effect, before, after);
  return [
    "",
    style("bold", first),
    ...rest.map((line) => style("bold", line)),
    ...wrapText(reason, { width, indent: 2 }),
    ...(effects.length === 0 ? [] : wrapText(`${effects.join("; ")}.`, { width, indent: 2 })),
  ];
}

/** Less than that is shown as nothing. */
const SHOWN_BYTES = 2 ** 20;
const SHOWN_POINTS = 0.05;
const SHOWN_SHARE = 0.05;

function effectTexts(effect: Effect, before: State, after: State): readonly string[] {
  return [
    ...speedTexts(before, after),
    ...waitTexts(before, after),
    ...memoryTexts(effect),
    ...qualityTexts(effect.qualityPoints),
  ];
}

function speedTexts({ speed: one }: State, { speed: other }: State): readonly string[] {
  if (one === null || other === null) return ["Speed: unknown"];
  const [from, to] = [one.decodeTokensPerSecond.mid, other.decodeTokensPerSecond.mid];
  if (formatRate(from) === formatRate(to)) return [];
  return [
    `Writes ${formatRateRange(other.decodeTokensPerSecond)} tokens/s (${formatRate(to)} instead of ${formatRate(from)} most likely)`,
  ];
}

function waitTexts({ speed: one }: State, { speed: other }: State): readonly string[] {
  const [from, to] = [one?.timeToFirstTokenSeconds ?? null, other?.timeToFirstTokenSeconds ?? null];
  if (from === null || to === null || Math.abs(to.mid / from.mid - 1) < SHOWN_SHARE) return [];
  return [`first token after ${formatWaitRange(to)} instead of ${formatWaitRange(from)}`];
}

function memoryTexts({ usedBytes, offloadedBytes }: Effect): readonly string[] {
  const change = (bytes: number, where: string): readonly string[] => {
    if (Math.abs(bytes) < SHOWN_BYTES) return [];
    return [`${formatMemory(Math.abs(bytes))} ${bytes < 0 ? "less" : "more"}${where}`];
  };
  return [...change(usedBytes, " memory"), ...change(offloadedBytes, " in RAM")];
}

function qualityTexts(points: number | null): readonly string[] {
  if (points === null) return ["quality: unknown"];
  if (Math.abs(points) < SHOWN_POINTS) return [];
  return [`${Math.abs(points).toFixed(1)} points of quality ${points > 0 ? "gained" : "lost"}`];
}

function refusalLines(refusals: readonly Refusal[], { style, width }: Screen): readonly string[] {
  if (refusals.length === 0) return [];
  return [
    "",
    style("bold", "Not here"),
    ...refusals.flatMap(({ kind, reason }) =>
      wrapText(`${kind.replaceAll("-", " ")}: ${reason}`, { width, indent: 2 }),
    ),
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
