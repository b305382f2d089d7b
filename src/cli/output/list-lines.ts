import { isKnown } from "#engine/fact.ts";
import { runsHere, VERDICT_GROUPS, verdictGroup } from "#engine/ranking.ts";
import type { Scenario } from "#engine/scenario.ts";
import { formatParameterCount } from "#shared/format.ts";
import { memoryUse, memoryUseText } from "#shared/memory-use.ts";
import { scenarioText } from "#shared/scenario-text.ts";
import { speedCellText } from "#shared/speed-text.ts";
import { groupLabel, verdictNote } from "#shared/verdict-text.ts";
import type { TimedModel } from "#cli/speed-answer.ts";
import { VERDICT_MARKS, type Style } from "./style.ts";
import { tableLines } from "./table.ts";

const COLUMNS = [
  { heading: "", align: "start" },
  { heading: "Model", align: "start" },
  { heading: "Parameters", align: "end" },
  { heading: "Quantization", align: "start" },
  { heading: "Memory needed", align: "start" },
  { heading: "Tokens/s", align: "end" },
  { heading: "How", align: "start" },
] as const;

/** Every model under its verdict, best first. */
export function listLines(
  ranked: readonly TimedModel[],
  scenario: Scenario,
  style: Style,
  width: number | null,
): readonly string[] {
  const running = ranked.filter(({ fit }) => runsHere(verdictGroup(fit.verdict))).length;
  const table = tableLines(COLUMNS, ranked.map(modelCells), width);
  const lineByModel = new Map(ranked.map((row, index) => [row, table[index + 1] ?? ""]));
  const groups = VERDICT_GROUPS.flatMap((group) => {
    const rows = ranked.filter(({ fit }) => verdictGroup(fit.verdict) === group);
    if (rows.length === 0) return [];
    const { mark, format } = VERDICT_MARKS[group];
    const heading = style(["bold", format], `${mark} ${groupLabel(group)} (${rows.length})`);
    return ["", heading, ...rows.map((row) => lineByModel.get(row) ?? "")];
  });
  return [
    style("bold", `${running} of ${ranked.length} models run on this machine`),
    scenarioText(scenario),
    "",
    style("dim", table[0] ?? ""),
    ...groups.slice(1),
  ];
}

function modelCells({ model, fit, speed }: TimedModel): readonly string[] {
  return [
    "",
    `${model.id}${model.origin === "shipped" ? "" : " (own)"}`,
    isKnown(model.parameterCount) ? formatParameterCount(model.parameterCount.value) : "unknown",
    fit.quantization ?? "",
    fit.memory === null ? "unknown" : memoryUseText(memoryUse(fit)),
    fit.placement.kind === "none" ? "" : speedCellText(speed),
    verdictNote(fit.verdict),
  ];
}
