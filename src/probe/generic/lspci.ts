import { deviceKindOfName, makerOfName, nameFromPciList } from "#probe/device-name.ts";
import type { Host } from "#probe/host.ts";
import { isIntelIntegratedAddress } from "#probe/intel/devices.ts";
import { canonicalPciAddress, makerOfPciVendor, pciId, pciSlot } from "#probe/pci.ts";
import {
  absent,
  type DeviceSighting,
  excerpt,
  failed,
  gpuCount,
  NOTHING_KNOWN,
  ok,
  type ProbeAnswer,
} from "#probe/reading.ts";
import { setAsideName, setAsideNote, setAsidePciDevice } from "#probe/set-aside.ts";

const WORDS = ["-D", "-nn"];

/** The names of graphics devices from lspci's list; never a memory size, since what it prints are PCI windows. */
export async function readLspci(host: Host): Promise<ProbeAnswer> {
  const result = await host.run({ tool: "lspci", arguments: WORDS });
  if (result.kind === "absent") return absent("lspci is not installed");
  if (result.kind === "failed") return failed(`lspci ${result.message}`);
  const devices = parseLspci(result.stdout);
  if (devices.length === 0 && result.exitCode !== 0) return failed(`lspci failed: ${excerpt(result.stderr)}`);
  const command = `lspci ${WORDS.join(" ")}`;
  const real = devices.filter(({ setAside }) => setAside === null);
  return ok(gpuCount(real.length), {
    devices: real.map((device) => sighting(device, command)),
    notes: devices.flatMap(({ text, setAside }) => (setAside === null ? [] : [setAsideNote(text, setAside)])),
  });
}

/** One graphics device of the list. */
export interface LspciDevice {
  readonly pciAddress: string;
  /** What stands after the class, without the revision. */
  readonly text: string;
  readonly pciDeviceId: string | null;
  readonly name: string | null;
  readonly vendor: DeviceSighting["vendor"];
  readonly setAside: string | null;
}

const DEVICE =
  /^((?:[0-9a-f]{4,8}:)?[0-9a-f]{2}:[0-9a-f]{2}\.[0-7]) (VGA compatible controller|3D controller|Display controller)(?: \[03[0-9a-f]{2}\])?: (.*)\r?\n/gim;

/**
 * Display devices of any form of the list (plain, -nn, -v, with or without domain), each card once. A last line that
 * does not end was cut, and may name another card ("RTX 3080" of "RTX 3080 Ti"): it says nothing.
 */
export function parseLspci(text: string): readonly LspciDevice[] {
  const devices = [...text.matchAll(DEVICE)].map(([, address = "", , rest = ""]) =>
    readDevice(address, rest),
  );
  const known = devices.filter((device) => device !== null);
  return known.filter(
    (device, position) => !known.slice(0, position).some((earlier) => isSameCard(earlier, device)),
  );
}

function readDevice(address: string, rest: string): LspciDevice | null {
  const pciAddress = canonicalPciAddress(address);
  if (pciAddress === null) return null;
  const [, vendorId, deviceId] = /\[([0-9a-f]{4}):([0-9a-f]{4})\]/i.exec(rest) ?? [];
  const text = rest
    .replace(/\s*\(rev [0-9a-f]+\)|\s*\(prog-if .*\)|\s*\[[0-9a-f]{4}:[0-9a-f]{4}\]/gi, "")
    .trim();
  const vendor = vendorId === undefined ? makerOfName(text) : makerOfPciVendor(vendorId);
  const bareId = /\bDevice ([0-9a-f]{4})$/i.exec(text)?.[1];
  const pciDeviceId =
    vendorId !== undefined && deviceId !== undefined
      ? pciId(vendorId, deviceId)
      : idFromMaker(vendor, bareId);
  const byId = pciDeviceId === null ? null : setAsidePciDevice(pciDeviceId);
  const name = nameFromPciList(text, vendor);
  return { pciAddress, text, pciDeviceId, name, vendor, setAside: byId ?? setAsideName(text) };
}

const MAKER_IDS: Readonly<Partial<Record<DeviceSighting["vendor"], string>>> = {
  nvidia: "10de",
  amd: "1002",
  intel: "8086",
};

function idFromMaker(vendor: DeviceSighting["vendor"], deviceId: string | undefined): string | null {
  const vendorId = MAKER_IDS[vendor];
  return vendorId === undefined || deviceId === undefined ? null : pciId(vendorId, deviceId);
}

function isSameCard(one: LspciDevice, other: LspciDevice): boolean {
  return one.vendor === other.vendor && pciSlot(one.pciAddress) === pciSlot(other.pciAddress);
}

function sighting({ pciAddress, pciDeviceId, name, vendor }: LspciDevice, command: string): DeviceSighting {
  const isInside = vendor === "intel" && isIntelIntegratedAddress(pciAddress);
  const deviceKind = isInside ? "integrated" : name === null ? null : deviceKindOfName(name);
  return {
    source: "lspci",
    command,
    vendor,
    standing: "accelerator",
    facts: { ...NOTHING_KNOWN, name, pciAddress, pciDeviceId, deviceKind },
    memoryHolders: [],
    slices: [],
  };
}
