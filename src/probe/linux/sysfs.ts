import { readKfd } from "#probe/amd/kfd.ts";
import { amdMemoryFacts } from "#probe/amd/sysfs-memory.ts";
import type { Host } from "#probe/host.ts";
import { intelMemoryFacts } from "#probe/intel/sysfs-memory.ts";
import { makerOfPciVendor } from "#probe/pci.ts";
import {
  absent,
  type DeviceFacts,
  type DeviceSighting,
  gpuCount,
  NOTHING_KNOWN,
  ok,
  type ProbeAnswer,
} from "#probe/reading.ts";
import { setAsideNote, setAsidePciDevice } from "#probe/set-aside.ts";
import { type NameOf, readNameLists } from "./name-lists.ts";
import { listSysfsDevices, type SysfsDevice } from "./sysfs-device.ts";
import { linkFacts } from "./sysfs-values.ts";

const SOURCE = "Linux device files (/sys)";

/** Every graphics device the kernel knows, without any tool and without rights; of AMD and Intel also the memory. */
export async function readSysfs(host: Host): Promise<ProbeAnswer> {
  const devices = await listSysfsDevices(host);
  if (devices.length === 0) return absent("the kernel shows no graphics device");
  const nameOf = await readNameLists(host);
  const kfd = await readKfd(host);
  const real = devices.filter(({ id }) => setAsidePciDevice(id) === null);
  const sightings = await Promise.all(
    real.map(async (device) =>
      sighting(device, { ...(await factsOf(host, device, nameOf)), ...kfd.get(device.pciAddress ?? "") }),
    ),
  );
  const notes = devices.map((device) => asideNote(device, nameOf)).filter((note) => note !== null);
  return ok(gpuCount(sightings.length), { devices: sightings, notes });
}

async function factsOf(host: Host, device: SysfsDevice, nameOf: NameOf): Promise<Partial<DeviceFacts>> {
  const product = (await host.readText(`${device.folder}/product_name`))?.trim() ?? "";
  return {
    name: product === "" ? nameOf(device.id, device.revision) : product,
    pciAddress: device.pciAddress,
    pciDeviceId: device.id,
    pciSubsystemId: device.subsystemId,
    ...(await linkFacts(host, device)),
    ...(await memoryFacts(host, device)),
  };
}

async function memoryFacts(host: Host, device: SysfsDevice): Promise<Partial<DeviceFacts>> {
  const maker = makerOfPciVendor(device.id.slice(0, 4));
  if (maker === "amd") return await amdMemoryFacts(host, device);
  if (maker === "intel") return await intelMemoryFacts(host, device);
  return {};
}

function asideNote(device: SysfsDevice, nameOf: NameOf): string | null {
  const reason = setAsidePciDevice(device.id);
  return reason === null ? null : setAsideNote(nameOf(device.id, null) ?? `PCI device ${device.id}`, reason);
}

function sighting(device: SysfsDevice, facts: Partial<DeviceFacts>): DeviceSighting {
  return {
    source: SOURCE,
    command: null,
    vendor: makerOfPciVendor(device.id.slice(0, 4)),
    standing: "accelerator",
    facts: { ...NOTHING_KNOWN, ...facts },
    memoryHolders: [],
    slices: [],
  };
}
