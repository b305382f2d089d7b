import { runsHere } from "#engine/ranking.ts";
import { formatMemory, formatParameterCount, formatRateRange } from "#shared/format.ts";
import { languageName } from "#shared/language-name.ts";
import { noEvidenceText, qualityText } from "#shared/quality-text.ts";
import { changeSentences } from "#report/changes-text.ts";
import { type Block, listOf, type Section, section } from "#report/block.ts";
import type { Report, ReportLicence, ReportVerdict } from "#report/report.ts";

/** What is not as it was in an older report. */
export function changesSection({ changes }: Report): readonly Section[] {
  if (changes === null) return [];
  const sentences = changeSentences(changes.changes);
  const blocks: readonly Block[] =
    sentences.length === 0 ? [{ kind: "paragraph", text: "Nothing changed." }] : listOf(sentences);
  return [section("changes", `What changed since ${changes.since.slice(0, 10)}`, blocks)];
}

/** Subjects side by side. */
export function comparisonSection({ comparison }: Report): readonly Section[] {
  if (comparison === null) return [];
  const { subjects, rows } = comparison;
  return [
    section("comparison", "Side by side", [
      { kind: "paragraph", text: "What is marked is better than the others by more than the uncertainty." },
      {
        kind: "table",
        caption: "Models side by side, marked (*) where one is better",
        columns: [
          { heading: "", align: "start" },
          ...subjects.map((heading) => ({ heading, align: "end" as const })),
        ],
        rows: rows.map(({ label, cells, best }) => [
          label.trim(),
          ...cells.map((cell, index) => (index === best ? `${cell} *` : cell)),
        ]),
      },
    ]),
  ];
}

const COMMERCIAL_USE: Record<ReportLicence["commercialUse"], string> = {
  yes: "allowed",
  no: "no",
  conditional: "conditions",
  unknown: "not stated",
};

/** Every model with its verdict. */
export function verdictsSection({ verdicts, question, machine }: Report): Section {
  const running = verdicts.filter(({ group }) => runsHere(group)).length;
  return section("verdicts", "Every model", [
    {
      kind: "paragraph",
      text: `${running} of ${verdicts.length} run on this machine. Memory and tokens per second are for the quantization named; quality is for what was asked (${[question.task, ...question.languages.map(languageName)].join(", ")}).`,
    },
    {
      kind: "table",
      caption: "Every model with its verdict, best first",
      columns: [
        { heading: "Model", align: "start" },
        { heading: "Parameters", align: "end" },
        { heading: "Verdict", align: "start" },
        { heading: "Quantization", align: "start" },
        { heading: "Memory", align: "end" },
        { heading: "Tokens/s", align: "end" },
        { heading: "Quality", align: "end" },
        { heading: "Commercial use", align: "start" },
      ],
      rows: verdicts.map((row) => verdictRow(row, machine.accelerators)),
    },
  ]);
}

function verdictRow(row: ReportVerdict, accelerators: Report["machine"]["accelerators"]): readonly string[] {
  const { modelName, parameterCount, verdict, quantization, memoryTotalBytes } = row;
  const note = noteOf(row, accelerators);
  const { decodeTokensPerSecond, quality, licence, placementKind } = row;
  return [
    modelName,
    parameterCount === null ? "unknown" : formatParameterCount(parameterCount),
    note === "" ? verdict : `${verdict}: ${note}`,
    quantization ?? "",
    memoryTotalBytes === null ? "unknown" : formatMemory(memoryTotalBytes),
    decodeTokensPerSecond === null
      ? placementKind === "none"
        ? ""
        : "unknown"
      : formatRateRange(decodeTokensPerSecond),
    quality === null ? noEvidenceText() : qualityText(quality),
    COMMERCIAL_USE[licence.commercialUse],
  ];
}

/** On which card a model is, where there are several; of one, every row would say its name again. */
function noteOf({ note }: ReportVerdict, accelerators: Report["machine"]["accelerators"]): string {
  const [only, ...others] = accelerators;
  return only !== undefined && others.length === 0 && note === `on ${only.name}` ? "" : note;
}

/** How the numbers come about, and how accurate they are. */
export function methodsSection({ methods }: Report): Section {
  return section(
    "methods",
    "How these numbers are made, and how accurate they are",
    methods.flatMap(({ title, sentences }): readonly Block[] => [
      { kind: "heading", text: title },
      ...sentences.map((text): Block => ({ kind: "paragraph", text })),
    ]),
  );
}
