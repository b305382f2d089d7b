import { mibToBytes } from "#engine/units.ts";
import { deviceKindOfName, makerOfName } from "#probe/device-name.ts";
import type { Host } from "#probe/host.ts";
import { makerOfPciVendor } from "#probe/pci.ts";
import {
  absent,
  type DeviceSighting,
  gpuCount,
  type HostFacts,
  NOTHING_KNOWN,
  NOTHING_KNOWN_OF_HOST,
  ok,
  type ProbeAnswer,
} from "#probe/reading.ts";
import { setAsideName } from "#probe/set-aside.ts";
import { pciIdOfWindows, pciSubsystemIdOfWindows } from "./registry.ts";

/** A saved dxdiag report. It takes dxdiag ten seconds to make one, so detection never does; people send them. */
export async function readDxdiag(host: Host): Promise<ProbeAnswer> {
  const result = await host.run({ tool: "dxdiag", arguments: [] });
  if (result.kind !== "finished") return absent("no saved report");
  const devices = parseDxdiag(result.stdout);
  return ok(gpuCount(devices.length), {
    devices,
    host: [{ source: "dxdiag", facts: parseDxdiagHost(result.stdout) }],
  });
}

/** One section a monitor: those of one adapter share its name and key. Programs' adapters repeat a card's memory. */
export function parseDxdiag(text: string): readonly DeviceSighting[] {
  const sections = text.split(/^(?= *Card name: )/m).filter((block) => /^ *Card name: /.test(block));
  const adapters = new Map<string, DeviceSighting>();
  for (const section of sections) {
    const device = readSection(section);
    if (device !== null)
      adapters.set(`${device.facts.name ?? ""} ${value(section, "Device Key") ?? ""}`, device);
  }
  return [...adapters.values()];
}

function readSection(section: string): DeviceSighting | null {
  const name = value(section, "Card name");
  const key = value(section, "Device Key");
  const isDisplayOnly = value(section, "Device Type")?.startsWith("Display-Only") === true;
  if (
    name === null ||
    isDisplayOnly ||
    setAsideName(name) !== null ||
    (key !== null && !/\\PCI\\/i.test(key))
  )
    return null;
  const pciDeviceId = pciIdOfWindows(key ?? "");
  const byId = pciDeviceId === null ? "other" : makerOfPciVendor(pciDeviceId.slice(0, 4));
  const vendor = byId === "other" ? makerOfName(name) : byId;
  const deviceKind = deviceKindOfName(name) ?? (vendor === "intel" ? "integrated" : "discrete");
  const { dedicated, shared } = memorySizes(section);
  const isApu = vendor === "amd" && deviceKind === "integrated";
  return {
    source: "dxdiag",
    command: "dxdiag /t",
    vendor,
    standing: "accelerator",
    facts: {
      ...NOTHING_KNOWN,
      name,
      pciDeviceId,
      pciSubsystemId: pciSubsystemIdOfWindows(key ?? ""),
      deviceKind,
      memoryKind: deviceKind === "integrated" ? "unified" : "dedicated",
      carveOutBytes: isApu ? dedicated : null,
      sharedRamBytes: isApu ? shared : null,
      memoryTotalBytes: isApu ? sum(dedicated, shared) : deviceKind === "integrated" ? null : dedicated,
    },
    memoryHolders: [],
    slices: [],
  };
}

const SIZES =
  /^ *Display Memory: (\d+ ?MB)[^\n]*\n *Dedicated Memory: (\d+ ?MB)[^\n]*\n *Shared Memory: (\d+ ?MB)[^\n]*\n/m;

/** The sizes stand together, and the first is the sum of the others, rounded: any other section is damaged. */
function memorySizes(section: string): { readonly dedicated: number | null; readonly shared: number | null } {
  const [, displayText, dedicatedText, sharedText] = SIZES.exec(section) ?? [];
  const [display, dedicated, shared] = [displayText, dedicatedText, sharedText].map((text) =>
    sizeBytes(text ?? null),
  );
  const expected = sum(dedicated ?? null, shared ?? null);
  const isSound =
    expected !== null && typeof display === "number" && Math.abs(display - expected) <= mibToBytes(1);
  return isSound
    ? { dedicated: dedicated ?? null, shared: shared ?? null }
    : { dedicated: null, shared: null };
}

/** "Available OS Memory" is what Windows has left after carve-outs: the RAM there is. */
function parseDxdiagHost(text: string): HostFacts {
  const processor = value(text, "Processor");
  return {
    ...NOTHING_KNOWN_OF_HOST,
    platform: "win32",
    osName: value(text, "Operating System")?.replace(/ \(.*$/, "") ?? null,
    processorName: processor?.replace(/ +\(\d+ CPUs\).*$/, "") ?? null,
    threadCount: Number(/\((\d+) CPUs\)/.exec(processor ?? "")?.[1] ?? Number.NaN) || null,
    ramTotalBytes: sizeBytes(value(text, "Available OS Memory")) ?? sizeBytes(value(text, "Memory")),
  };
}

function value(text: string, key: string): string | null {
  return new RegExp(`^ *${key}: (\\S[^\\n]*?)\\s*\\n`, "m").exec(text)?.[1] ?? null;
}

function sizeBytes(text: string | null): number | null {
  const mib = /^(\d+) ?MB/.exec(text ?? "")?.[1];
  return mib === undefined || Number(mib) === 0 ? null : mibToBytes(Number(mib));
}

function sum(one: number | null, other: number | null): number | null {
  return one === null || other === null ? null : one + other;
}
