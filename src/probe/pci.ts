import type { AcceleratorVendor } from "#engine/accelerator-vendor.ts";

/**
 * One spelling for a PCI address: "0000:01:00.0". Tools leave the domain out, write it with 4 or 8 digits, in either
 * case; Null for anything that is no address ("N/A" on a Jetson).
 */
export function canonicalPciAddress(text: string): string | null {
  const match = /^(?:([0-9a-f]{1,8}):)?([0-9a-f]{1,2}):([0-9a-f]{1,2})\.([0-7])$/i.exec(text.trim());
  if (match === null) return null;
  const [, domain = "0", bus = "", device = "", functionNumber = ""] = match;
  const short = domain.replace(/^0+/, "").padStart(4, "0").toLowerCase();
  return `${short}:${hex(bus, 2)}:${hex(device, 2)}.${functionNumber}`;
}

/** "0000:01:00.0" -> "0000:01:00": what one card with several functions shares. */
export function pciSlot(address: string): string {
  return address.replace(/\.[0-7]$/, "");
}

/** "0000:01:00.0" -> "01:00.0": what is left the same where two tools number the domains differently. */
export function withoutPciDomain(address: string): string {
  return address.replace(/^[0-9a-f]+:(?=[0-9a-f]{2}:)/, "");
}

/** "0x10DE", "10de" and "0x2684" -> "10de:2684"; null where either is no 16-bit number. */
export function pciId(vendor: string, device: string): string | null {
  const both = [vendor, device].map((part) => /^\s*(?:0x)?([0-9a-f]{1,4})\s*$/i.exec(part)?.[1]);
  const [vendorId, deviceId] = both;
  return vendorId === undefined || deviceId === undefined ? null : `${hex(vendorId, 4)}:${hex(deviceId, 4)}`;
}

/**
 * nvidia-smi glues device and vendor together: "0x268410DE" or "268410DE" -> "10de:2684". Null for anything else,
 * such as the zeros of a virtual card.
 */
export function gluedPciId(text: string): string | null {
  const [, device, vendor] = /^\s*(?:0x)?([0-9a-f]{4})([0-9a-f]{4})\s*$/i.exec(text) ?? [];
  if (device === undefined || vendor === undefined || /^0+$/.test(vendor)) return null;
  return pciId(vendor, device);
}

const MAKERS: Readonly<Record<string, AcceleratorVendor>> = {
  "10de": "nvidia",
  "12d2": "nvidia",
  "1002": "amd",
  "1022": "amd",
  "8086": "intel",
  "106b": "apple",
};

/** The maker behind a PCI vendor id ("10de"). */
export function makerOfPciVendor(vendorId: string): AcceleratorVendor {
  return MAKERS[vendorId] ?? "other";
}

function hex(digits: string, length: number): string {
  return digits.toLowerCase().padStart(length, "0");
}
