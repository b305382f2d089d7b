import type { AdviceQuestion } from "../../src/advice/question.ts";
import { makeReport, type ReportInput } from "../../src/report/make-report.ts";
import type { Report } from "../../src/report/report.ts";
import { data, modelNamed, questionOn } from "../advice/catalog-data.ts";
import type { BriefMachine } from "../advice/machines.ts";
import { MADE_AT, VERSIONS } from "./made.ts";

/** Machines that differ in what a report says of them: one card, several, unified memory, none. */
export const REPORT_MACHINES = [
  "24 GB card",
  "2 x 24 GB",
  "192 GB Mac",
  "CPU with 32 GB",
  "8 x 80 GB",
] as const;

const made = new Map<string, Report>();

/** A report on one of the brief's machines with two models side by side; made once. */
export function reportOn(name: BriefMachine): Report {
  const report = made.get(name) ?? makeReport(inputOf(questionOn(name, { task: "chat" })));
  made.set(name, report);
  return report;
}

export function inputOf(question: AdviceQuestion, change: Partial<ReportInput> = {}): ReportInput {
  const { machine } = question;
  const subjects = ["llama-3.1-8b", "mistral-7b"].map((id) => {
    const model = modelNamed(id);
    return { label: model.name, model, quantization: null, machine };
  });
  return { question, data, machine, subjects, versions: VERSIONS, madeAt: MADE_AT, older: null, ...change };
}
