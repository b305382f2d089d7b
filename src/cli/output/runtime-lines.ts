import type { Model } from "#engine/model.ts";
import type { Runtime } from "#engine/runtime.ts";
import type { Scenario } from "#engine/scenario.ts";
import type { UnderRuntime } from "#engine/under-runtimes.ts";
import { formatContext } from "#shared/format.ts";
import { memoryUse, memoryUseText } from "#shared/memory-use.ts";
import { runtimeFacts } from "#shared/runtime-text.ts";
import { verdictLabel } from "#shared/verdict-text.ts";
import { scenarioText } from "#shared/scenario-text.ts";
import { originMark } from "./origin-mark.ts";
import { wrapText, wrappedRows } from "./paragraph.ts";
import type { Style } from "./style.ts";
import { tableLines } from "./table.ts";

/** The profiles, each fact on a line, with where they were read. */
export function runtimeLines(
  runtimes: readonly Runtime[],
  style: Style,
  width: number | null,
): readonly string[] {
  return runtimes.flatMap((runtime, index) => [
    ...(index === 0 ? [] : [""]),
    `${style("bold", runtime.name)} (${[runtime.id, originMark(runtime.origin)].filter((word) => word !== "").join(", ")})`,
    ...wrappedRows(
      runtimeFacts(runtime).map(({ label, text }) => [label, "", text]),
      { width, indent: 2 },
    ),
    ...runtime.sources.flatMap((source) =>
      wrapText(`source: ${source}`, { width, indent: 4 }).map((line) => style("dim", line)),
    ),
  ]);
}

const COLUMNS = [
  { heading: "Runtime", align: "start" },
  { heading: "Quantization", align: "start" },
  { heading: "Memory needed", align: "start" },
  { heading: "Longest context", align: "end" },
  { heading: "Verdict", align: "start" },
] as const;

const NOT_CHECKED =
  "Whether a runtime knows this architecture, and whether anybody published that packing, is not checked here.";

/** One model under each runtime; why one cannot run it stands under the table. */
export function underRuntimesLines(
  model: Model,
  scenario: Scenario,
  rows: readonly UnderRuntime[],
  { style, width }: { readonly style: Style; readonly width: number | null },
): readonly string[] {
  const [heading = "", ...lines] = tableLines(COLUMNS, rows.map(cells), width);
  const reasons = rows.flatMap(({ runtime, fit }) => [
    ...(fit.verdict.kind === "unknown" ? [`${runtime.name}: ${fit.verdict.missing}`] : []),
    ...fit.caveats.map((caveat) => `${runtime.name}: ${caveat}`),
  ]);
  return [
    `${style("bold", model.name)} (${model.id})`,
    scenarioText(scenario),
    "",
    style("bold", heading),
    ...lines,
    "",
    ...[...reasons, NOT_CHECKED].flatMap((text) => wrapText(text, { width, indent: 0 })),
  ];
}

function cells({ runtime, fit, longestContext }: UnderRuntime): readonly string[] {
  const isUnknown = fit.verdict.kind === "unknown";
  return [
    runtime.name,
    fit.quantization ?? "",
    fit.memory === null ? "" : memoryUseText(memoryUse(fit)),
    longestContext === null ? "" : formatContext(longestContext),
    isUnknown ? "cannot run it" : verdictLabel(fit.verdict),
  ];
}
