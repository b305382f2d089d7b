import type { Subject } from "#advice/comparison/subject.ts";
import { MOST_SUBJECTS } from "#advice/compare.ts";
import { adviceSession, type AdviceSession } from "#cli/advice-session.ts";
import type { Options } from "#cli/arguments.ts";
import { subjectOf } from "#cli/commands/compare.ts";
import { changesAnswer, changesLines } from "#cli/output/report-lines.ts";
import { writeText } from "#cli/files.ts";
import { olderReportIn } from "#cli/older-report.ts";
import { type ReportOutput, reportOutput } from "#cli/report-options.ts";
import type { Surroundings } from "#cli/surroundings.ts";
import { UsageError } from "#cli/usage-error.ts";
import type { OlderReport } from "#report/changes.ts";
import { renderReport } from "#report/formats.ts";
import { makeReport } from "#report/make-report.ts";
import type { Report } from "#report/report.ts";

/**
 * `fitment report [A B …]`: everything there is to say as one file or on standard output, with models side by side
 * where some are named; `--diff OLD.json` says what changed since.
 */
export async function report(
  operands: readonly string[],
  options: Options,
  surroundings: Surroundings,
): Promise<void> {
  const output = reportOutput(options);
  refuseCount(operands.length);
  const older = options.diff === undefined ? null : await olderReportIn(options.diff, surroundings);
  const session = await adviceSession(options, surroundings);
  const made = await reportOf(session, subjectsOf(operands, session), older, surroundings);
  await put(made, output, surroundings);
}

function refuseCount(count: number): void {
  if (count === 1 || count > MOST_SUBJECTS) {
    throw new UsageError(
      `report puts two to ${MOST_SUBJECTS} models side by side, or none: fitment report llama-3-8b@Q8_0 mistral-7b`,
    );
  }
}

function subjectsOf(operands: readonly string[], session: AdviceSession): readonly Subject[] {
  const { machine } = session.question;
  return operands.map((text) => subjectOf(text, { label: "", machine }, session));
}

async function reportOf(
  { question, data }: AdviceSession,
  subjects: readonly Subject[],
  older: OlderReport | null,
  { version, readCatalogDate, now }: Surroundings,
): Promise<Report> {
  return makeReport({
    ...{ question, data, subjects, older },
    machine: question.machine,
    versions: { fitment: version, catalogDate: await readCatalogDate() },
    madeAt: now().toISOString(),
  });
}

async function put(made: Report, output: ReportOutput, surroundings: Surroundings): Promise<void> {
  const { print, complain, columns } = surroundings;
  if (output.kind === "changes") {
    print(
      output.isJson ? JSON.stringify(changesAnswer(made), null, 2) : changesLines(made, columns).join("\n"),
    );
    return;
  }
  const content = renderReport(made, output.format);
  if (output.file === null) {
    print(content.replace(/\n$/, "")); // print ends the line itself
    return;
  }
  await writeText(output.file, content, surroundings);
  complain(`Wrote ${output.file}.`);
}
