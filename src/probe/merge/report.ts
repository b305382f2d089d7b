import type { Accelerator, MachineReport, Ram } from "#engine/machine.ts";
import { intelCard } from "#probe/intel/devices.ts";
import type { ProbeRun } from "#probe/probe.ts";
import { type DeviceSighting, NOTHING_KNOWN } from "#probe/reading.ts";
import { acceleratorOf, chosenFacts, sliceAccelerators } from "./accelerator.ts";
import { type Card, groupIntoCards } from "./cards.ts";
import { computerOf } from "./computer.ts";

/** One report out of everything the sources said; `runs` in order of trust. */
export function machineReport(runs: readonly ProbeRun[]): MachineReport {
  const readings = runs.map(({ reading }) => reading);
  const computer = computerOf(readings.flatMap(({ host }) => host));
  const cards = groupIntoCards(runs.flatMap(timedDevices)).map(withStatedFacts);
  const links = readings.flatMap((reading) => reading.links);
  return {
    schemaVersion: 1,
    ...computer,
    accelerators: acceleratorsOf(cards, computer.ram),
    probes: runs.map(({ outcome, readAt }) => (readAt === undefined ? outcome : { ...outcome, readAt })),
    notes: [...new Set([...readings.flatMap(({ notes }) => notes), ...cards.flatMap(cardNotes)])],
    ...(links.length === 0 ? {} : { links }),
  };
}

function timedDevices({ reading, readAt }: ProbeRun): readonly DeviceSighting[] {
  return readAt === undefined ? reading.devices : reading.devices.map((device) => ({ ...device, readAt }));
}

/** Adds, as the last word, what the maker states of a card that its device id names. */
function withStatedFacts(card: Card): Card {
  const [first] = card;
  const { pciDeviceId } = chosenFacts(card);
  const stated = pciDeviceId === null ? null : intelCard(pciDeviceId);
  if (first === undefined || stated === null) return card;
  const facts = {
    ...NOTHING_KNOWN,
    name: stated.name,
    deviceKind: "discrete" as const,
    memoryKind: "dedicated" as const,
    memoryTotalBytes: stated.memoryBytes,
  };
  const source = "Intel's product pages, by PCI id";
  const { vendor, standing } = first; // no time: nothing was read for it
  return [...card, { vendor, standing, source, command: null, facts, memoryHolders: [], slices: [] }];
}

function acceleratorsOf(cards: readonly Card[], ram: Ram): readonly Accelerator[] {
  const inUse = cards.filter((card) => card.every(({ standing }) => standing === "accelerator"));
  const accelerators = inUse.flatMap((card) => {
    const slices = sliceAccelerators(card);
    return slices.length > 0 ? slices : [acceleratorOf(card, ram)];
  });
  return withIds(accelerators);
}

/** The PCI address where it is known and alone (slices of one card share it), else the maker with a number. */
function withIds(accelerators: readonly Accelerator[]): readonly Accelerator[] {
  const used = new Map<string, number>();
  return accelerators.map((accelerator) => {
    const isSlice = accelerator.details?.deviceKind === "slice";
    const base = accelerator.pciAddress ?? accelerator.vendor;
    const count = used.get(base) ?? 0;
    used.set(base, count + 1);
    if (isSlice) return { ...accelerator, id: `${base}/slice-${count}` };
    return { ...accelerator, id: accelerator.pciAddress !== null && count === 0 ? base : `${base}-${count}` };
  });
}

/** Memory figures this far apart are a disagreement, not two ways of counting a driver's reserve. */
const NOTABLE_DIFFERENCE_FRACTION = 0.1;

function cardNotes(card: Card): readonly string[] {
  const { name, memoryTotalBytes } = chosenFacts(card);
  if (memoryTotalBytes === null || name === null) return [];
  const others = card.filter(({ facts }) => {
    const toldBytes = facts.memoryTotalBytes;
    return (
      toldBytes !== null &&
      Math.abs(toldBytes - memoryTotalBytes) > memoryTotalBytes * NOTABLE_DIFFERENCE_FRACTION
    );
  });
  return others.map(
    ({ source }) => `${name}: ${source} gives another memory size than the source that is believed.`,
  );
}
