import { readFile, stat } from "node:fs/promises";
import path from "node:path";
import { app, dialog, type FileFilter } from "electron";
import { writeWholeFile } from "#catalog/write-file.ts";
import type { Answer, OpenedReport, ReportTexts } from "#shared/ipc.ts";
import { commaText } from "#words/lists.ts";
import { say } from "#words/say.ts";
import { spoken } from "#words/spoken.ts";
import { isShallow } from "./depth.ts";
import { paperOf } from "./paper.ts";
import { printToPdf } from "./print-to-pdf.ts";
import { reasonOf, writeReasonOf } from "./reasons.ts";

type Format = FileFilter & { readonly key: keyof ReportTexts | "pdf" };

function formats(): readonly Format[] {
  return [
    { name: say("HTML page"), extensions: ["html", "htm"], key: "html" },
    { name: "PDF", extensions: ["pdf"], key: "pdf" },
    { name: "Markdown", extensions: ["md", "markdown"], key: "md" },
    { name: say("JSON, every figure"), extensions: ["json"], key: "json" },
    { name: say("CSV, one row a model"), extensions: ["csv"], key: "csv" },
  ];
}

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
    // Reports are in English alone: who reads another language hears of it before there is a file.
    title: spoken().tag === "en" ? say("Export a report") : say("Export a report, in English"),
    defaultPath: "fitment-report.html",
    filters: formats().map(({ name, extensions }) => ({ name, extensions: [...extensions] })),
  });
  if (chosen.canceled || chosen.filePath === "") return { kind: "ok", value: null };
  return await writeReport(chosen.filePath, texts);
}

async function writeReport(file: string, texts: ReportTexts): Promise<Answer<string>> {
  const name = path.basename(file);
  const ending = path.extname(file).slice(1).toLowerCase();
  const format = formats().find(({ extensions }) => extensions.includes(ending));
  if (format === undefined) {
    const endings = commaText(formats().map(({ extensions }) => `.${extensions[0] ?? ""}`));
    return failed(
      say("{name} does not say what to write: give it one of the endings {endings}.", { name, endings }),
    );
  }
  try {
    await writeWholeFile(file, format.key === "pdf" ? await pdfOf(texts.html) : texts[format.key]);
    return { kind: "ok", value: name };
  } catch (error) {
    return failed(
      say("{name} could not be written: {reason}.", { name, reason: writeReasonOf(error, file) }),
    );
  }
}

/** As much as would be written, and no deeper than ours are, by far. */
const OLDER_SIZE_MAX_BYTES = 20_000_000;
const OLDER_DEPTH_MAX = 40;

/** Asks for a report of old and reads it; null where the person thought better of it. */
export async function openReport(): Promise<Answer<OpenedReport | null>> {
  const chosen = await dialog.showOpenDialog({
    title: say("Open an older report"),
    filters: [{ name: say("Report as JSON"), extensions: ["json"] }],
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
    if (!found.isFile()) return failed(say("{name} is no file.", { name })); // a pipe or a device might never end
    if (found.size > OLDER_SIZE_MAX_BYTES) return failed(say("{name} is too large for a report.", { name }));
    const json: unknown = JSON.parse(await readFile(file, "utf8"));
    if (!isShallow(json, OLDER_DEPTH_MAX))
      return failed(say("{name} is nested too deep for a report.", { name }));
    return { kind: "ok", value: { name, json } };
  } catch (error) {
    const reason = error instanceof SyntaxError ? say("it is not JSON") : reasonOf(error);
    return failed(say("{name} could not be read: {reason}.", { name, reason }));
  }
}

async function pdfOf(html: string): Promise<Uint8Array> {
  return await printToPdf(html, paperOf(app.getLocaleCountryCode()));
}

function failed(message: string): Answer<never> {
  return { kind: "failed", message };
}
