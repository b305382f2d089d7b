import { mibToBytes } from "#engine/units.ts";
import { deviceKindOfName, makerOfName, nameFromPciList } from "#probe/device-name.ts";
import type { Host } from "#probe/host.ts";
import { canonicalPciAddress, pciId } from "#probe/pci.ts";
import {
  absent,
  type DeviceFacts,
  type DeviceSighting,
  gpuCount,
  NOTHING_KNOWN,
  ok,
  type ProbeAnswer,
} from "#probe/reading.ts";
import { setAsideName, setAsideNote } from "#probe/set-aside.ts";
import { countField, type Fields, recordOf, recordsOf, textField } from "#probe/fields.ts";

const SOURCE = "systeminformation graphics";

/** The graphics controllers systeminformation lists, on any system; a second opinion beside the makers' own tools. */
export async function readGraphicsControllers(host: Host): Promise<ProbeAnswer> {
  const answer = await host.ask("graphics");
  if (answer === null) return absent("knows no way to list controllers here");
  const controllers = recordsOf(recordOf(answer).controllers);
  const read = controllers.map((fields) => readController(fields, host.platform));
  const devices = read.filter((one) => typeof one === "object").filter((one) => one !== null);
  const notes = read.filter((one) => typeof one === "string");
  return ok(gpuCount(devices.length), { devices, notes });
}

/** A device, a note why it is none, or null for a controller without any name. */
function readController(fields: Fields, platform: string): DeviceSighting | string | null {
  const model = textField(fields, "model") ?? textField(fields, "name");
  const maker = textField(fields, "vendor") ?? "";
  if (model === null) return null;
  const reason = setAsideName(`${maker} ${model}`);
  if (reason !== null) return setAsideNote(model, reason);
  const vendor = makerOfName(`${maker} ${model}`);
  const name = textField(fields, "name") ?? nameFromPciList(model, vendor);
  const facts = {
    ...NOTHING_KNOWN,
    name,
    ...place(fields, model, vendor),
    ...kindAndMemory(fields, name, platform),
  };
  return {
    source: SOURCE,
    command: null,
    vendor,
    standing: "accelerator",
    facts,
    memoryHolders: [],
    slices: [],
  };
}

const PCI_VENDOR: Readonly<Record<string, string>> = { nvidia: "10de", amd: "1002", intel: "8086" };

function place(fields: Fields, model: string, vendor: string): Partial<DeviceFacts> {
  const address = textField(fields, "pciBus") ?? textField(fields, "busAddress");
  const deviceId = /^device ([0-9a-f]{4})\b/i.exec(model)?.[1];
  return {
    pciAddress: address === null ? null : canonicalPciAddress(address),
    pciDeviceId: deviceId === undefined ? null : pciId(PCI_VENDOR[vendor] ?? "", deviceId),
    driverVersion: textField(fields, "driverVersion"),
  };
}

function kindAndMemory(fields: Fields, name: string | null, platform: string): Partial<DeviceFacts> {
  const deviceKind = name === null ? null : deviceKindOfName(name);
  const memoryKind = deviceKind === null ? null : deviceKind === "integrated" ? "unified" : "dedicated";
  return {
    deviceKind,
    memoryKind,
    memoryTotalBytes: deviceKind === "integrated" ? null : controllerMemoryBytes(fields, platform),
  };
}

/** What Windows' 32-bit AdapterRAM says of every card with 4 GB or more. */
const CAPPED_FROM_MIB = 4095;
const CAPPED_TO_MIB = 4096;

/**
 * Memory that can be believed: on Linux only what nvidia-smi gave it (the rest is the size of a PCI window, not of
 * the memory), on Windows nothing at the 4 GB cap.
 */
function controllerMemoryBytes(fields: Fields, platform: string): number | null {
  const driverMib = countField(fields, "memoryTotal");
  if (driverMib !== null) return mibToBytes(driverMib);
  if (platform === "linux") return null;
  const vramMib = countField(fields, "vram");
  if (vramMib === null || (vramMib >= CAPPED_FROM_MIB && vramMib <= CAPPED_TO_MIB)) return null;
  return Math.round(mibToBytes(vramMib));
}
