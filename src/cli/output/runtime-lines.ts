import type { Model } from "#engine/model.ts";
import type { Runtime } from "#engine/runtime.ts";
import type { Scenario } from "#engine/scenario.ts";
import type { UnderRuntime } from "#engine/under-runtimes.ts";
import { formatContext } from "#shared/format.ts";
import { memoryUse, memoryUseText, shortMemoryUseText } from "#shared/memory-use.ts";
import { runtimeFacts } from "#shared/runtime-text.ts";
import { verdictLabel } from "#shared/verdict-text.ts";
import { scenarioText } from "#shared/scenario-text.ts";
import { originMark } from "./origin-mark.ts";
import { wrapText, wrappedRows } from "./paragraph.ts";
import type { Style } from "./style.ts";
import { fixedWidth, tableLines, type Column } from "./table.ts";

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

const RUNTIME = { heading: "Runtime", align: "start" } as const;
const MEMORY = { heading: "Memory needed", align: "start" } as const;
const VERDICT = { heading: "Verdict", align: "start" } as const;
const COLUMNS: readonly Column[] = [
  RUNTIME,
  { heading: "Quantization", align: "start" },
  MEMORY,
  { heading: "Context that fits", align: "end" },
  VERDICT,
];
/** On a narrow terminal the verdict is worth more than the context that fits, which `fitment plan` says too. */
const NARROW_COLUMNS: readonly Column[] = [RUNTIME, { heading: "Quant.", align: "start" }, MEMORY, VERDICT];
/** The longest of verdicts in words. */
const VERDICT_WIDTH = "needs multiple GPUs, not here".length;

const NOT_CHECKED =
  "Whether a runtime knows this architecture, and whether anybody published that packing, is not checked here.";

/** One model under each runtime; why one cannot run it stands under the table. */
export function underRuntimesLines(
  model: Model,
  scenario: Scenario,
  rows: readonly UnderRuntime[],
  { style, width }: { readonly style: Style; readonly width: number | null },
): readonly string[] {
  const isNarrow = width !== null && fixedWidth(COLUMNS, rows.map(cells)) + VERDICT_WIDTH > width;
  const [heading = "", ...lines] = isNarrow
    ? tableLines(NARROW_COLUMNS, rows.map(narrowCells), width)
    : tableLines(COLUMNS, rows.map(cells), width);
  const reasons = rows.flatMap(({ runtime, fit, notLoaded }) => [
    ...(notLoaded === null || fit.verdict.kind === "unknown"
      ? []
      : [`${runtime.name} does not load ${notLoaded} here.`]),
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
  return [
    runtime.name,
    fit.quantization ?? "",
    fit.memory === null ? "" : memoryUseText(memoryUse(fit)),
    longestContext === null ? "" : formatContext(longestContext),
    verdictText(fit),
  ];
}

function narrowCells({ runtime, fit }: UnderRuntime): readonly string[] {
  const memory = fit.memory === null ? "" : shortMemoryUseText(memoryUse(fit));
  return [runtime.name, fit.quantization ?? "", memory, verdictText(fit)];
}

function verdictText({ verdict }: UnderRuntime["fit"]): string {
  return verdict.kind === "unknown" ? "cannot run it" : verdictLabel(verdict);
}
