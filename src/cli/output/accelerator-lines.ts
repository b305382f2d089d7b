import type { Card } from "#engine/card.ts";
import type { Accelerator, MachineReport } from "#engine/machine.ts";
import { type AcceleratorFact, acceleratorFacts, memoryHolderTexts } from "#shared/accelerator-facts.ts";
import { usableMemory } from "#shared/usable-memory.ts";
import { wrappedRows, wrapText } from "./paragraph.ts";
import type { Style } from "./style.ts";
import { tableLines } from "./table.ts";

const SUM_COLUMNS = [
  { heading: "", align: "start" },
  { heading: "", align: "start" },
  { heading: "", align: "start" },
  { heading: "", align: "end" },
] as const;

/** What is known of each accelerator: its memory as a sum, who holds it now, and every fact with its sources. */
export function acceleratorBlocks(
  machine: MachineReport,
  cards: readonly Card[],
  style: Style,
  width: number | null,
): readonly string[] {
  return machine.accelerators.flatMap((accelerator, index) => [
    "",
    style("bold", `${index}: ${accelerator.name}`),
    ...memoryLines(accelerator, machine, width),
    ...holderLines(accelerator, width),
    "",
    ...factLines(acceleratorFacts(accelerator, cards), style, width),
  ]);
}

function memoryLines(
  accelerator: Accelerator,
  machine: MachineReport,
  width: number | null,
): readonly string[] {
  const { lines, notes } = usableMemory(accelerator, machine);
  const rows = lines.map(({ sign, label, text }) => ["", sign, label, text]);
  return [
    ...tableLines(SUM_COLUMNS, rows, width).slice(1),
    ...notes.flatMap((note) => wrapText(note, { width, indent: 2 })),
  ];
}

const MOST_HOLDERS = 8;

function holderLines(accelerator: Accelerator, width: number | null): readonly string[] {
  const holders = memoryHolderTexts(accelerator);
  if (holders.length === 0) return [];
  const more = holders.length - MOST_HOLDERS;
  const shown = [...holders.slice(0, MOST_HOLDERS), ...(more > 0 ? [`and ${more} more`] : [])];
  return ["  Memory is held by", ...shown.flatMap((text) => wrapText(text, { width, indent: 4 }))];
}

function factLines(facts: readonly AcceleratorFact[], style: Style, width: number | null): readonly string[] {
  const rows = facts.map(({ label, text, source }) => [label, text ?? "unknown", source]);
  const disagreements = facts.flatMap(({ label, disagreement }) =>
    disagreement === null ? [] : [`Sources disagree. ${label}: ${disagreement}`],
  );
  return [
    ...wrappedRows(rows, { width, indent: 2 }),
    ...disagreements
      .flatMap((text) => wrapText(text, { width, indent: 2 }))
      .map((line) => style("yellow", line)),
  ];
}
