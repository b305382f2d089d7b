import { deviceKindOfName, makerOfName } from "#probe/device-name.ts";
import { type Fields, recordsOf, textField } from "#probe/fields.ts";
import { makerOfPciVendor } from "#probe/pci.ts";
import { type DeviceFacts, type DeviceSighting, NOTHING_KNOWN } from "#probe/reading.ts";
import { setAsideName, setAsidePciDevice } from "#probe/set-aside.ts";
import { parseListOutput } from "./list-output.ts";
import { pciIdOfWindows, pciSubsystemIdOfWindows } from "./registry.ts";

/** A display adapter that Windows has running. */
export interface VideoController {
  readonly name: string;
  readonly vendor: DeviceSighting["vendor"];
  readonly setAside: string | null;
  readonly facts: DeviceFacts;
  /** `AdapterRAM` where it can be believed: 32 bits wide, it says "4 GB" of every larger card. */
  readonly adapterRamBytes: number | null;
}

/** `Win32_VideoController` objects, from JSON fields or from listed text. */
export function readVideoControllers(objects: unknown): readonly VideoController[] {
  return recordsOf(objects)
    .map(readController)
    .filter((controller) => controller !== null);
}

/** The same from what PowerShell's Format-List or wmic print. */
export function parseVideoControllers(text: string): readonly VideoController[] {
  return readVideoControllers(parseListOutput(text));
}

function readController(fields: Fields): VideoController | null {
  const name = textField(fields, "Name") ?? textField(fields, "Caption");
  if (name === null) return null;
  const pnpId = textField(fields, "PNPDeviceID") ?? "";
  const pciDeviceId = pciIdOfWindows(pnpId);
  const byId = pciDeviceId === null ? "other" : makerOfPciVendor(pciDeviceId.slice(0, 4));
  const vendor =
    byId === "other" ? makerOfName(`${textField(fields, "AdapterCompatibility") ?? ""} ${name}`) : byId;
  const deviceKind = deviceKindOfName(name);
  return {
    name,
    vendor,
    setAside: reasonToSetAside(name, pciDeviceId, pnpId),
    adapterRamBytes: adapterRamBytes(fields.AdapterRAM),
    facts: {
      ...NOTHING_KNOWN,
      name,
      pciDeviceId,
      pciSubsystemId: pciSubsystemIdOfWindows(pnpId),
      driverVersion: textField(fields, "DriverVersion"),
      deviceKind,
      memoryKind: deviceKind === "integrated" ? "unified" : null,
    },
  };
}

/** Adapters of programs sit at the root of the device tree, not on a bus. */
function reasonToSetAside(name: string, pciDeviceId: string | null, pnpId: string): string | null {
  const known = (pciDeviceId === null ? null : setAsidePciDevice(pciDeviceId)) ?? setAsideName(name);
  return known ?? (/^(ROOT|SWD|VMBUS|USB)\\/i.test(pnpId) ? "a virtual adapter of a program" : null);
}

/** 4293918720 and 4294967295 stand for "4 GB or more", 4 GB cards included. */
const CAPPED_FROM_BYTES = 4_293_918_720;

function adapterRamBytes(value: unknown): number | null {
  const bytes =
    typeof value === "number"
      ? value
      : typeof value === "string" && /^\d+$/.test(value)
        ? Number(value)
        : null;
  return bytes === null || bytes <= 0 || bytes >= CAPPED_FROM_BYTES ? null : bytes;
}
