import { mibToBytes } from "#engine/units.ts";
import type { Host } from "#probe/host.ts";
import { canonicalPciAddress } from "#probe/pci.ts";
import {
  absent,
  type DeviceFacts,
  excerpt,
  failed,
  gpuCount,
  NOTHING_KNOWN,
  ok,
  type ProbeAnswer,
} from "#probe/reading.ts";

const XPU_SMI = "xpu-smi";

/** Intel's cards from its own tool: the list names them, one further call for each tells its memory. */
export async function readXpuSmi(host: Host): Promise<ProbeAnswer> {
  const list = await host.run({ tool: XPU_SMI, arguments: ["discovery"] });
  if (list.kind === "absent") return absent("xpu-smi is not installed");
  if (list.kind === "failed") return failed(`xpu-smi ${list.message}`);
  const cards = parseXpuSmiDiscovery(list.stdout);
  if (cards.length === 0)
    return failed(`xpu-smi showed no card: ${excerpt(`${list.stdout} ${list.stderr}`)}`);
  const detailed = await Promise.all(cards.map((card) => withDetails(host, card)));
  const devices = detailed.map((facts) => ({
    source: XPU_SMI,
    command: "xpu-smi discovery",
    vendor: "intel" as const,
    standing: "accelerator" as const,
    facts: { ...NOTHING_KNOWN, ...facts },
    memoryHolders: [],
    slices: [],
  }));
  return ok(gpuCount(devices.length), { devices });
}

async function withDetails(host: Host, { number, facts }: XpuCard): Promise<Partial<DeviceFacts>> {
  if (number === null) return facts;
  const result = await host.run({ tool: XPU_SMI, arguments: ["discovery", "-d", String(number)] });
  return result.kind === "finished" ? { ...facts, ...parseXpuSmiDetails(result.stdout) } : facts;
}

interface XpuCard {
  readonly number: number | null;
  readonly facts: Partial<DeviceFacts>;
}

/** The table of `xpu-smi discovery`: a card's lines follow the row with its number. */
export function parseXpuSmiDiscovery(text: string): readonly XpuCard[] {
  const blocks = text.split(/^(?=\| *\d+ +\|)/m).filter((block) => /^\| *\d+ +\|/.test(block));
  return blocks.map((block) => ({
    number: Number(/^\| *(\d+)/.exec(block)?.[1] ?? Number.NaN),
    facts: {
      name: cell(block, "Device Name"),
      pciAddress: canonicalPciAddress(cell(block, "PCI BDF Address") ?? ""),
      driverVersion: cell(block, "Driver Version"),
    },
  }));
}

/** What `xpu-smi discovery -d N` adds. "0.00 MiB" is what it prints without the rights to ask: unknown. */
export function parseXpuSmiDetails(
  text: string,
): Pick<DeviceFacts, "memoryTotalBytes" | "memoryKind" | "pcieWidth"> {
  const mib = Number(/^(\d+(?:\.\d+)?) MiB$/.exec(cell(text, "Memory Physical Size") ?? "")?.[1] ?? 0);
  const width = Number(/^\d+$/.exec(cell(text, "PCIe Max Link Width") ?? "")?.[0] ?? 0);
  return {
    memoryTotalBytes: mib === 0 ? null : Math.round(mibToBytes(mib)),
    memoryKind: mib === 0 ? null : "dedicated",
    pcieWidth: width === 0 ? null : width,
  };
}

/** The value of a whole line, up to its closing bar. */
function cell(text: string, key: string): string | null {
  const value = new RegExp(`\\| ${key}: *([^|\\n]*?) *\\|`).exec(text)?.[1] ?? "";
  return value === "" || /^n\/a$/i.test(value) ? null : value;
}
