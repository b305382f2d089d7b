import type { Host } from "#probe/host.ts";
import { canonicalPciAddress } from "#probe/pci.ts";
import type { DeviceFacts } from "#probe/reading.ts";

const NODES = "/sys/class/kfd/kfd/topology/nodes";

/** Compiler target and compute units by PCI address, from the kernel's compute driver: what no variable can override. */
export async function readKfd(host: Host): Promise<ReadonlyMap<string, Partial<DeviceFacts>>> {
  const nodes = await host.list(NODES);
  const texts = await Promise.all(nodes.map((node) => host.readText(`${NODES}/${node}/properties`)));
  return new Map(texts.map((text) => parseKfdNode(text ?? "")).filter((entry) => entry !== null));
}

/** One node's "key value" lines; null for the processors' own nodes. */
export function parseKfdNode(text: string): readonly [string, Partial<DeviceFacts>] | null {
  const value = (key: string): number | null => {
    const digits = new RegExp(`^${key} (\\d+)$`, "m").exec(text)?.[1];
    return digits === undefined ? null : Number(digits);
  };
  const [location, version] = [value("location_id"), value("gfx_target_version")];
  if (location === null || version === null || version === 0) return null;
  const domain = (value("domain") ?? 0).toString(16);
  const functionNumber = (location & 0x7).toString(16);
  const device = ((location >> 3) & 0x1f).toString(16);
  const address = canonicalPciAddress(
    `${domain}:${((location >> 8) & 0xff).toString(16)}:${device}.${functionNumber}`,
  );
  const [simdCount, simdPerUnit] = [value("simd_count"), value("simd_per_cu")];
  const gpuCoreCount =
    simdCount === null || simdPerUnit === null || simdPerUnit === 0 ? null : simdCount / simdPerUnit;
  return address === null ? null : [address, { gfxTarget: gfxTarget(version), gpuCoreCount }];
}

/** 110501 -> "gfx1151", 90010 -> "gfx90a": major, minor and stepping, two decimal digits each, printed in hex. */
function gfxTarget(version: number): string {
  const [major, minor, stepping] = [
    Math.floor(version / 10_000),
    Math.floor(version / 100) % 100,
    version % 100,
  ];
  return `gfx${major}${minor.toString(16)}${stepping.toString(16)}`;
}
