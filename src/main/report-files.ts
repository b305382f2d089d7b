import path from "node:path";
import { app, dialog, type FileFilter } from "electron";
import { writeFailureText, writeWholeFile } from "#catalog/write-file.ts";
import type { Answer, ReportTexts } from "#shared/ipc.ts";
import { paperOf } from "./paper.ts";
import { printToPdf } from "./print-to-pdf.ts";

const FORMATS: readonly (FileFilter & { readonly key: keyof ReportTexts | "pdf" })[] = [
  { name: "HTML page", extensions: ["html", "htm"], key: "html" },
  { name: "PDF", extensions: ["pdf"], key: "pdf" },
  { name: "Markdown", extensions: ["md", "markdown"], key: "md" },
  { name: "JSON, every figure", extensions: ["json"], key: "json" },
  { name: "CSV, one row a model", extensions: ["csv"], key: "csv" },
];

/** A report is some hundred kilobytes. */
const TEXT_MAX_LENGTH = 20_000_000;

/** Checks what the page sent; null where that is no report. */
export function readReportTexts(argument: unknown): ReportTexts | null {
  if (typeof argument !== "object" || argument === null) return null;
  const textOf = (key: string): string | null => {
    const text: unknown = Object.getOwnPropertyDescriptor(argument, key)?.value;
    return typeof text === "string" && text.length <= TEXT_MAX_LENGTH ? text : null;
  };
  const [html, md, json, csv] = [textOf("html"), textOf("md"), textOf("json"), textOf("csv")];
  return html === null || md === null || json === null || csv === null ? null : { html, md, json, csv };
}

/** Asks where, and writes the report there as what the file's ending says; null where the person thought better of it. */
export async function saveReport(texts: ReportTexts): Promise<Answer<string | null>> {
  const chosen = await dialog.showSaveDialog({
    title: "Export a report",
    defaultPath: "fitment-report.html",
    filters: FORMATS.map(({ name, extensions }) => ({ name, extensions: [...extensions] })),
  });
  if (chosen.canceled || chosen.filePath === "") return { kind: "ok", value: null };
  return await writeReport(chosen.filePath, texts);
}

async function writeReport(file: string, texts: ReportTexts): Promise<Answer<string>> {
  const name = path.basename(file);
  const ending = path.extname(file).slice(1).toLowerCase();
  const format = FORMATS.find(({ extensions }) => extensions.includes(ending));
  if (format === undefined) {
    const endings = FORMATS.map(({ extensions }) => `.${extensions[0] ?? ""}`).join(", ");
    return failed(`${name} does not say what to write: give it one of the endings ${endings}.`);
  }
  try {
    await writeWholeFile(file, format.key === "pdf" ? await pdfOf(texts.html) : texts[format.key]);
    return { kind: "ok", value: name };
  } catch (error) {
    return failed(`${name} could not be written: ${writeFailureText(error)}.`);
  }
}

async function pdfOf(html: string): Promise<Uint8Array> {
  return await printToPdf(html, paperOf(app.getLocaleCountryCode()));
}

function failed(message: string): Answer<never> {
  return { kind: "failed", message };
}
