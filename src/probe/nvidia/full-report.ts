import type { MemoryHolder } from "#engine/machine.ts";
import { mibToBytes } from "#engine/units.ts";
import { canonicalPciAddress, gluedPciId } from "#probe/pci.ts";
import { type DeviceFacts, NOTHING_KNOWN } from "#probe/reading.ts";
import { childAt, childrenOf, parseXml, textAt, type XmlElement } from "#probe/xml.ts";
import {
  enabledValue,
  memoryFacts,
  type MigSlice,
  nvidiaDeviceId,
  type NvidiaGpu,
  nvidiaDeviceKind,
} from "./gpu-row.ts";
import { numberValue, textValue, usesUnifiedMemory } from "./marks.ts";

/** `nvidia-smi -q -x`: everything the driver tells, slices and programs included. Throws where it is cut off. */
export function parseFullReport(text: string): readonly NvidiaGpu[] {
  const start = text.indexOf("<nvidia_smi_log");
  if (start === -1) throw new Error("nvidia-smi -q -x printed no report");
  const log = parseXml(text.slice(start));
  const driverVersion = textValue(textAt(log, "driver_version"));
  return childrenOf(log, "gpu").map((gpu) => readGpu(gpu, driverVersion));
}

function readGpu(gpu: XmlElement, driverVersion: string | null): NvidiaGpu {
  const name = textAt(gpu, "product_name") ?? "";
  return {
    index: null, // the report is in order of address and does not number its cards; the address says which is meant
    uuid: textValue(textAt(gpu, "uuid")),
    isBroken: /err!/i.test(name),
    isMigOn: /^enabled/i.test(textAt(gpu, "mig_mode", "current_mig") ?? ""),
    facts: { ...NOTHING_KNOWN, driverVersion, ...identity(gpu, name), ...memory(gpu), ...connection(gpu) },
    memoryHolders: childrenOf(childAt(gpu, "processes"), "process_info").map(holder),
    slices: childrenOf(childAt(gpu, "mig_devices"), "mig_device").map(slice),
    areSlicesRead: true,
  };
}

function identity(gpu: XmlElement, name: string): Partial<DeviceFacts> {
  return {
    name: textValue(name),
    pciAddress: canonicalPciAddress(textAt(gpu, "pci", "pci_bus_id") ?? ""),
    pciDeviceId: nvidiaDeviceId(textAt(gpu, "pci", "pci_device_id")),
    pciSubsystemId: gluedPciId(textAt(gpu, "pci", "pci_sub_system_id") ?? ""),
    memoryKind: usesUnifiedMemory(name) ? "unified" : "dedicated",
    deviceKind: nvidiaDeviceKind(name),
  };
}

/** The card's own figures: a slice's stand before them in the document, one level deeper. */
function memory(element: XmlElement): Partial<DeviceFacts> {
  const usage = childAt(element, "fb_memory_usage");
  return memoryFacts({
    total: textAt(usage, "total"),
    used: textAt(usage, "used"),
    free: textAt(usage, "free"),
    reserved: textAt(usage, "reserved"),
  });
}

function connection(gpu: XmlElement): Partial<DeviceFacts> {
  const link = childAt(gpu, "pci", "pci_gpu_link_info");
  const width = /^(\d+)x$/.exec(textAt(link, "link_widths", "max_link_width") ?? "")?.[1];
  return {
    pcieGeneration: numberValue(textAt(link, "pcie_gen", "max_link_gen")),
    pcieWidth: width === undefined ? null : Number(width),
    isDisplayAttached: enabledValue(textAt(gpu, "display_active")),
    powerLimitWatts: powerLimitWatts(gpu),
    driverModel: textValue(textAt(gpu, "driver_model", "current_dm")),
  };
}

/** Drivers up to 525 call it `power_limit`, later ones `current_power_limit` in a group of another name. */
function powerLimitWatts(gpu: XmlElement): number | null {
  const old = numberValue(textAt(gpu, "power_readings", "power_limit"), "W");
  return old ?? numberValue(textAt(gpu, "gpu_power_readings", "current_power_limit"), "W");
}

function slice(element: XmlElement): MigSlice {
  return { index: numberValue(textAt(element, "index")), facts: { ...NOTHING_KNOWN, ...memory(element) } };
}

function holder(info: XmlElement): MemoryHolder {
  const usedMib = numberValue(textAt(info, "used_memory"), "MiB");
  return {
    programName: programName(textAt(info, "process_name") ?? ""),
    kind: holderKind(textAt(info, "type") ?? ""),
    usedBytes: usedMib === null ? null : mibToBytes(usedMib),
  };
}

/** The program without its folder, which often holds a person's name, and without its arguments. */
export function programName(path: string): string {
  const name = path.trim().replace(/^.*[\\/]/, "");
  return name === "" || textValue(name) === null ? "a program" : (name.split(" ")[0] ?? name);
}

/** "C", "G" or "C+G" (with an "M" before it for a shared server's client). */
export function holderKind(type: string): MemoryHolder["kind"] {
  return type.includes("C") && type.includes("G") ? "both" : type.includes("G") ? "graphics" : "compute";
}
