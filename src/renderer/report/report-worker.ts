import { changeSentences } from "#report/changes-text.ts";
import { renderReport } from "#report/formats.ts";
import { makeReport, type ReportInput } from "#report/make-report.ts";
import type { ReportReply } from "./report-maker.ts";

addEventListener("message", ({ data }: MessageEvent<ReportInput>) => postMessage(replyTo(data)));

function replyTo(input: ReportInput): ReportReply {
  try {
    const report = makeReport(input);
    const [html, md] = [renderReport(report, "html"), renderReport(report, "md")];
    const [json, csv] = [renderReport(report, "json"), renderReport(report, "csv")];
    return { texts: { html, md, json, csv }, changes: changeSentences(report.changes?.changes ?? []) };
  } catch (error) {
    return { failure: error instanceof Error ? error.message : String(error) };
  }
}
