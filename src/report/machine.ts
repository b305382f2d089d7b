import type { Card } from "#engine/card.ts";
import type { Accelerator, MachineReport } from "#engine/machine.ts";
import { acceleratorFacts } from "#shared/accelerator-facts.ts";
import { instructionSetsText, ramKindText } from "#shared/host-text.ts";
import {
  acceleratorMemory,
  coresText,
  givenBandwidthText,
  ramCopyText,
  ramMemory,
  systemText,
} from "#shared/machine-text.ts";
import type { ReportAccelerator, ReportFact, ReportMachine } from "./report.ts";

/**
 * The machine by its facts alone: messages of probes and notes are in words that nobody can vouch for, and who holds
 * memory now is nobody else's business.
 */
export function reportMachine(machine: MachineReport, cards: readonly Card[]): ReportMachine {
  const { os, processor, ram, accelerators, probes } = machine;
  const { name, release, architecture, source } = os;
  return {
    system: { name, release, architecture, source },
    processor: {
      name: processor.name,
      physicalCoreCount: processor.physicalCoreCount,
      threadCount: processor.threadCount,
      source: processor.source,
    },
    ram: { totalBytes: ram.totalBytes, availableBytes: ram.availableBytes, source: ram.source },
    accelerators: accelerators.map((accelerator) => reportAccelerator(accelerator, cards)),
    facts: hostFacts(machine),
    silentSources: probes.filter(({ status }) => status === "failed").map((probe) => probe.name),
  };
}

function reportAccelerator(accelerator: Accelerator, cards: readonly Card[]): ReportAccelerator {
  const { name, vendor, memoryKind, memoryTotalBytes, memoryFreeBytes, driverVersion, source } = accelerator;
  return {
    ...{ name, vendor, memoryKind, memoryTotalBytes, memoryFreeBytes, driverVersion, source },
    memoryBandwidthBytesPerSecond: accelerator.memoryBandwidthBytesPerSecond ?? null,
    facts: [
      fact("Memory now", acceleratorMemory(accelerator).useText, source),
      ...acceleratorFacts(accelerator, cards).map(({ label, text, source: from, disagreement }) => ({
        ...{ label, disagreement },
        text: text ?? "not known",
        source: from,
      })),
    ],
  };
}

function hostFacts({ os, processor, ram }: MachineReport): readonly ReportFact[] {
  const { totalText, useText } = ramMemory(ram);
  const sets = instructionSetsText(processor);
  const kind = ramKindText(ram);
  const copy = ramCopyText(ram);
  const bandwidth = givenBandwidthText(ram);
  const system = systemText(os);
  return [
    fact("System", system === "" ? "not known" : system, os.source),
    fact("Processor", `${processor.name ?? "not known"}, ${coresText(processor)}`, processor.source),
    ...(sets === null ? [] : [fact("Instruction sets", sets, processor.source)]),
    fact("RAM", `${totalText}, ${useText}`, ram.source),
    ...(kind === null ? [] : [fact("RAM modules", kind, ram.source)]),
    ...(bandwidth === null ? [] : [fact("RAM bandwidth", bandwidth, ram.bandwidth?.source ?? "given")]),
    ...(copy === null ? [] : [fact("RAM, measured", copy, ram.copy?.source ?? "measured")]),
  ];
}

function fact(label: string, text: string, source: string): ReportFact {
  return { label, text, source, disagreement: null };
}
