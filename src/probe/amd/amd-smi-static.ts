import { gibToBytes, mibToBytes } from "#engine/units.ts";
import { type Fields, recordOf, recordsOf } from "#probe/fields.ts";
import { jsonIn } from "#probe/json.ts";
import { canonicalPciAddress, pciId } from "#probe/pci.ts";
import type { DeviceFacts } from "#probe/reading.ts";

/** `amd-smi static`, as JSON or as the indented text it prints without that option. */
export function parseAmdSmiStatic(text: string): readonly Partial<DeviceFacts>[] {
  const json = jsonIn(text);
  if (json === null) return parseIndented(text);
  const list = Array.isArray(json) ? json : recordOf(json).gpu_data; // since version 26 the cards are one level down
  return recordsOf(list)
    .map((card) => readCard(flattened(card)))
    .filter((facts) => facts !== null);
}

/** Every value by its own key in lower case; the keys used here occur once. */
function flattened(fields: Fields): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  for (const section of ["asic", "bus", "vram", "driver"]) {
    for (const [key, value] of Object.entries(recordOf(fields[section]))) {
      values.set(`${section}.${key.toLowerCase()}`, plainValue(value));
    }
  }
  return values;
}

/** "24560 MB" and { value: 24560, unit: "MB" } are the same. */
function plainValue(value: unknown): string {
  if (typeof value === "string") return value;
  if (typeof value === "number") return String(value);
  const { value: amount, unit } = recordOf(value);
  return typeof amount === "number" && typeof unit === "string" ? `${amount} ${unit}` : "";
}

function parseIndented(text: string): readonly Partial<DeviceFacts>[] {
  return text
    .split(/^GPU: \d+\s*$/m)
    .slice(1)
    .map((block) => readCard(indentedValues(block)))
    .filter((facts) => facts !== null);
}

function indentedValues(block: string): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  let section = "";
  for (const line of block.split(/\r?\n/)) {
    const [, heading] = /^\s+([A-Z_]+):\s*$/.exec(line) ?? [];
    const [, key, value] = /^\s+([A-Z_]+):\s+(\S.*?)\s*$/.exec(line) ?? [];
    if (heading !== undefined) section = heading.toLowerCase();
    else if (key !== undefined && value !== undefined) values.set(`${section}.${key.toLowerCase()}`, value);
  }
  return values;
}

/** Null where nothing says which card it is. */
function readCard(values: ReadonlyMap<string, string>): Partial<DeviceFacts> | null {
  const text = (key: string): string | null => {
    const value = values.get(key) ?? "";
    return value === "" || /^n\/a$/i.test(value) ? null : value;
  };
  const pciDeviceId = pciId(text("asic.vendor_id") ?? "0x1002", text("asic.device_id") ?? "");
  const pciAddress = canonicalPciAddress(text("bus.bdf") ?? "");
  if (pciDeviceId === null && pciAddress === null) return null;
  return {
    name: marketName(text("asic.market_name")),
    pciAddress,
    pciDeviceId,
    pciSubsystemId: pciId(text("asic.subvendor_id") ?? "", text("asic.subsystem_id") ?? ""),
    gfxTarget: /^gfx[0-9a-f]+$/.exec(text("asic.target_graphics_version") ?? "")?.[0] ?? null,
    gpuCoreCount: wholeNumber(text("asic.num_compute_units")),
    memoryTotalBytes: sizeBytes(text("vram.size")),
    driverVersion: text("driver.version"),
  };
}

function marketName(name: string | null): string | null {
  return name?.startsWith("0x") === true ? null : name;
}

function wholeNumber(text: string | null): number | null {
  return text !== null && /^\d+$/.test(text) ? Number(text) : null;
}

function sizeBytes(text: string | null): number | null {
  const [, amount, unit] = /^(\d+)\s*(MB|GB)$/.exec(text ?? "") ?? [];
  if (amount === undefined || Number(amount) === 0) return null;
  return unit === "GB" ? gibToBytes(Number(amount)) : mibToBytes(Number(amount));
}
