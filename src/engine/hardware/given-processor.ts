import { NOT_GIVEN } from "#engine/machine-override.ts";
import type { MachineReport, Processor, Ram, RamBandwidth } from "#engine/machine.ts";
import { gbToBytes } from "#engine/units.ts";

/** What a person says of the processor and how fast its RAM is, as they typed it; null: as it is. */
export interface ProcessorChange {
  readonly name: string | null;
  /** Physical cores, "16". */
  readonly cores: string | null;
  /** "90GB/s" as the makers reckon it, or "60GB/s measured" as a copy of memory gave it. */
  readonly ramBandwidth: string | null;
}

export const NO_PROCESSOR_CHANGE: ProcessorChange = { name: null, cores: null, ramBandwidth: null };

/** The machine with its processor as given, or what is wrong with what was given. */
export type GivenProcessor =
  | { readonly kind: "ok"; readonly machine: MachineReport }
  | { readonly kind: "failed"; readonly message: string };

/** True where anything of the processor is given. */
export function isProcessorChanged({ name, cores, ramBandwidth }: ProcessorChange): boolean {
  return name !== null || cores !== null || ramBandwidth !== null;
}

/** Sets what a person says of the processor, marks it in the sources and says it in the notes; each field by itself. */
export function giveProcessor(machine: MachineReport, change: ProcessorChange): GivenProcessor {
  if (!isProcessorChanged(change)) return { kind: "ok", machine };
  const name = change.name?.trim() ?? null;
  if (name === "") return failed("The processor's name is empty.");
  const cores = change.cores === null ? null : coreCount(change.cores);
  if (typeof cores === "string") return failed(cores);
  const bandwidth = change.ramBandwidth === null ? null : ramBandwidth(change.ramBandwidth);
  if (typeof bandwidth === "string") return failed(bandwidth);
  // What was measured here says nothing of another processor or other RAM: the speeds would not follow.
  const { measuredRates, ...rest } = machine;
  const notes = [
    ...(name === null ? [] : [`Processor: ${name}, as given.`]),
    ...(cores === null ? [] : [`Processor: ${cores} ${cores === 1 ? "core" : "cores"}, as given.`]),
    ...(bandwidth === null ? [] : [`RAM: ${change.ramBandwidth?.trim() ?? ""}, as given.`]),
    ...((measuredRates ?? []).length === 0 ? [] : ["Rates measured before the change are left out."]),
  ];
  return {
    kind: "ok",
    machine: {
      ...rest,
      processor: processorWith(machine.processor, name, cores),
      ram: bandwidth === null ? machine.ram : ramWith(machine.ram, bandwidth),
      notes: [...machine.notes, ...notes],
    },
  };
}

/** How many threads another number of cores has, and what another processor can, nobody said. */
function processorWith(processor: Processor, name: string | null, cores: number | null): Processor {
  if (name === null && cores === null) return processor;
  const { instructionSets, ...rest } = processor;
  const given = [...(name === null ? [] : ["name"]), ...(cores === null ? [] : ["cores"])].join(" and ");
  return {
    ...rest,
    ...(name === null ? {} : { name, vendor: null }),
    ...(cores === null ? {} : { physicalCoreCount: cores, threadCount: null }),
    ...(instructionSets === undefined || name !== null ? {} : { instructionSets }),
    source: processor.source === NOT_GIVEN ? "given" : `given (${given}); else ${processor.source}`,
  };
}

function ramWith(ram: Ram, bandwidth: RamBandwidth): Ram {
  return { ...ram, bandwidth };
}

/** More than any computer of today has: a typing error. */
const MOST_CORES = 4096;

/** A count, or what is wrong with it. */
function coreCount(text: string): number | string {
  const count = /^\s*\d+\s*$/.test(text) ? Number(text) : 0;
  if (count >= 1 && count <= MOST_CORES) return count;
  return `"${text}" is not a number of cores; write it like 16, from 1 to ${MOST_CORES}.`;
}

/** More than RAM of any processor of today reaches (twelve channels of DDR5-6400 twice over are 1.2 TB/s): a wrong unit. */
const MOST_GB_PER_SECOND = 4_000;

/** A bandwidth, or what is wrong with it. */
function ramBandwidth(text: string): RamBandwidth | string {
  const [, number, measured] = /^\s*(\d+(?:\.\d+)?)\s*GB\/s(\s+measured)?\s*$/i.exec(text) ?? [];
  if (number === undefined)
    return `"${text}" is not a bandwidth; write it like 90GB/s, or 60GB/s measured where memory was copied that fast.`;
  const gbPerSecond = Number(number);
  if (gbPerSecond < 1 || gbPerSecond > MOST_GB_PER_SECOND)
    return `"${text}" is no bandwidth of RAM; give from 1 to ${MOST_GB_PER_SECOND} GB/s.`;
  return { bytesPerSecond: gbToBytes(gbPerSecond), isMeasured: measured !== undefined, source: "given" };
}

function failed(message: string): GivenProcessor & { readonly kind: "failed" } {
  return { kind: "failed", message };
}
