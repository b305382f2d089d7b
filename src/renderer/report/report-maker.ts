import type { ReportInput } from "#report/make-report.ts";
import type { ReportTexts } from "#shared/ipc.ts";

/** A report in every format, and what changed since an older one, a sentence each; empty where nothing did. */
export interface MadeReport {
  readonly texts: ReportTexts;
  readonly changes: readonly string[];
}

/** Makes a report; a rejected promise says why it cannot be made. */
export type MakeReport = (input: ReportInput) => Promise<MadeReport>;

/** What the worker answers. */
export type ReportReply = MadeReport | { readonly failure: string };

/** Beside the page, since it asks about every model; the worker ends with its answer. */
export const makeReportInWorker: MakeReport = async (input) => {
  const worker = new Worker(new URL("./report-worker.ts", import.meta.url), { type: "module" });
  try {
    const reply = await new Promise<ReportReply>((resolve) => {
      worker.addEventListener("message", ({ data }: MessageEvent<ReportReply>) => resolve(data));
      worker.addEventListener("error", ({ message }) => resolve({ failure: message }));
      worker.postMessage(input);
    });
    if ("failure" in reply) throw new Error(reply.failure);
    return reply;
  } finally {
    worker.terminate();
  }
};
