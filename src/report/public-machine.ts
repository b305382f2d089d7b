import type { Card } from "#engine/card.ts";
import type { Accelerator, AcceleratorDetails, MachineReport, Ram, Witness } from "#engine/machine.ts";
import { isPublic, publicName, publicVersion } from "./public-words.ts";

/** What stands for a source that nobody can vouch for: a machine file can be edited. */
export const UNNAMED_SOURCE = "a saved report";

/**
 * A machine that can be shown to strangers: names without words that are no driver's, sources only where they are
 * detection's, the catalog's or our own. What is counted stays as it is.
 */
export function publicMachine(machine: MachineReport, cards: readonly Card[]): MachineReport {
  const sourceOf = sourceFilter(cards);
  const { os, processor, ram, accelerators, probes } = machine;
  return {
    ...machine,
    os: {
      platform: os.platform === null ? null : publicName(os.platform),
      name: os.name === null ? null : publicName(os.name),
      release: os.release === null ? null : publicName(os.release),
      architecture: os.architecture === null ? null : publicName(os.architecture),
      source: sourceOf(os.source),
    },
    processor: {
      ...processor,
      name: processor.name === null ? null : publicName(processor.name),
      vendor: null,
      source: sourceOf(processor.source),
      ...(processor.instructionSets === undefined
        ? {}
        : { instructionSets: processor.instructionSets.filter(isPublic) }),
    },
    ram: publicRam(ram, sourceOf),
    accelerators: accelerators.map((accelerator) => publicAccelerator(accelerator, sourceOf)),
    probes: probes.map((probe) => ({ ...probe, name: sourceOf(probe.name), message: "" })),
    notes: [],
  };
}

/** Names that a report would show otherwise than they are, the longest first. */
export function maskedNames(
  machines: readonly MachineReport[],
  cards: readonly Card[],
): ReadonlyMap<string, string> {
  const ofMachines = machines.flatMap(({ accelerators, processor }) => [
    ...accelerators.map(({ name }) => name),
    ...(processor.name === null ? [] : [processor.name]),
  ]);
  const ownCards = cards.filter(({ origin }) => origin !== "shipped");
  const names = [...ofMachines, ...ownCards.flatMap(({ name, aliases }) => [name, ...aliases])];
  const masked = [...new Set(names)].filter((name) => !isPublic(name));
  return new Map(
    masked.sort((one, other) => other.length - one.length).map((name) => [name, publicName(name)]),
  );
}

type SourceFilter = (source: string) => string;

function sourceFilter(cards: readonly Card[]): SourceFilter {
  const stated = new Set(
    cards
      .filter(({ origin }) => origin === "shipped")
      .flatMap((card) => Object.values(card).map(statedSource)),
  );
  const isStated = (text: string): boolean => stated.has(text);
  return (source) => {
    const rest = /^card database(?:: (.*)| \((.*)\))$/s.exec(source);
    const ofCard = rest?.[1] ?? rest?.[2];
    return isPublic(source) || (ofCard !== undefined && isStated(ofCard)) ? source : UNNAMED_SOURCE;
  };
}

function statedSource(fact: unknown): string {
  return typeof fact === "object" && fact !== null && "source" in fact ? String(fact.source) : "";
}

function publicRam({ modules, copy, bandwidth, ...ram }: Ram, sourceOf: SourceFilter): Ram {
  return {
    ...ram,
    source: sourceOf(ram.source),
    ...(modules === undefined
      ? {}
      : {
          modules: modules.map((module) => ({
            ...module,
            type: module.type === null ? null : publicName(module.type),
            slot: null,
          })),
        }),
    ...(copy === undefined ? {} : { copy: { ...copy, source: sourceOf(copy.source) } }),
    ...(bandwidth === undefined ? {} : { bandwidth: { ...bandwidth, source: sourceOf(bandwidth.source) } }),
  };
}

function publicAccelerator(accelerator: Accelerator, sourceOf: SourceFilter): Accelerator {
  const { name, driverVersion, pciAddress, source, details, witnesses } = accelerator;
  return {
    ...accelerator,
    name: publicName(name),
    driverVersion: driverVersion === null ? null : publicVersion(driverVersion),
    pciAddress: matching(pciAddress, PCI_ADDRESS),
    source: sourceOf(source),
    ...(details === undefined ? {} : { details: publicDetails(details) }),
    ...(witnesses === undefined
      ? {}
      : { witnesses: witnesses.map((witness) => publicWitness(witness, sourceOf)) }),
  };
}

function publicDetails(details: AcceleratorDetails): AcceleratorDetails {
  const named = (text: string | null): string | null => (text === null ? null : publicName(text));
  return {
    ...details,
    pciDeviceId: matching(details.pciDeviceId, PCI_DEVICE),
    pciSubsystemId: matching(details.pciSubsystemId, PCI_DEVICE),
    computeCapability: named(details.computeCapability),
    gfxTarget: named(details.gfxTarget),
    driverModel: named(details.driverModel),
    memoryHolders: [],
  };
}

/** `0000:01:00.0`, and what it is: `10de:2684`. They tell the slot and the kind of a card, not which one. */
const PCI_ADDRESS = /^(?:[0-9a-f]{4,8}:)?[0-9a-f]{2}:[0-9a-f]{2}\.[0-7]$/i;
const PCI_DEVICE = /^[0-9a-f]{4}:[0-9a-f]{4}$/i;

function matching(text: string | null, pattern: RegExp): string | null {
  return text !== null && pattern.test(text) ? text : null;
}

function publicWitness(witness: Witness, sourceOf: SourceFilter): Witness {
  const { value, source } = witness;
  return {
    ...witness,
    value: typeof value === "string" ? publicValue(value) : value,
    source: sourceOf(source),
    command: null,
  };
}

function publicValue(text: string): string {
  return PCI_ADDRESS.test(text) || PCI_DEVICE.test(text) ? text : publicVersion(text);
}
