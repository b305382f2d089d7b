import { pciId } from "#probe/pci.ts";

/** A display adapter's driver entry. Entries stay behind when a card is taken out. */
export interface RegistryAdapter {
  readonly key: string;
  readonly description: string | null;
  readonly pciDeviceId: string | null;
  readonly driverVersion: string | null;
  /** `HardwareInformation.qwMemorySize`: the whole memory, where the driver writes it. */
  readonly memoryBytes: number | null;
}

export const DISPLAY_CLASS_KEY =
  "HKLM\\SYSTEM\\CurrentControlSet\\Control\\Class\\{4d36e968-e325-11ce-bfc1-08002be10318}";

/** The values asked for, one query each. */
export const REGISTRY_VALUES = [
  "DriverDesc",
  "MatchingDeviceId",
  "DriverVersion",
  "HardwareInformation.qwMemorySize",
] as const;

/** Output of `reg query … /s`, of several such queries after one another, or an exported .reg file. */
export function parseRegistry(text: string): readonly RegistryAdapter[] {
  const adapters = new Map<string, Map<string, string>>();
  let current: Map<string, string> | undefined;
  for (const line of joinedLines(text)) {
    const path = /^\[?(HKEY_[^\]]*?)\]?\s*$/.exec(line)?.[1];
    const key = path === undefined ? undefined : /\\(\d{4})$/.exec(path)?.[1];
    if (path !== undefined) current = key === undefined ? undefined : entry(adapters, key);
    const [name, value] = parseValue(line) ?? [];
    if (name !== undefined && value !== undefined) current?.set(name.toLowerCase(), value);
  }
  return [...adapters]
    .map(([key, values]) => readAdapter(key, values))
    .sort((one, other) => Number(one.key) - Number(other.key));
}

function entry(adapters: Map<string, Map<string, string>>, key: string): Map<string, string> {
  const values = adapters.get(key) ?? new Map<string, string>();
  adapters.set(key, values);
  return values;
}

/** Whole lines; the export breaks long values with a backslash. A last line without its break may be cut. */
function joinedLines(text: string): readonly string[] {
  const lines = text.replace(/\\\r?\n\s*/g, "").split(/\r?\n/);
  return lines.slice(0, -1);
}

/** "    DriverDesc    REG_SZ    NVIDIA …" or "\"DriverDesc\"=\"NVIDIA …\"". */
function parseValue(line: string): readonly [string, string] | null {
  const query = /^\s+(\S+)\s+REG_(?:SZ|DWORD|QWORD|BINARY)\s+(.*?)\s*$/.exec(line);
  if (query !== null) return [query[1] ?? "", query[2] ?? ""];
  const exported = /^"([^"]+)"=(.*)$/.exec(line);
  return exported === null
    ? null
    : [exported[1] ?? "", (exported[2] ?? "").replace(/^"|"$/g, "").replaceAll("\\\\", "\\")];
}

function readAdapter(key: string, values: ReadonlyMap<string, string>): RegistryAdapter {
  return {
    key,
    description: values.get("driverdesc") ?? null,
    pciDeviceId: pciIdOfWindows(values.get("matchingdeviceid") ?? ""),
    driverVersion: values.get("driverversion") ?? null,
    memoryBytes: quadWord(values.get("hardwareinformation.qwmemorysize") ?? ""),
  };
}

/** "PCI\VEN_10DE&DEV_2684&SUBSYS_…" -> "10de:2684". */
export function pciIdOfWindows(text: string): string | null {
  const [, vendor, device] = /PCI\\VEN_([0-9a-f]{4})&(?:amp;)?DEV_([0-9a-f]{4})/i.exec(text) ?? [];
  return vendor === undefined || device === undefined ? null : pciId(vendor, device);
}

/** "PCI\VEN_…&SUBSYS_51031462&…" -> "1462:5103". */
export function pciSubsystemIdOfWindows(text: string): string | null {
  const [, device, vendor] = /SUBSYS_([0-9a-f]{4})([0-9a-f]{4})/i.exec(text) ?? [];
  return vendor === undefined || device === undefined || /^0+$/.test(vendor) ? null : pciId(vendor, device);
}

/** "0x600000000", or eight bytes with the lowest first as "hex(b):00,00,…" or "0000008000000000". */
function quadWord(text: string): number | null {
  const number = /^0x([0-9a-f]+)$/i.exec(text)?.[1];
  if (number !== undefined) return positive(Number.parseInt(number, 16));
  const bytes = text.replace(/^hex(\(b\))?:/i, "").replaceAll(",", "");
  if (!/^[0-9a-f]{16}$/i.test(bytes)) return null;
  return positive(Number.parseInt((bytes.match(/../g) ?? []).reverse().join(""), 16));
}

function positive(bytes: number): number | null {
  return Number.isSafeInteger(bytes) && bytes > 0 ? bytes : null;
}
