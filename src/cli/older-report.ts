import type { OlderReport } from "#report/changes.ts";
import { readOlderReport } from "#report/older-report.ts";
import { readText } from "./files.ts";
import type { Surroundings } from "./surroundings.ts";
import { AnswerError } from "./usage-error.ts";

/** Reads what `fitment report --format json` wrote (outside data). Throws an AnswerError that names the file. */
export async function olderReportIn(file: string, surroundings: Surroundings): Promise<OlderReport> {
  const read = readOlderReport(parsed(await readText(file, surroundings)));
  if (read.kind === "ok") return read.report;
  throw new AnswerError(
    `${file} is no report (${read.message}). Make one with: fitment report --format json --output ${file}`,
  );
}

/** What is no JSON is no report either: the check then says so. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown; // outside data; it is checked next
  } catch {
    return null;
  }
}
