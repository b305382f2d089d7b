import type { Card } from "./card.ts";
import { parseAcceleratorSpec } from "./hardware/accelerator-spec.ts";
import { gibText, parseMemorySize } from "./hardware/memory-size.ts";
import { nameAccelerator, type NamedAccelerator } from "./hardware/named-accelerator.ts";
import { unifiedMemory } from "./hardware/unified-memory.ts";
import type { Accelerator, MachineReport, Ram } from "./machine.ts";

/** What a person says of the machine asked about, as they typed it. */
export interface MachineOverride {
  /** "RTX 4090", "2x RTX 3090", "RTX 4090@20GiB"; null: as they are, []: none. */
  readonly gpus: readonly string[] | null;
  /** "64GiB"; null: as it is. */
  readonly ram: string | null;
}

/** The machine as overridden, or what is wrong with what was typed; `unknownCard` is a name that no card has. */
export type Overridden =
  | { readonly kind: "ok"; readonly machine: MachineReport }
  | { readonly kind: "failed"; readonly message: string; readonly unknownCard: string | null };

/** The base machine (null: one of which nothing is known) with what a person typed in its place; notes say each change. */
export function overrideMachine(
  base: MachineReport | null,
  override: MachineOverride,
  cards: readonly Card[],
): Overridden {
  const ram = givenRam(override.ram);
  if (ram.kind === "failed") return { ...ram, unknownCard: null };
  const machine = withRam(base ?? NOTHING_KNOWN, ram);
  if (override.gpus === null) return { kind: "ok", machine };
  const named = namedAccelerators(override.gpus, cards);
  if (named.kind === "failed") return named;
  return withAccelerators(machine, named.accelerators, ram.given);
}

/** The source of what nobody gave of a machine that is not this one. */
export const NOT_GIVEN = "not given";

const NOTHING_KNOWN: MachineReport = {
  schemaVersion: 1,
  os: { platform: null, name: null, release: null, architecture: null, source: NOT_GIVEN },
  processor: {
    name: null,
    vendor: null,
    physicalCoreCount: null,
    threadCount: null,
    source: NOT_GIVEN,
  },
  ram: { totalBytes: null, availableBytes: null, source: NOT_GIVEN },
  accelerators: [],
  probes: [],
  notes: [],
};

interface GivenRam {
  readonly kind: "ok";
  readonly given: Ram | null;
  readonly notes: readonly string[];
}

function givenRam(text: string | null): GivenRam | { readonly kind: "failed"; readonly message: string } {
  if (text === null) return { kind: "ok", given: null, notes: [] };
  const size = parseMemorySize(text);
  if (size.kind === "failed") return { kind: "failed", message: `RAM: ${size.message}.` };
  const given = { totalBytes: size.bytes, availableBytes: null, source: "given" };
  const reading = size.note === null ? [] : [`RAM: ${size.note}`];
  return { kind: "ok", given, notes: [...reading, `RAM: ${gibText(size.bytes)} as given.`] };
}

/** GPUs that have all of the RAM (Apple's) have all of the RAM that is given. */
function withRam(machine: MachineReport, { given, notes }: GivenRam): MachineReport {
  if (given === null) return machine;
  const accelerators = machine.accelerators.map((accelerator) =>
    sharesAllRam(accelerator, machine.ram) ? withMemoryOf(accelerator, given) : accelerator,
  );
  return { ...machine, ram: given, accelerators, notes: [...machine.notes, ...notes] };
}

function sharesAllRam({ memoryKind, vendor, memoryTotalBytes }: Accelerator, ram: Ram): boolean {
  if (memoryKind !== "unified") return false;
  return vendor === "apple" || (memoryTotalBytes !== null && memoryTotalBytes === ram.totalBytes);
}

function withMemoryOf(accelerator: Accelerator, { totalBytes, source }: Ram): Accelerator {
  const { details, ...rest } = accelerator;
  const changed = { ...rest, memoryTotalBytes: totalBytes, memoryFreeBytes: null, source };
  return details === undefined
    ? changed
    : { ...changed, details: { ...details, workingSetLimitBytes: null } };
}

type Named =
  | { readonly kind: "ok"; readonly accelerators: readonly NamedAccelerator[] }
  | (Overridden & { readonly kind: "failed" });

function namedAccelerators(texts: readonly string[], cards: readonly Card[]): Named {
  const accelerators: NamedAccelerator[] = [];
  for (const text of texts) {
    const read = parseAcceleratorSpec(text);
    if (read.kind === "failed") return { ...read, unknownCard: null };
    const result = nameAccelerator(read.spec, cards);
    if (result.kind === "failed") return result;
    accelerators.push(result.named);
  }
  return { kind: "ok", accelerators };
}

function withAccelerators(
  machine: MachineReport,
  named: readonly NamedAccelerator[],
  givenRam: Ram | null,
): Overridden {
  const settled = unifiedMemory(named, givenRam, machine.os.platform);
  if (settled.kind === "failed") return { ...settled, unknownCard: null };
  const accelerators = settled.accelerators.flatMap((one) => Array.from({ length: one.count }, () => one));
  return {
    kind: "ok",
    machine: {
      ...machine,
      ...settled.computer,
      links: [],
      ram: settled.ram ?? machine.ram,
      accelerators: accelerators.map((one, index) => acceleratorOf(one, index)),
      notes: [
        ...machine.notes,
        ...(named.length === 0 ? ["Accelerators: none, as given."] : []),
        ...named.flatMap(({ notes }) => notes),
        ...settled.notes,
        ...(settled.ram === null && givenRam === null ? [keptRamNote(machine.ram)] : []),
      ],
    },
  };
}

function acceleratorOf(named: NamedAccelerator, index: number): Accelerator {
  const { name, vendor, memoryKind, memoryBytes, source } = named;
  return {
    id: `override-${index + 1}`,
    name,
    vendor,
    memoryKind,
    memoryTotalBytes: memoryBytes,
    memoryFreeBytes: null,
    driverVersion: null,
    pciAddress: null,
    source,
  };
}

function keptRamNote({ totalBytes, source }: Ram): string {
  if (totalBytes === null) return "RAM: unknown, none was given.";
  return `RAM: ${gibText(totalBytes)} as it was (${source}), none was given.`;
}
