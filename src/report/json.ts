import type { Report } from "./report.ts";

/** The report itself, in base units; `resources/report.schema.json` describes it. */
export function reportJson(report: Report): string {
  return `${JSON.stringify(report, null, 2)}\n`;
}
