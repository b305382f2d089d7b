import type { Accelerator, AcceleratorDetails, Ram, Witness } from "#engine/machine.ts";
import { isGenericName } from "#probe/device-name.ts";
import { type DeviceFacts, NOTHING_KNOWN } from "#probe/reading.ts";
import type { Card } from "./cards.ts";

const FACT_NAMES = Object.keys(NOTHING_KNOWN) as readonly (keyof DeviceFacts)[]; // keys of the literal, nothing else

/** One card as an accelerator of the report: of each fact the first value given, and all of them as witnesses. */
export function acceleratorOf(card: Card, ram: Ram): Accelerator {
  const facts = chosenFacts(card);
  const memoryKind = facts.memoryKind ?? (facts.deviceKind === "integrated" ? "unified" : "dedicated");
  const vendor = card[0]?.vendor ?? "other";
  const memory = memoryOf(card, facts, { ram, isUnified: memoryKind === "unified" });
  return {
    id: "",
    name: facts.name ?? unnamed(vendor, facts.pciDeviceId),
    vendor,
    memoryKind,
    ...memory,
    driverVersion: facts.driverVersion,
    pciAddress: facts.pciAddress,
    details: detailsOf(card, facts),
    witnesses: witnessesOf(card, facts),
  };
}

/** A slice of a card (MIG): a device of its own, with what it shares with the card. */
export function sliceAccelerators(card: Card): readonly Accelerator[] {
  const slicing = card.find(({ slices }) => slices.length > 0);
  if (slicing === undefined) return [];
  const whole = chosenFacts(card);
  return slicing.slices.map((slice) => ({
    id: "",
    name: slice.name ?? whole.name ?? unnamed(slicing.vendor, whole.pciDeviceId),
    vendor: slicing.vendor,
    memoryKind: "dedicated",
    memoryTotalBytes: slice.memoryTotalBytes,
    memoryFreeBytes: slice.memoryFreeBytes,
    driverVersion: whole.driverVersion,
    pciAddress: whole.pciAddress,
    source: slicing.source,
    details: {
      ...detailsOf(card, whole),
      deviceKind: "slice",
      memoryUsedBytes: slice.memoryUsedBytes,
      memoryReservedBytes: slice.memoryReservedBytes,
      parentId: whole.pciAddress,
      memoryHolders: [],
    },
    witnesses: [],
  }));
}

/** The first value of each fact; of the names the first that says more than the maker. */
export function chosenFacts(card: Card): DeviceFacts {
  const chosen = card.reduce<DeviceFacts>((facts, sighting) => fillIn(facts, sighting.facts), NOTHING_KNOWN);
  const names = card.map(({ facts }) => facts.name).filter((name) => name !== null);
  return { ...chosen, name: names.find((name) => !isGenericName(name)) ?? chosen.name };
}

function fillIn(chosen: DeviceFacts, facts: DeviceFacts): DeviceFacts {
  const added = FACT_NAMES.filter((name) => chosen[name] === null && facts[name] !== null);
  return { ...chosen, ...Object.fromEntries(added.map((name) => [name, facts[name]])) };
}

function memoryOf(
  card: Card,
  facts: DeviceFacts,
  { ram, isUnified }: { readonly ram: Ram; readonly isUnified: boolean },
): Pick<Accelerator, "memoryTotalBytes" | "memoryFreeBytes" | "source"> {
  const memorySource = card.find((sighting) => sighting.facts.memoryTotalBytes !== null)?.source;
  const source = memorySource ?? card[0]?.source ?? "unknown";
  if (facts.memoryTotalBytes === null && isUnified && sharesAllRam(card)) {
    return {
      memoryTotalBytes: ram.totalBytes,
      memoryFreeBytes: ram.availableBytes,
      source: `${source}; its memory is the RAM (${ram.source})`,
    };
  }
  const { memoryTotalBytes, memoryFreeBytes } = facts;
  return { memoryTotalBytes, memoryFreeBytes, source };
}

/** Chips whose driver lets the GPU have all of the RAM: Apple's, and NVIDIA's Jetson and GB10. */
function sharesAllRam(card: Card): boolean {
  return card.some(({ vendor }) => vendor === "apple" || vendor === "nvidia");
}

function detailsOf(card: Card, facts: DeviceFacts): AcceleratorDetails {
  return {
    pciDeviceId: facts.pciDeviceId,
    pciSubsystemId: facts.pciSubsystemId,
    deviceKind: facts.deviceKind,
    computeCapability: facts.computeCapability,
    gfxTarget: facts.gfxTarget,
    gpuCoreCount: facts.gpuCoreCount,
    memoryUsedBytes: facts.memoryUsedBytes,
    memoryReservedBytes: facts.memoryReservedBytes,
    carveOutBytes: facts.carveOutBytes,
    sharedRamBytes: facts.sharedRamBytes,
    workingSetLimitBytes: facts.workingSetLimitBytes,
    pcieGeneration: facts.pcieGeneration,
    pcieWidth: facts.pcieWidth,
    isDisplayAttached: facts.isDisplayAttached,
    powerLimitWatts: facts.powerLimitWatts,
    driverModel: facts.driverModel,
    parentId: null,
    memoryHolders: card.find(({ memoryHolders }) => memoryHolders.length > 0)?.memoryHolders ?? [],
  };
}

function witnessesOf(card: Card, chosen: DeviceFacts): readonly Witness[] {
  return FACT_NAMES.flatMap((fact) => {
    const told = card.flatMap(({ source, command, facts, readAt }) => {
      const value = facts[fact];
      const time = readAt === undefined ? {} : { readAt };
      return value === null ? [] : [{ fact, value, source, command, ...time }];
    });
    const chosenIndex = told.findIndex(({ value }) => value === chosen[fact]);
    return told.map((witness, index) => ({ ...witness, isChosen: index === chosenIndex }));
  });
}

const MAKER_NAMES = {
  nvidia: "NVIDIA",
  amd: "AMD",
  intel: "Intel",
  apple: "Apple",
  other: "Unknown",
} as const;

function unnamed(vendor: Accelerator["vendor"], pciDeviceId: string | null): string {
  return `${MAKER_NAMES[vendor]} GPU${pciDeviceId === null ? "" : ` (PCI device ${pciDeviceId})`}`;
}
