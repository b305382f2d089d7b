import { gibToBytes, mibToBytes } from "#engine/units.ts";
import { deviceKindOfName, makerOfName } from "#probe/device-name.ts";
import { type Fields, recordOf, recordsOf, textField } from "#probe/fields.ts";
import { jsonIn } from "#probe/json.ts";
import { pciId } from "#probe/pci.ts";
import { type DeviceFacts, type DeviceSighting, NOTHING_KNOWN } from "#probe/reading.ts";

/** What system_profiler tells of a Mac, as JSON or as text. */
export interface MacProfile {
  readonly devices: readonly DeviceSighting[];
  readonly chipName: string | null;
  readonly memoryBytes: number | null;
  readonly memoryType: string | null;
}

/** Reads either form; a Mac's own chip is a GPU also where no display section was asked for. */
export function parseSystemProfiler(text: string): MacProfile {
  const json = jsonIn(text);
  const profile =
    json !== null && text.trimStart().startsWith("{") ? fromJson(recordOf(json)) : fromText(text);
  const { chipName, devices } = profile;
  if (chipName === null || !isAppleChip(chipName) || devices.some(({ vendor }) => vendor === "apple"))
    return profile;
  return { ...profile, devices: [...devices, gpu({ name: chipName, vendorText: "Apple" })] };
}

/** "Apple M2 Ultra", and not the "Apple processor" an early system called them. */
export function isAppleChip(name: string): boolean {
  return /^Apple (M\d|A\d{2}|processor)/i.test(name);
}

interface PrintedGpu {
  readonly name: string;
  readonly vendorText: string;
  readonly deviceIdText?: string | null;
  readonly coresText?: string | null;
  readonly vramText?: string | null;
  readonly isExternal?: boolean;
}

function gpu({
  name,
  vendorText,
  deviceIdText,
  coresText,
  vramText,
  isExternal = false,
}: PrintedGpu): DeviceSighting {
  const vendor = makerOfName(`${vendorText} ${name}`);
  const kind = isExternal ? "external" : vendor === "apple" ? "integrated" : deviceKindOfMac(name, vendor);
  const cores = /^\d+$/.exec(coresText ?? "")?.[0];
  return {
    source: "system_profiler",
    command: "system_profiler SPDisplaysDataType",
    vendor,
    standing: "accelerator",
    facts: {
      ...NOTHING_KNOWN,
      name,
      pciDeviceId: pciId(VENDOR_IDS[vendor] ?? "", deviceIdText ?? ""),
      deviceKind: kind,
      memoryKind: kind === "integrated" ? "unified" : "dedicated",
      memoryTotalBytes: kind === "integrated" ? null : sizeBytes(vramText ?? ""),
      gpuCoreCount: cores === undefined ? null : Number(cores),
    },
    memoryHolders: [],
    slices: [],
  };
}

const VENDOR_IDS: Readonly<Record<string, string>> = { amd: "1002", nvidia: "10de", intel: "8086" };

/** Intel's in a Mac are always inside the processor. "Dynamic" beside a size does not say so: a 2016 Mac's AMD card has it. */
function deviceKindOfMac(name: string, vendor: DeviceSighting["vendor"]): DeviceFacts["deviceKind"] {
  return vendor === "intel" ? "integrated" : (deviceKindOfName(name) ?? "discrete");
}

/** "8 GB", "2048 MB"; "64 MB of Shared System Memory" is not the card's own. */
function sizeBytes(text: string): number | null {
  const [, amount, unit] = /^(\d+) (MB|GB)$/.exec(text.trim()) ?? [];
  if (amount === undefined || Number(amount) === 0) return null;
  return unit === "GB" ? gibToBytes(Number(amount)) : mibToBytes(Number(amount));
}

function fromJson(root: Fields): MacProfile {
  const [hardware] = recordsOf(root.SPHardwareDataType);
  const [memory] = recordsOf(root.SPMemoryDataType);
  return {
    devices: recordsOf(root.SPDisplaysDataType)
      .map(jsonGpu)
      .filter((device) => device !== null),
    chipName: textField(hardware ?? {}, "chip_type"),
    memoryBytes: sizeBytes(textField(hardware ?? {}, "physical_memory") ?? ""),
    memoryType: textField(memory ?? {}, "dimm_type"),
  };
}

function jsonGpu(fields: Fields): DeviceSighting | null {
  const name = textField(fields, "sppci_model") ?? textField(fields, "_name");
  if (name === null) return null;
  return gpu({
    name,
    vendorText: textField(fields, "spdisplays_vendor") ?? "",
    deviceIdText: textField(fields, "spdisplays_device-id"),
    coresText: textField(fields, "sppci_cores"),
    vramText: textField(fields, "spdisplays_vram"),
    isExternal: /external|egpu/i.test(textField(fields, "sppci_device_type") ?? ""),
  });
}

/** Text: a GPU starts at its "Chipset Model"; "Total Number of Cores" above that line is the processor's. */
function fromText(text: string): MacProfile {
  const [head = "", ...blocks] = text.split(/^ *Chipset Model: /m);
  const value = (key: string): string | null => lineValue(text, key);
  return {
    devices: blocks.map(textGpu).filter((device) => device !== null),
    chipName: lineValue(head, "Chip"),
    memoryBytes: sizeBytes(lineValue(head, "Memory") ?? value("Memory") ?? ""),
    memoryType: /^ *Type: ((?:LP)?DDR\S*)/m.exec(text)?.[1] ?? null,
  };
}

function textGpu(block: string): DeviceSighting | null {
  const [name = ""] = block.split("\n");
  const own = block.split(/^ *(?:Displays|Memory|Hardware):/m)[0] ?? "";
  if (!block.includes("\n") || name.trim() === "") return null; // cut in the name
  return gpu({
    name: name.trim(),
    vendorText: lineValue(own, "Vendor") ?? "",
    deviceIdText: lineValue(own, "Device ID"),
    coresText: lineValue(own, "Total Number of Cores"),
    vramText: printedVram(own),
    isExternal: /external/i.test(lineValue(own, "Type") ?? ""),
  });
}

/**
 * A GPU's memory stands between its bus and its vendor in every version; anywhere else it may be another GPU's, in a
 * text that was damaged on its way.
 */
function printedVram(block: string): string | null {
  const place =
    /^ *Bus: [^\n]+\n(?: *(?:Slot|PCIe Lane Width): [^\n]+\n)* *VRAM \((?:Total|Dynamic, Max)\): ([^\n]+)\n *Vendor: /m;
  return place.exec(block)?.[1] ?? null;
}

/** Only whole lines count: one without its line break may be cut. */
function lineValue(text: string, key: string): string | null {
  return new RegExp(`^ *${key}: (\\S[^\\n]*?) *\\n`, "m").exec(text)?.[1] ?? null;
}
