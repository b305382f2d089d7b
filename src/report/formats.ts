import { reportCsv } from "./csv.ts";
import { reportHtml } from "./html.ts";
import { reportJson } from "./json.ts";
import { reportMarkdown } from "./markdown.ts";
import type { Report } from "./report.ts";

/** Formats that are text; a PDF is printed from the HTML, which takes a browser's engine. */
export const TEXT_FORMATS = ["html", "md", "json", "csv"] as const;

export type TextFormat = (typeof TEXT_FORMATS)[number];

const RENDERERS: Record<TextFormat, (report: Report) => string> = {
  html: reportHtml,
  md: reportMarkdown,
  json: reportJson,
  csv: reportCsv,
};

/** The report as a file of that format, with a line's end at its own. */
export function renderReport(report: Report, format: TextFormat): string {
  return RENDERERS[format](report);
}
