import type { Change } from "#engine/cheapest-change.ts";
import { isKnown } from "#engine/fact.ts";
import type { Fit } from "#engine/fit.ts";
import type { NamedCount } from "#engine/hardware-for.ts";
import type { Model } from "#engine/model.ts";
import { changeLoss } from "#advice/reasons/change-loss.ts";
import { newWays, type Plan, type Reach } from "#engine/plan.ts";
import type { Quality } from "#engine/quality.ts";
import type { QuantizationName } from "#engine/quantization.ts";
import { runsHere, verdictGroup } from "#engine/ranking.ts";
import { cardGroupLines } from "#shared/card-groups.ts";
import { changeEffect, changeText } from "#shared/change-text.ts";
import { formatContext } from "#shared/format.ts";
import { verdictDetail, verdictLabel } from "#shared/verdict-text.ts";
import { scenarioText } from "#shared/scenario-text.ts";
import { wrapSentences, wrapText } from "./paragraph.ts";
import { VERDICT_MARKS, type Style } from "./style.ts";
import { tableLines } from "./table.ts";

/** What `fitment plan` shows. */
export interface ShownPlan {
  readonly model: Model;
  readonly fit: Fit;
  readonly plan: Plan | null;
  /** Without one, "on the cards" is the same as in RAM. */
  readonly hasCards: boolean;
  readonly forCard: Extract<NamedCount, { kind: "ok" }> | null;
  readonly quality: Quality;
  /** What a change comes to, in words. */
  readonly changed: (change: Change) => string;
}

const MOST_CHANGES = 6;

/** A plan is for no task, and general text stands for all. */
const PLAN_TASK = "general";

/** How far the machine goes, the cheapest changes, and the hardware that would do. */
export function planLines(
  { model, fit, plan, hasCards, forCard, quality, changed }: ShownPlan,
  style: Style,
  width: number | null,
): readonly string[] {
  const { mark, format } = VERDICT_MARKS[verdictGroup(fit.verdict)];
  const head = [
    `${style("bold", model.name)} (${model.id})`,
    style(format, `${mark} ${verdictLabel(fit.verdict)}`),
    verdictDetail(fit),
    scenarioText(fit.scenario),
    ...fit.caveats,
  ];
  if (plan === null) return wrapSentences(head, width);
  const { quantization } = plan;
  const effect = (change: Change): string =>
    [
      changed(change),
      changeEffect(change, changeLoss(change, { model, quantization, task: PLAN_TASK }, quality)),
    ].join(", ");
  return [
    ...wrapSentences(head, width),
    ...reachLines(model, plan, hasCards, style),
    ...changesLines("Ways to run it here", newWays(plan, fit), effect, style),
    ...changesLines("Right now, ways to run it", newWays({ changes: extraNow(plan) }, fit), effect, style),
    ...noChangeLines(fit, plan),
    ...forCardLines(plan, forCard, style),
    ...cardLines(plan, style, width),
  ];
}

const REACH_COLUMNS = [
  { heading: "", align: "start" },
  { heading: "", align: "start" },
  { heading: "on the cards", align: "end" },
  { heading: "with RAM", align: "end" },
] as const;

const RAM_COLUMNS = [
  { heading: "", align: "start" },
  { heading: "", align: "start" },
  { heading: "in RAM", align: "end" },
] as const;

function reachLines(
  model: Model,
  { quantization, onCards, anywhere }: Plan,
  hasCards: boolean,
  style: Style,
): readonly string[] {
  const row = (label: string, text: (reach: Reach) => string): readonly string[] => [
    "",
    label,
    ...(hasCards ? [text(onCards)] : []),
    text(anywhere),
  ];
  const rows = [
    row(`Context that fits at ${quantization}`, ({ longestContext }) => contextText(longestContext)),
    row("Best quantization at this context", ({ bestQuantization }) => bestQuantization ?? "none"),
    row("Sequences at once", ({ highestParallelism }) => highestParallelism?.toString() ?? "none"),
  ];
  const [heading = "", ...lines] = tableLines(hasCards ? REACH_COLUMNS : RAM_COLUMNS, rows, null);
  const { trainedContextLength: trained } = model;
  const limit = isKnown(trained) ? [`  It was trained for ${formatContext(trained.value)}.`] : [];
  return ["", style("bold", heading), ...lines, ...limit];
}

function contextText(contextLength: number | null): string {
  return contextLength === null ? "none" : formatContext(contextLength);
}

const CHANGE_COLUMNS = [
  { heading: "", align: "start" },
  { heading: "", align: "start" },
  { heading: "", align: "start" },
] as const;

function changesLines(
  title: string,
  changes: readonly Change[],
  effect: (change: Change) => string,
  style: Style,
): readonly string[] {
  if (changes.length === 0) return [];
  const rows = changes.slice(0, MOST_CHANGES).map((change) => ["", changeText(change), effect(change)]);
  return [
    "",
    style("bold", `${title}, cheapest first (quality points of general text)`),
    ...tableLines(CHANGE_COLUMNS, rows, null).slice(1),
  ];
}

function noChangeLines({ verdict }: Fit, { changes }: Plan): readonly string[] {
  const isShort = !runsHere(verdictGroup(verdict)) && verdict.kind !== "unknown";
  return isShort && changes.length === 0
    ? ["", "No change of context, cache, quantization, placement or RAM, nor two of them, has it run here."]
    : [];
}

/** Where the machine is not idle other changes may be needed than where it is. */
function extraNow({ changes, changesNow }: Plan): readonly Change[] {
  return JSON.stringify(changesNow) === JSON.stringify(changes) ? [] : changesNow;
}

function forCardLines(
  { quantization }: Plan,
  forCard: ShownPlan["forCard"],
  style: Style,
): readonly string[] {
  if (forCard === null) return [];
  return ["", style("bold", forCardText(forCard, quantization))];
}

function forCardText(
  { names, count, most }: NonNullable<ShownPlan["forCard"]>,
  quantization: QuantizationName,
): string {
  const name = names.join(" and ");
  if (count === null && most === 1)
    return `${name} does not hold it at ${quantization}, and a machine has no more than one.`;
  if (count === null) return `Not even ${most} × ${name} hold it at ${quantization}.`;
  return `${count} × ${name} ${count === 1 ? "holds" : "hold"} it at ${quantization}.`;
}

function cardLines({ quantization, cards }: Plan, style: Style, width: number | null): readonly string[] {
  if (cards.length === 0)
    return ["", `No card of the database holds it at ${quantization}, nor do 16 of one.`];
  const lines = cardGroupLines(cards).flatMap((line) => wrapText(line, { width, indent: 2 }));
  return ["", style("bold", `Cards that hold it at ${quantization}`), ...lines];
}
