import { isKnown } from "#engine/fact.ts";
import { runsHere, VERDICT_GROUPS, verdictGroup } from "#engine/ranking.ts";
import type { Scenario } from "#engine/scenario.ts";
import { formatContext, formatParameterCount } from "#shared/format.ts";
import { memoryUse, memoryUseText, shortMemoryUseText } from "#shared/memory-use.ts";
import { exceededContextLength } from "#shared/model-facts.ts";
import { noEvidenceText, qualityText } from "#shared/quality-text.ts";
import { scenarioText } from "#shared/scenario-text.ts";
import { speedCellText } from "#shared/speed-text.ts";
import { headingLabel, moreCardsLabel, verdictNote } from "#shared/verdict-text.ts";
import type { ListedModel } from "#cli/speed-answer.ts";
import { wrapText } from "./paragraph.ts";
import { VERDICT_MARKS, type Style } from "./style.ts";
import { fixedWidth, tableLines, type Column } from "./table.ts";

/** One way to show a model in a line: the columns, and what stands in them. */
interface Layout {
  readonly columns: readonly Column[];
  readonly cells: (row: ListedModel) => readonly string[];
}

const START = { heading: "", align: "start" } as const;
const MODEL = { heading: "Model", align: "start" } as const;
const QUANTIZATION = { heading: "Quantization", align: "start" } as const;
const MEMORY = { heading: "Memory needed", align: "start" } as const;
const RATE = { heading: "Tokens/s", align: "end" } as const;
const QUALITY = { heading: "Quality", align: "start" } as const;
const HOW = { heading: "How", align: "start" } as const;

/** Widest first. A narrow terminal first does without what `fitment model` says too, then without what is implied. */
const LAYOUTS: readonly Layout[] = [
  {
    columns: [
      START,
      MODEL,
      { heading: "Parameters", align: "end" },
      QUANTIZATION,
      MEMORY,
      RATE,
      QUALITY,
      HOW,
    ],
    cells: (row) => [
      ...["", nameOf(row), parametersOf(row), ...measuredCells(row)],
      ...[qualityCell(row), howOf(row)],
    ],
  },
  {
    columns: [START, MODEL, QUANTIZATION, MEMORY, RATE, QUALITY, HOW],
    cells: (row) => ["", nameOf(row), ...measuredCells(row), qualityCell(row), howOf(row)],
  },
  {
    columns: [START, MODEL, QUANTIZATION, MEMORY, RATE, HOW],
    cells: (row) => ["", nameOf(row), ...measuredCells(row), howOf(row)],
  },
  {
    columns: [START, MODEL, { heading: "Quant.", align: "start" }, MEMORY, RATE],
    cells: shortCells,
  },
];
/** What the last column needs to be of use; it is cut where there is less than all of it. */
const LEAST_HOW_WIDTH = 24;

const ORDER_TEXT =
  "Under each verdict the best quality at general text comes first, what nobody scored after it.";

/** Every model under its verdict, best first. */
export function listLines(
  ranked: readonly ListedModel[],
  scenario: Scenario,
  style: Style,
  width: number | null,
): readonly string[] {
  const running = ranked.filter(({ fit }) => runsHere(verdictGroup(fit.verdict))).length;
  const { columns, cells } = layoutFor(ranked, width);
  const table = tableLines(columns, ranked.map(cells), width);
  const lineByModel = new Map(ranked.map((row, index) => [row, table[index + 1] ?? ""]));
  const groups = VERDICT_GROUPS.flatMap((group) => {
    const { mark, format } = VERDICT_MARKS[group];
    const inGroup = ranked.filter(({ fit }) => verdictGroup(fit.verdict) === group);
    // One larger card is less than several: those first.
    const labels = [...new Set(inGroup.map(({ fit }) => headingLabel(fit.verdict)))].sort(
      (one, other) => Number(one === moreCardsLabel()) - Number(other === moreCardsLabel()),
    );
    return labels.flatMap((label) => {
      const rows = inGroup.filter(({ fit }) => headingLabel(fit.verdict) === label);
      const heading = style(["bold", format], `${mark} ${label} (${rows.length})`);
      return ["", heading, ...rows.map((row) => lineByModel.get(row) ?? "")];
    });
  });
  return [
    style("bold", `${running} of ${ranked.length} models run on this machine`),
    scenarioText(scenario),
    ...wrapText(ORDER_TEXT, { width, indent: 0 }),
    "",
    style("dim", table[0] ?? ""),
    ...groups.slice(1),
  ];
}

function layoutFor(ranked: readonly ListedModel[], width: number | null): Layout {
  const [widest, ...narrower] = LAYOUTS;
  if (widest === undefined) throw new Error("a list has a layout");
  const fitting = LAYOUTS.find(
    ({ columns, cells }) =>
      width === null || fixedWidth(columns, ranked.map(cells)) + LEAST_HOW_WIDTH <= width,
  );
  return fitting ?? narrower.at(-1) ?? widest;
}

function nameOf({ model }: ListedModel): string {
  return `${model.id}${model.origin === "shipped" ? "" : " (own)"}`;
}

function parametersOf({ model }: ListedModel): string {
  return isKnown(model.parameterCount) ? formatParameterCount(model.parameterCount.value) : "unknown";
}

function measuredCells({ fit, speed }: ListedModel): readonly string[] {
  return [
    fit.quantization ?? "",
    fit.memory === null ? "unknown" : memoryUseText(memoryUse(fit)),
    rateText(fit, speed),
  ];
}

function qualityCell({ fit, quality }: ListedModel): string {
  if (!runsHere(verdictGroup(fit.verdict))) return "";
  return quality === null ? noEvidenceText() : qualityText(quality);
}

/** What decides; of what runs, first that the context asked for is more than the model was trained for. */
function howOf({ model, fit }: ListedModel): string {
  const exceeded = runsHere(verdictGroup(fit.verdict)) ? exceededContextLength(model, fit.scenario) : null;
  const limit = exceeded === null ? [] : [`trained for ${formatContext(exceeded)} only`];
  return [...limit, verdictNote(fit.verdict)].filter((text) => text !== "").join(", ");
}

/** Where nothing is known there is room for why. */
function shortCells(row: ListedModel): readonly string[] {
  const { fit, speed } = row;
  if (fit.memory === null) return ["", nameOf(row), verdictNote(fit.verdict)];
  return ["", nameOf(row), fit.quantization ?? "", shortMemoryUseText(memoryUse(fit)), rateText(fit, speed)];
}

function rateText({ placement }: ListedModel["fit"], speed: ListedModel["speed"]): string {
  return placement.kind === "none" ? "" : speedCellText(speed);
}
