import { kibToBytes } from "#engine/units.ts";
import type { Host } from "#probe/host.ts";
import { canonicalPciAddress, pciId } from "#probe/pci.ts";
import { absent, type DeviceFacts, failed, gpuCount, ok, type ProbeAnswer } from "#probe/reading.ts";
import { amdSighting } from "./amd-smi.ts";

/** AMD cards as ROCm's own runtime sees them: the last resort where no management tool is installed. */
export async function readRocminfo(host: Host): Promise<ProbeAnswer> {
  const result = await host.run({ tool: "rocminfo", arguments: [] });
  if (result.kind === "absent") return absent("rocminfo is not installed");
  if (result.kind === "failed") return failed(`rocminfo ${result.message}`);
  const agents = parseRocminfo(result.stdout);
  const devices = agents.map((facts) => amdSighting(facts, { source: "rocminfo", command: "rocminfo" }));
  return ok(gpuCount(devices.length), { devices });
}

/** GPU agents; processors are agents too and come first, with pools that are RAM. */
export function parseRocminfo(text: string): readonly Partial<DeviceFacts>[] {
  const agents = text.split(/^\*+\s*\nAgent \d+\s*\n\*+\s*$/m).slice(1);
  return agents
    .filter((agent) => /^ {2}Name:\s+gfx\w+\s*$[\s\S]*?^ {2}Device Type:\s+GPU\s*$/m.test(agent))
    .map(readAgent);
}

function readAgent(agent: string): Partial<DeviceFacts> {
  const value = (key: string): string | null =>
    new RegExp(`^ {2}${key}:\\s+(\\S.*?)\\s*$`, "m").exec(agent)?.[1] ?? null;
  const location = Number(value("BDFID") ?? Number.NaN);
  const chip = /\(0x([0-9a-f]+)\)/.exec(value("Chip ID") ?? "")?.[1] ?? "";
  const units = value("Compute Unit") ?? "";
  return {
    name: marketingName(value("Marketing Name")),
    pciAddress: Number.isInteger(location) && location > 0 ? addressOf(location) : null,
    pciDeviceId: pciId("1002", chip),
    gpuCoreCount: /^\d+$/.test(units) ? Number(units) : null,
    memoryTotalBytes: globalPoolBytes(agent),
    // The target is left out: HSA_OVERRIDE_GFX_VERSION changes what is printed here.
  };
}

function marketingName(name: string | null): string | null {
  if (name === null) return null;
  return /^(AMD|Radeon)\b/i.test(name) ? name : `AMD ${name}`;
}

/** Bus, device and function in one number, as PCI packs them. */
function addressOf(location: number): string | null {
  const [bus, device] = [location >> 8, (location >> 3) & 0x1f].map((part) => part.toString(16));
  return canonicalPciAddress(`${bus ?? ""}:${device ?? ""}.${location & 0x7}`);
}

/** The first pool whose segment is GLOBAL: the card's memory. */
function globalPoolBytes(agent: string): number | null {
  const ownPart = agent.slice(agent.search(/^ {2}Device Type:\s+GPU\s*$/m)); // pools follow the type
  const pool =
    /Pool 1\s*\n\s*Segment:\s+GLOBAL[^\n]*\n\s+Size:\s+(\d+)\(0x([0-9a-f]+)\) KB\s*\n\s*Allocatable:\s+TRUE/i.exec(
      ownPart,
    );
  const [, decimal = "", hex = ""] = pool ?? [];
  const kib = Number(decimal);
  return pool === null || kib === 0 || kib !== Number.parseInt(hex, 16) ? null : kibToBytes(kib);
}
