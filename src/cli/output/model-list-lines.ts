import { isKnown } from "#engine/fact.ts";
import type { Model } from "#engine/model.ts";
import type { AnswerMode, QualityTask, TaskQuality } from "#engine/quality.ts";
import type { InstalledById } from "#cli/installed.ts";
import { formatContextShort, formatParameterCount } from "#shared/format.ts";
import { qualityScaleText, qualityText } from "#shared/quality-text.ts";
import { originMark } from "./origin-mark.ts";
import { wrapText } from "./paragraph.ts";
import { terminalStyle } from "./style.ts";
import { type Column, tableLines } from "./table.ts";

interface ListView {
  /** Null where no quality is shown. */
  readonly task: QualityTask | null;
  readonly qualityOf: (model: Model) => TaskQuality | null;
  readonly installed: InstalledById;
  readonly isColourful: boolean;
  readonly columns: number | null;
}

/** The catalog as a table. The licence comes last: on a narrow terminal its name gives way. */
export function modelListLines(models: readonly Model[], view: ListView): readonly string[] {
  const { task, installed, isColourful, columns } = view;
  const hasMarks = models.some((model) => markOf(model, installed) !== "");
  const shown: readonly Column[] = [
    { heading: "Model", align: "start" },
    { heading: "Parameters", align: "end" },
    { heading: "Context", align: "end" },
    { heading: "Released", align: "start" },
    ...(task === null ? [] : [{ heading: `Quality (${task})`, align: "start" } as const]),
    ...(hasMarks ? [{ heading: "", align: "start" } as const] : []),
    { heading: "Licence", align: "start" },
  ];
  const rows = models.map((model) => [
    ...factCells(model),
    ...(task === null ? [] : [qualityCell(view.qualityOf(model))]),
    ...(hasMarks ? [markOf(model, installed)] : []),
    isKnown(model.licence) ? model.licence.value.name : "unknown",
  ]);
  const style = terminalStyle(isColourful);
  const [heading = "", ...lines] = tableLines(shown, rows, columns);
  const scale = task === null ? [] : wrapText(qualityScaleText(), { width: columns, indent: 0 });
  return [style("bold", heading), ...lines, ...scale.map((line) => style("dim", line))];
}

function factCells({ id, parameterCount, trainedContextLength, releaseMonth }: Model): readonly string[] {
  return [
    id,
    isKnown(parameterCount) ? formatParameterCount(parameterCount.value) : "unknown",
    isKnown(trainedContextLength) ? formatContextShort(trainedContextLength.value) : "unknown",
    isKnown(releaseMonth) ? releaseMonth.value : "unknown",
  ];
}

const MODES = {
  only: [],
  thinking: ["thinking"],
  "thinking-max": ["thinking longest"],
  "non-thinking": ["without thinking"],
} as const satisfies Record<AnswerMode, readonly string[]>;

/** "58 (55 to 61), thinking, thin": thin is what rests on little. */
function qualityCell(quality: TaskQuality | null): string {
  if (quality === null) return "no evidence";
  const thin = quality.evidence === "thin" ? ["thin"] : [];
  return [qualityText(quality), ...MODES[quality.mode], ...thin].join(", ");
}

function markOf(model: Model, installed: InstalledById): string {
  return [originMark(model.origin), installed.has(model.id) ? "installed" : ""]
    .filter((mark) => mark !== "")
    .join(", ");
}
