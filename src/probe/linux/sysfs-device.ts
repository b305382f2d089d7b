import type { Host } from "#probe/host.ts";
import { canonicalPciAddress, pciId, pciSlot } from "#probe/pci.ts";

/** A display or compute device as the kernel shows it; files it does not have are null. */
export interface SysfsDevice {
  readonly folder: string;
  readonly pciAddress: string | null;
  /** `vendor:device`. */
  readonly id: string;
  readonly subsystemId: string | null;
  /** Of the silicon; tells cards apart that share a device id. */
  readonly revision: string | null;
  readonly classCode: string;
}

const PCI_FOLDER = "/sys/bus/pci/devices";
const DRM_FOLDER = "/sys/class/drm";

/** Display controllers (03) and, of AMD, processing accelerators (12: Instinct cards without a display). */
const DISPLAY_CLASS = "0x03";
const PROCESSING_CLASS = "0x12";

/** Every graphics device the kernel knows, each card once, whether its driver is loaded or not. */
export async function listSysfsDevices(host: Host): Promise<readonly SysfsDevice[]> {
  const addresses = await host.list(PCI_FOLDER);
  const fromPci = await Promise.all(
    addresses.map((address) => readDevice(host, `${PCI_FOLDER}/${address}`, address)),
  );
  const fromDrm = await Promise.all(
    (await host.list(DRM_FOLDER)).filter(isCard).map((card) => readDrmDevice(host, card)),
  );
  const devices = [...fromPci, ...fromDrm].filter((device) => device !== null);
  return devices.filter(
    (device, position) => !devices.slice(0, position).some((earlier) => isSameCard(earlier, device)),
  );
}

function isCard(name: string): boolean {
  return /^card\d+$/.test(name);
}

async function readDrmDevice(host: Host, card: string): Promise<SysfsDevice | null> {
  const folder = `${DRM_FOLDER}/${card}/device`;
  const uevent = (await host.readText(`${folder}/uevent`)) ?? "";
  const slot = /^PCI_SLOT_NAME=(\S+)$/m.exec(uevent)?.[1];
  const target = (await host.realPath(folder)) ?? "";
  return await readDevice(host, folder, slot ?? target.slice(target.lastIndexOf("/") + 1));
}

async function readDevice(host: Host, folder: string, address: string): Promise<SysfsDevice | null> {
  const [classText, vendor, device, subsystemVendor, subsystemDevice, revision] = await Promise.all(
    ["class", "vendor", "device", "subsystem_vendor", "subsystem_device", "revision"].map(
      async (file) => (await host.readText(`${folder}/${file}`))?.trim() ?? "",
    ),
  );
  const id = [vendor, device].every(isWholeId) ? pciId(vendor ?? "", device ?? "") : null;
  const classCode = classText ?? "";
  if (id === null || !isGraphics(classCode, id)) return null;
  return {
    folder,
    pciAddress: canonicalPciAddress(address),
    id,
    subsystemId: pciId(subsystemVendor ?? "", subsystemDevice ?? ""),
    revision: revision === undefined || revision === "" ? null : revision.replace(/^0x/i, "").toLowerCase(),
    classCode,
  };
}

/** The kernel writes four digits; fewer are another device's, or cut. */
function isWholeId(text: string | undefined): boolean {
  return text !== undefined && /^0x[0-9a-f]{4}$/i.test(text);
}

/** A device reached through /sys/class/drm has a display class or, in old kernels' copies, none that is shown. */
function isGraphics(classCode: string, id: string): boolean {
  return (
    classCode === "" ||
    classCode.startsWith(DISPLAY_CLASS) ||
    (classCode.startsWith(PROCESSING_CLASS) && id.startsWith("1002:"))
  );
}

/** One card may show several functions (a second display head), and appears under both folders. */
function isSameCard(one: SysfsDevice, other: SysfsDevice): boolean {
  if (one.pciAddress === null || other.pciAddress === null) return false;
  return pciSlot(one.pciAddress) === pciSlot(other.pciAddress) && one.id.slice(0, 4) === other.id.slice(0, 4);
}
