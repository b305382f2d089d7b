import { deviceKindOfName, makerOfName } from "#probe/device-name.ts";
import { makerOfPciVendor } from "#probe/pci.ts";
import { type DeviceFacts, type DeviceSighting, NOTHING_KNOWN, type Reading } from "#probe/reading.ts";
import { setAsideName, setAsideNote } from "#probe/set-aside.ts";
import type { RegistryAdapter } from "./registry.ts";
import type { VideoController } from "./video-controllers.ts";

interface WindowsAdapters {
  readonly controllers: readonly VideoController[];
  readonly entries: readonly RegistryAdapter[];
  readonly ramTotalBytes: number | null;
}

/**
 * Joins running adapters with their registry entries, each entry used once. Where Windows did not say in time what
 * runs, the entries stand alone, and a note says that they may include a card taken out since.
 */
export function adapterReading(adapters: WindowsAdapters): Pick<Reading, "devices" | "notes"> {
  const { controllers, entries, ramTotalBytes } = adapters;
  if (controllers.length === 0) return fromRegistryAlone(entries, ramTotalBytes);
  const unused = [...entries];
  const real = controllers.filter(({ setAside }) => setAside === null);
  const devices = real.map((controller) => {
    const position = unused.findIndex((entry) => isSameAdapter(entry, controller));
    const [entry] = position === -1 ? [] : unused.splice(position, 1);
    return adapter(controller, entry?.memoryBytes ?? null, ramTotalBytes);
  });
  const notes = controllers.flatMap(({ name, setAside }) =>
    setAside === null ? [] : [setAsideNote(name, setAside)],
  );
  return { devices, notes };
}

function isSameAdapter(entry: RegistryAdapter, { name, facts }: VideoController): boolean {
  if (entry.pciDeviceId !== null && facts.pciDeviceId !== null)
    return entry.pciDeviceId === facts.pciDeviceId;
  return entry.description === name;
}

function adapter(
  controller: VideoController,
  registryBytes: number | null,
  ramTotalBytes: number | null,
): DeviceSighting {
  const { facts, vendor, adapterRamBytes } = controller;
  const memory = memoryFacts(facts, registryBytes ?? adapterRamBytes, { vendor, ramTotalBytes });
  const source = registryBytes === null ? "Windows (CIM)" : "Windows registry";
  return sighting({ ...facts, ...memory }, vendor, source);
}

/**
 * Graphics inside a processor: the size is the part carved out of RAM, and Windows lends it up to half of the RAM it
 * has itself (what dxdiag lists as shared memory). Intel's states no use of either for computing, so it is unknown.
 */
function memoryFacts(
  facts: DeviceFacts,
  bytes: number | null,
  {
    vendor,
    ramTotalBytes,
  }: { readonly vendor: DeviceSighting["vendor"]; readonly ramTotalBytes: number | null },
): Partial<DeviceFacts> {
  if (facts.deviceKind !== "integrated") return { memoryTotalBytes: bytes };
  if (vendor !== "amd" || bytes === null) return { memoryTotalBytes: null };
  const sharedRamBytes = ramTotalBytes === null ? null : Math.floor(ramTotalBytes / 2);
  return {
    carveOutBytes: bytes,
    sharedRamBytes,
    memoryTotalBytes: sharedRamBytes === null ? null : bytes + sharedRamBytes,
  };
}

function fromRegistryAlone(
  entries: readonly RegistryAdapter[],
  ramTotalBytes: number | null,
): Pick<Reading, "devices" | "notes"> {
  const real = entries.filter(
    ({ description }) => description !== null && setAsideName(description) === null,
  );
  const devices = real.map((entry) => {
    const name = entry.description ?? "";
    const byId = entry.pciDeviceId === null ? "other" : makerOfPciVendor(entry.pciDeviceId.slice(0, 4));
    const vendor = byId === "other" ? makerOfName(name) : byId;
    const deviceKind = deviceKindOfName(name);
    const memoryKind = deviceKind === "integrated" ? ("unified" as const) : null;
    const facts = { ...NOTHING_KNOWN, name, pciDeviceId: entry.pciDeviceId, deviceKind, memoryKind };
    return sighting(
      { ...facts, ...memoryFacts(facts, entry.memoryBytes, { vendor, ramTotalBytes }) },
      vendor,
      "Windows registry",
    );
  });
  if (devices.length === 0) return { devices, notes: [] };
  return {
    devices,
    notes: ["Adapters are from Windows' registry alone, which may name a card that was taken out."],
  };
}

function sighting(facts: DeviceFacts, vendor: DeviceSighting["vendor"], source: string): DeviceSighting {
  return { source, command: null, vendor, standing: "accelerator", facts, memoryHolders: [], slices: [] };
}
