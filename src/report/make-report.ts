import { compare, type Comparison } from "#advice/compare.ts";
import type { Subject } from "#advice/comparison/subject.ts";
import type { AdviceData, AdviceQuestion } from "#advice/question.ts";
import { recommend, type Recommendation } from "#advice/recommend.ts";
import type { MachineReport } from "#engine/machine.ts";
import { runsHere } from "#engine/ranking.ts";
import { cellText, rowLabel } from "#shared/compare-text.ts";
import { changesBetween, type OlderReport } from "./changes.ts";
import { reportMachine } from "./machine.ts";
import { METHODS } from "./methods.ts";
import { publicEntries } from "./own-entries.ts";
import { reportPicks } from "./picks.ts";
import { withoutPrivate } from "./private-text.ts";
import { maskedNames, publicMachine } from "./public-machine.ts";
import { publicOlderReport } from "./public-older.ts";
import { reportQuestion } from "./question.ts";
import { REPORT_SCHEMA_VERSION, type Report, type ReportComparison, type ReportVersions } from "./report.ts";
import { reportVerdicts } from "./verdicts.ts";

/** What a report is made from. */
export interface ReportInput {
  readonly question: AdviceQuestion;
  readonly data: AdviceData;
  /** As it is shown; the question's own may have less memory, where only what is free now counts. */
  readonly machine: MachineReport;
  /** Put side by side; fewer than two: nothing is. */
  readonly subjects: readonly Subject[];
  readonly versions: ReportVersions;
  /** Now, as `2026-11-25T14:30:00.000Z`. */
  readonly madeAt: string;
  /** What it is held against; null without. */
  readonly older: OlderReport | null;
}

/** Everything there is to say, once, for every format. */
export function makeReport(given: ReportInput): Report {
  const input = withPublicEntries(given);
  const { question, data, machine, versions, madeAt, older } = input;
  const recommendation = recommend(question, data);
  const verdicts = reportVerdicts(question, data);
  const machines = [machine, question.machine, ...input.subjects.map((subject) => subject.machine)];
  const stated: Report = {
    kind: "fitment-report",
    schemaVersion: REPORT_SCHEMA_VERSION,
    madeAt,
    versions,
    machine: reportMachine(publicMachine(machine, data.cards), data.cards),
    question: reportQuestion(question),
    answer: {
      summary: summaryOf(recommendation, verdicts),
      picks: reportPicks(recommendation),
    },
    verdicts,
    comparison: comparisonOf(input),
    methods: METHODS,
    changes: null,
  };
  const report = withoutPrivate(stated, maskedNames(machines, data.cards));
  if (older === null) return report;
  const changes = changesBetween(publicOlderReport(older), report);
  return { ...report, changes: { since: older.madeAt, changes } };
}

/** What a person added to the catalog goes in as it can be shown, so that no sentence is made of the rest. */
function withPublicEntries(input: ReportInput): ReportInput {
  const { modelOf, runtimeOf, data } = publicEntries(input.data);
  const { scenario } = input.question;
  const { runtime } = scenario;
  const question =
    runtime === undefined
      ? input.question
      : { ...input.question, scenario: { ...scenario, runtime: runtimeOf(runtime) } };
  const subjects = input.subjects.map((subject) => {
    const model = modelOf(subject.model);
    return { ...subject, model, label: subject.label.replaceAll(subject.model.name, model.name) };
  });
  return { ...input, question, data, subjects };
}

function summaryOf(recommendation: Recommendation, verdicts: Report["verdicts"]): readonly string[] {
  const { best, isBelowSpeedFloor, fittingModelCount, withoutEvidenceCount } = recommendation;
  const running = verdicts.filter(({ group }) => runsHere(group)).length;
  const unproven =
    withoutEvidenceCount === 0
      ? ""
      : `, ${withoutEvidenceCount} of those fast enough without a published score at this task`;
  return [
    best === null
      ? "Nothing that suits this fits this machine."
      : `${best.model.name} at ${best.quantization} is the best answer.`,
    ...(isBelowSpeedFloor
      ? ["Nothing that suits is faster than people read; this is the best of what is slow."]
      : []),
    `${running} of ${verdicts.length} models run on this machine; ${fittingModelCount} suit what is asked for${unproven}.`,
  ];
}

const FEWEST = 2;

function comparisonOf({ subjects, question, data }: ReportInput): ReportComparison | null {
  return subjects.length < FEWEST ? null : inWords(compare(subjects, question, data));
}

function inWords({ subjects, rows }: Comparison): ReportComparison {
  return {
    subjects: subjects.map(({ label, quantization }) =>
      quantization === null || label.includes(quantization) ? label : `${label} at ${quantization}`,
    ),
    rows: rows.map((row) => ({
      id: row.id,
      label: rowLabel(row),
      cells: row.cells.map((cell) => cellText(row, cell)),
      best: row.best,
    })),
  };
}
