import type { MemoryHolder } from "#engine/machine.ts";
import { mibToBytes } from "#engine/units.ts";
import { canonicalPciAddress, gluedPciId } from "#probe/pci.ts";
import { type DeviceFacts, NOTHING_KNOWN } from "#probe/reading.ts";
import type { CsvRow } from "./csv.ts";
import { isNoValue, numberValue, textValue, usesUnifiedMemory } from "./marks.ts";

/** One GPU of a query, and what later calls need to know it again. */
export interface NvidiaGpu {
  readonly index: number | null;
  readonly uuid: string | null;
  /** A driver that knows the card but gets no sense out of it prints "ERR!" for its name. */
  readonly isBroken: boolean;
  readonly isMigOn: boolean;
  readonly facts: DeviceFacts;
  readonly memoryHolders: readonly MemoryHolder[];
  readonly slices: readonly MigSlice[];
  /** False where nobody was asked yet: no slices then does not mean that none is set up. */
  readonly areSlicesRead: boolean;
}

/** A slice, by its number on its card: `nvidia-smi -L` names it by that. */
export interface MigSlice {
  readonly index: number | null;
  readonly facts: DeviceFacts;
}

/** Every field asked of a driver that knows them all. */
export const ALL_FIELDS = [
  "index",
  "name",
  "pci.bus_id",
  "pci.device_id",
  "pci.sub_device_id",
  "driver_version",
  "memory.total",
  "memory.used",
  "memory.free",
  "memory.reserved",
  "compute_cap",
  "mig.mode.current",
  "display_active",
  "driver_model.current",
  "pcie.link.gen.max",
  "pcie.link.width.max",
  "power.limit",
  "uuid",
] as const;

/** What every driver since the 340s knows. */
export const ESSENTIAL_FIELDS = [
  "index",
  "name",
  "pci.bus_id",
  "driver_version",
  "memory.total",
  "memory.used",
  "memory.free",
  "uuid",
] as const;

/** Reads one row; null where it is no GPU's (a value stands where it cannot belong). */
export function readGpuRow(row: CsvRow): NvidiaGpu | null {
  const name = row.name;
  if (name === undefined || name === "" || !isPlausible(row)) return null;
  return {
    index: numberValue(row.index),
    uuid: textValue(row.uuid),
    isBroken: /err!/i.test(name),
    isMigOn: /^enabled/i.test(row["mig.mode.current"] ?? ""),
    facts: { ...NOTHING_KNOWN, ...identity(row, name), ...memory(row), ...extras(row) },
    memoryHolders: [],
    slices: [],
    areSlicesRead: false,
  };
}

const NUMERIC_FIELDS = ["index", "memory.total", "memory.used", "memory.free", "memory.reserved"];

/** Guards against shifted columns: each of these is a number or one of the marks for "unknown". */
function isPlausible(row: CsvRow): boolean {
  const address = row["pci.bus_id"];
  if (address !== undefined && canonicalPciAddress(address) === null && !isNoValue(address)) return false;
  return NUMERIC_FIELDS.every((field) => {
    const value = row[field];
    return value === undefined || isNoValue(value) || numberValue(value, "MiB") !== null;
  });
}

function identity(row: CsvRow, name: string) {
  return {
    name: textValue(name),
    pciAddress: canonicalPciAddress(row["pci.bus_id"] ?? ""),
    pciDeviceId: nvidiaDeviceId(row["pci.device_id"]),
    pciSubsystemId: gluedPciId(row["pci.sub_device_id"] ?? ""),
    driverVersion: textValue(row.driver_version),
    memoryKind: usesUnifiedMemory(name) ? ("unified" as const) : ("dedicated" as const),
    deviceKind: nvidiaDeviceKind(name),
  };
}

/** The card's device id; null where it is not one of NVIDIA's, as in outputs that people masked. */
export function nvidiaDeviceId(text: string | undefined): string | null {
  const id = gluedPciId(text ?? "");
  return id?.startsWith("10de:") === true ? id : null;
}

/** vGPU profiles end in the share's size and a letter for its licence: "GRID T4-4C", "NVIDIA A40-48Q". */
export function nvidiaDeviceKind(name: string): DeviceFacts["deviceKind"] {
  if (usesUnifiedMemory(name)) return "integrated";
  return /-\d+(-\d+)?[ABCQ](ME)?$/.test(name.trim()) ? "virtual" : "discrete";
}

function memory(row: CsvRow) {
  return memoryFacts({
    total: row["memory.total"],
    used: row["memory.used"],
    free: row["memory.free"],
    reserved: row["memory.reserved"],
  });
}

/** The four figures as nvidia-smi prints them, in MiB; a part larger than the whole is not believed. */
export function memoryFacts(
  printed: Readonly<Record<"total" | "used" | "free" | "reserved", string | undefined>>,
) {
  const totalBytes = bytes(printed.total);
  const part = (text: string | undefined): number | null => {
    const partBytes = bytes(text);
    return partBytes === null || (totalBytes !== null && partBytes > totalBytes) ? null : partBytes;
  };
  return {
    memoryTotalBytes: totalBytes === 0 ? null : totalBytes,
    memoryFreeBytes: part(printed.free),
    memoryUsedBytes: part(printed.used),
    memoryReservedBytes: part(printed.reserved),
  };
}

function extras(row: CsvRow) {
  const computeCapability = textValue(row.compute_cap);
  return {
    computeCapability:
      computeCapability !== null && /^\d+\.\d+$/.test(computeCapability) ? computeCapability : null,
    pcieGeneration: numberValue(row["pcie.link.gen.max"]),
    pcieWidth: numberValue(row["pcie.link.width.max"]),
    isDisplayAttached: enabledValue(row.display_active),
    powerLimitWatts: numberValue(row["power.limit"], "W"),
    driverModel: textValue(row["driver_model.current"]),
  };
}

/** "Enabled" or "Disabled"; anything else is unknown. */
export function enabledValue(text: string | undefined): boolean | null {
  const value = text?.trim().toLowerCase();
  return value === "enabled" || value === "yes" || value === "on"
    ? true
    : value === "disabled" || value === "no" || value === "off"
      ? false
      : null;
}

function bytes(text: string | undefined): number | null {
  const mib = numberValue(text, "MiB");
  return mib === null ? null : mibToBytes(mib);
}
