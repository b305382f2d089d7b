import type { Card } from "#engine/card.ts";
import type { MachineReport, ProbeOutcome } from "#engine/machine.ts";
import { formatMoment } from "#shared/format.ts";
import { instructionSetsText, ramKindText } from "#shared/host-text.ts";
import {
  acceleratorMemory,
  coresText,
  givenBandwidthText,
  memoryKindText,
  ramCopyText,
  ramMemory,
  systemText,
  noAcceleratorText,
} from "#shared/machine-text.ts";
import { acceleratorBlocks } from "./accelerator-lines.ts";
import type { Style } from "./style.ts";
import { tableLines } from "./table.ts";

const COLUMNS = [
  { heading: "This machine", align: "start" },
  { heading: "Memory", align: "end" },
  { heading: "", align: "start" },
  { heading: "Source", align: "start" },
] as const;

/** The machine in a few lines, each fact with its source. */
export function machineLines(machine: MachineReport, style: Style, width: number | null): readonly string[] {
  const accelerators = machine.accelerators.map((accelerator) => {
    const { totalText, useText } = acceleratorMemory(accelerator);
    const kind = accelerator.memoryKind === "dedicated" ? memoryKindText("dedicated") : "unified";
    return [accelerator.name, totalText, `${kind}, ${useText}`, accelerator.source];
  });
  const rows = [...accelerators, ramRow(machine), processorRow(machine)];
  const [heading = "", ...lines] = tableLines(COLUMNS, rows, width);
  const { title, text } = noAcceleratorText(machine);
  const none = machine.accelerators.length === 0 ? [`${title}. ${text}`] : [];
  return [style("bold", heading), ...lines, ...none];
}

/** The whole report: the machine, each accelerator's facts, what each source said, and the notes. */
export function detectionLines(
  machine: MachineReport,
  cards: readonly Card[],
  style: Style,
  width: number | null,
): readonly string[] {
  const system = systemText(machine.os);
  return [
    ...machineLines(machine, style, width),
    ...acceleratorBlocks(machine, cards, style, width),
    "",
    ...hostLines(machine),
    `System: ${system === "" ? "not known" : system} (${machine.os.source})`,
    "",
    style("bold", "Sources"),
    ...machine.probes.map((probe) => probeLine(probe)),
    ...(machine.notes.length === 0 ? [] : ["", style("bold", "Notes"), ...machine.notes]),
  ];
}

/** What decides how fast a model runs on the processor, as far as it is known. */
function hostLines({ processor, ram }: MachineReport): readonly string[] {
  const sets = instructionSetsText(processor);
  const copied = ramCopyText(ram);
  const ramTexts = [
    ramKindText(ram),
    givenBandwidthText(ram),
    copied === null ? null : `${copied} (${ram.copy?.source ?? ""})`,
  ];
  return [
    ...(sets === null ? [] : [`Processor: ${sets} (${processor.source})`]),
    ...ramTexts.filter((text) => text !== null).map((text) => `RAM: ${text}`),
  ];
}

/** What failed, for people who asked something else and should know that an answer rests on less. */
export function failedProbeLines(machine: MachineReport): readonly string[] {
  return machine.probes
    .filter((probe) => probe.status === "failed")
    .map((probe) => `${probe.name} did not answer: ${probe.message}`);
}

const STATUS_TEXT: Record<ProbeOutcome["status"], string> = {
  ok: "read",
  absent: "not there",
  failed: "failed",
};

function probeLine({ name, status, message, elapsedMs, readAt }: ProbeOutcome): string {
  const moment = readAt === undefined ? "" : `, answered ${formatMoment(readAt)}`;
  return `${name}: ${STATUS_TEXT[status]}. ${message} (${Math.round(elapsedMs)} ms${moment})`;
}

function ramRow({ ram }: MachineReport): readonly string[] {
  const { totalText, useText } = ramMemory(ram);
  return ["RAM", totalText, useText, ram.source];
}

function processorRow({ processor }: MachineReport): readonly string[] {
  return [processor.name ?? "Processor not known", "", coresText(processor), processor.source];
}
