import path from "node:path";
import { TEXT_FORMATS, type TextFormat } from "#report/formats.ts";
import type { Options } from "./arguments.ts";
import { AnswerError, UsageError } from "./usage-error.ts";

/** Where a report goes, and as what; or only what changed since an older one. */
export type ReportOutput =
  | { readonly kind: "changes"; readonly isJson: boolean }
  /** No file: standard output. */
  | { readonly kind: "report"; readonly format: TextFormat; readonly file: string | null };

const FORMAT_NAMES = [...TEXT_FORMATS, "pdf"] as const;

const ENDINGS: Readonly<Record<string, (typeof FORMAT_NAMES)[number]>> = {
  ".html": "html",
  ".htm": "html",
  ".md": "md",
  ".markdown": "md",
  ".json": "json",
  ".csv": "csv",
  ".pdf": "pdf",
};

/** A PDF is printed by a browser's engine, which the terminal tool does not have. */
const NO_PDF =
  "a PDF is made by the window: File, Export report. Or print the HTML from a browser: fitment report --format html --output report.html";

/** What the options ask for: the format named, else that of the file's ending, else Markdown, which terminals show. */
export function reportOutput(options: Options): ReportOutput {
  const { format, output = null, diff, json } = options;
  if (diff !== undefined && format === undefined && output === null) {
    return { kind: "changes", isJson: json === true };
  }
  if (json === true && format !== undefined && format !== "json") {
    throw new UsageError(`--json and --format ${format} exclude each other.`);
  }
  const named = json === true ? "json" : format === undefined ? null : formatNamed(format);
  const chosen = named ?? (output === null ? "md" : formatOfFile(output));
  if (chosen === "pdf") throw new AnswerError(`No PDF here: ${NO_PDF}`);
  return { kind: "report", format: chosen, file: output };
}

function formatNamed(text: string): (typeof FORMAT_NAMES)[number] {
  const wanted = text.trim().toLowerCase();
  const found = FORMAT_NAMES.find((name) => name === wanted);
  if (found !== undefined) return found;
  throw new UsageError(`--format takes one of ${FORMAT_NAMES.join(", ")}; "${text}" is none.`);
}

function formatOfFile(file: string): (typeof FORMAT_NAMES)[number] {
  const found = ENDINGS[path.extname(file).toLowerCase()];
  if (found !== undefined) return found;
  throw new UsageError(`The ending of ${file} does not tell the format: add --format html, md, json or csv.`);
}
