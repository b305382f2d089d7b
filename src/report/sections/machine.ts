import { memoryKindText } from "#shared/machine-text.ts";
import { type Block, type Section, section, type Table } from "#report/block.ts";
import type { Report, ReportFact } from "#report/report.ts";

/** The machine, each fact with its source. */
export function machineSection({ machine }: Report): Section {
  const { accelerators, facts, silentSources } = machine;
  const silent =
    silentSources.length === 0
      ? []
      : [`These sources were asked and gave no answer: ${silentSources.join(", ")}.`];
  return {
    id: "machine",
    title: "The machine",
    blocks: [
      factTable("The computer", facts),
      ...(accelerators.length === 0
        ? [paragraph("No GPU is known; verdicts are for the processor and RAM.")]
        : []),
      ...silent.map(paragraph),
    ],
    sections: accelerators.map(({ name, memoryKind, facts: its }, index) =>
      section(`accelerator-${index + 1}`, numbered(name, index, accelerators), [
        ...(memoryKind === "dedicated" ? [] : [paragraph(`${memoryKindText("unified")}.`)]),
        factTable(numbered(name, index, accelerators), its),
      ]),
    ),
  };
}

function numbered(name: string, index: number, all: Report["machine"]["accelerators"]): string {
  return all.filter((each) => each.name === name).length === 1 ? name : `${name} (${index + 1})`;
}

function factTable(caption: string, facts: readonly ReportFact[]): Table {
  return {
    kind: "table",
    caption,
    columns: [
      { heading: "Fact", align: "start" },
      { heading: "Value", align: "start" },
      { heading: "Source", align: "start" },
    ],
    rows: facts.map(({ label, text, source, disagreement }) => [
      label,
      disagreement === null ? text : `${text}. Sources differ: ${disagreement}`,
      source,
    ]),
  };
}

/** What was asked. */
export function questionSection({ question }: Report): Section {
  return section("question", "What was asked", question.sentences.map(paragraph));
}

function paragraph(text: string): Block {
  return { kind: "paragraph", text };
}
