import { readFile, stat } from "node:fs/promises";
import path from "node:path";
import { app, dialog, type FileFilter } from "electron";
import { writeFailureText, writeWholeFile } from "#catalog/write-file.ts";
import type { Answer, OpenedReport, ReportTexts } from "#shared/ipc.ts";
import { isShallow } from "./depth.ts";
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

/** As much as would be written, and no deeper than ours are, by far. */
const OLDER_SIZE_MAX_BYTES = 20_000_000;
const OLDER_DEPTH_MAX = 40;

/** Asks for a report of old and reads it; null where the person thought better of it. */
export async function openReport(): Promise<Answer<OpenedReport | null>> {
  const chosen = await dialog.showOpenDialog({
    title: "Open an older report",
    filters: [{ name: "Report as JSON", extensions: ["json"] }],
    properties: ["openFile"],
  });
  const [file] = chosen.filePaths;
  return chosen.canceled || file === undefined ? { kind: "ok", value: null } : await readReport(file);
}

/** Reads a file, which may be any file at all. */
async function readReport(file: string): Promise<Answer<OpenedReport>> {
  const name = path.basename(file);
  try {
    const found = await stat(file);
    if (!found.isFile()) return failed(`${name} is no file.`); // a pipe or a device might never end
    if (found.size > OLDER_SIZE_MAX_BYTES) return failed(`${name} is too large for a report.`);
    const json: unknown = JSON.parse(await readFile(file, "utf8"));
    if (!isShallow(json, OLDER_DEPTH_MAX)) return failed(`${name} is nested too deep for a report.`);
    return { kind: "ok", value: { name, json } };
  } catch (error) {
    const reason = error instanceof SyntaxError ? "it is not JSON" : errorText(error);
    return failed(`${name} could not be read: ${reason}.`);
  }
}

async function pdfOf(html: string): Promise<Uint8Array> {
  return await printToPdf(html, paperOf(app.getLocaleCountryCode()));
}

/** Node's reason without the call and the path it ends in. */
function errorText(error: unknown): string {
  return error instanceof Error ? error.message.replace(/,.*/, "") : String(error);
}

function failed(message: string): Answer<never> {
  return { kind: "failed", message };
}
