import type { Quality } from "#engine/quality.ts";
import { qualityScaleText, qualityLines, type TaskQualityLine } from "#shared/quality-text.ts";
import { wrapText } from "./paragraph.ts";
import type { Style } from "./style.ts";

const INDENT = "  ";

/** What is known of a model's quality: a line a task, then every score that it rests on with its source. */
export function qualityTextLines(
  quality: Quality,
  modelId: string,
  { style, columns }: { readonly style: Style; readonly columns: number | null },
): readonly string[] {
  const tasks = qualityLines(quality, modelId);
  const width = Math.max(...tasks.map(({ label }) => label.length));
  return [
    style("bold", "Quality as published, before what a quantization loses"),
    ...wrapText(qualityScaleText(), { width: columns, indent: INDENT.length }).map((line) =>
      style("dim", line),
    ),
    ...tasks.flatMap((task) => taskLines(task, width)),
    ...tasks.flatMap((task) => scoreLines(task, { style, columns })),
  ];
}

function taskLines({ label, text, evidence, languages }: TaskQualityLine, width: number): readonly string[] {
  const line = `${INDENT}${label.padEnd(width)}  ${text}${evidence === null ? "" : `; ${evidence}`}`;
  const languageLines = languages.map(
    ({ language, text: known }) => `${INDENT.repeat(2)}${language} ${known}`,
  );
  return [line, ...languageLines];
}

function scoreLines(
  { label, scores }: TaskQualityLine,
  { style, columns }: { readonly style: Style; readonly columns: number | null },
): readonly string[] {
  if (scores.length === 0) return [];
  return [
    `${INDENT}${label} rests on`,
    ...scores.flatMap(({ text, origin, benchmark }) => [
      ...wrapText(`${text} (${origin})`, { width: columns, indent: 2 * INDENT.length }),
      ...wrapText(`source: ${benchmark.source}`, { width: columns, indent: 4 * INDENT.length }).map((line) =>
        style("dim", line),
      ),
    ]),
  ];
}
