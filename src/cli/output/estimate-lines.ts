import type { Fit, Placement } from "#engine/fit.ts";
import type { Model } from "#engine/model.ts";
import { verdictGroup } from "#engine/ranking.ts";
import {
  deviceGroups,
  freeParts,
  neededParts,
  usedParts,
  type DeviceGroup,
  type MemoryPart,
} from "#shared/device-parts.ts";
import { formatContext, formatMemory } from "#shared/format.ts";
import { groupLayersText } from "#shared/layer-spans.ts";
import { memoryOfText } from "#shared/memory-use.ts";
import { exceededContextLength } from "#shared/model-facts.ts";
import { verdictDetail, verdictLabel } from "#shared/verdict-text.ts";
import { scenarioText } from "#shared/scenario-text.ts";
import { VERDICT_MARKS, type Style } from "./style.ts";
import { tableLines } from "./table.ts";

const PART_COLUMNS = [
  { heading: "", align: "start" },
  { heading: "", align: "start" },
  { heading: "", align: "end" },
] as const;

/** One model's answer: verdict, why, and the memory part by part on each device. */
export function estimateLines(model: Model, fit: Fit, style: Style): readonly string[] {
  const { mark, format } = VERDICT_MARKS[verdictGroup(fit.verdict)];
  return [
    `${style("bold", model.name)} (${model.id}, ${model.developer})`,
    style(format, `${mark} ${verdictLabel(fit.verdict)}`),
    verdictDetail(fit),
    scenarioText(fit.scenario),
    ...trainedContextLines(model, fit),
    ...fit.caveats,
    ...memoryLines(fit, style),
    ...(model.notes.length > 0 ? [""] : []),
    ...model.notes.map((note) => style("dim", `Note: ${note}`)),
  ];
}

function trainedContextLines(model: Model, fit: Fit): readonly string[] {
  const exceeded = exceededContextLength(model, fit.scenario);
  return exceeded === null
    ? []
    : [`It was trained for ${formatContext(exceeded)}; beyond that, answers get worse.`];
}

function memoryLines({ memory, placement, quantization }: Fit, style: Style): readonly string[] {
  if (memory === null) return [];
  const total = `Memory at ${quantization ?? "an unknown quantization"}: ${formatMemory(memory.totalBytes)}`;
  const inAll = ["", style("bold", total), ...partLines(neededParts(memory))];
  if (placement.devices.length === 0) return inAll;
  return [
    ...inAll,
    ...deviceGroups(placement.devices).flatMap((group) => groupLines(placement, group, style)),
  ];
}

function groupLines(placement: Placement, group: DeviceGroup, style: Style): readonly string[] {
  const { title, device } = group;
  const use = memoryOfText(device.usedBytes, device.capacityBytes);
  const heading = style("bold", `${title}: ${use}, ${groupLayersText(placement, group)}`);
  return ["", heading, ...partLines([...usedParts(device.parts), ...freeParts(device)])];
}

function partLines(parts: readonly MemoryPart[]): readonly string[] {
  const rows = parts.map(({ label, bytes }) => ["", label, formatMemory(bytes)]);
  return tableLines(PART_COLUMNS, rows, null).slice(1);
}
