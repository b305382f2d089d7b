import type { AcceleratorLink } from "#engine/machine.ts";
import type { Host } from "#probe/host.ts";
import { parseFullReport } from "./full-report.ts";
import type { MigSlice, NvidiaGpu } from "./gpu-row.ts";
import { parseList } from "./list.ts";
import { parseTopology } from "./topology.ts";

export const NVIDIA_SMI = "nvidia-smi";

/** The cards with everything further that could be read, and the links between them. */
export interface MoreRead {
  readonly gpus: readonly NvidiaGpu[];
  readonly links: readonly AcceleratorLink[];
}

/** Slices and programs from the full report, slice names from the list, links from the matrix: each if it answers. */
export async function readMore(host: Host, gpus: readonly NvidiaGpu[]): Promise<MoreRead> {
  const [report, list, topology] = await Promise.all([
    printed(host, ["-q", "-x"]),
    gpus.some(({ isMigOn }) => isMigOn) ? printed(host, ["-L"]) : "",
    gpus.length > 1 ? printed(host, ["topo", "-m"]) : "",
  ]);
  const reported = parseFullReportOrNothing(report);
  const listed = parseList(list);
  const complete = gpus.map((gpu) => {
    const more = reported.find((other) => isSameCard(gpu, other));
    const profiles = listed.find(({ index }) => index === gpu.index)?.sliceProfiles;
    const slices = gpu.slices.length > 0 ? gpu.slices : (more?.slices ?? []);
    return {
      ...gpu,
      areSlicesRead: gpu.areSlicesRead || more !== undefined,
      memoryHolders: more?.memoryHolders ?? gpu.memoryHolders,
      slices: slices.map((slice) => named(slice, gpu.facts.name, profiles)),
    };
  });
  return { gpus: complete, links: linksBetween(complete, topology) };
}

/** The full report's cards; none where it is cut off or was never printed. */
export function parseFullReportOrNothing(text: string): readonly NvidiaGpu[] {
  try {
    return parseFullReport(text);
  } catch {
    return []; // half a report: what it would add stays unknown
  }
}

async function printed(host: Host, words: readonly string[]): Promise<string> {
  const result = await host.run({ tool: NVIDIA_SMI, arguments: words });
  return result.kind === "finished" ? result.stdout : "";
}

function isSameCard(one: NvidiaGpu, other: NvidiaGpu): boolean {
  const [address, otherAddress] = [one.facts.pciAddress, other.facts.pciAddress];
  if (address !== null && otherAddress !== null) return address === otherAddress;
  return one.uuid !== null && one.uuid === other.uuid;
}

function named(
  slice: MigSlice,
  cardName: string | null,
  profiles: ReadonlyMap<number, string> | undefined,
): MigSlice {
  const profile = slice.index === null ? undefined : profiles?.get(slice.index);
  const suffix = profile === undefined ? "MIG slice" : `MIG ${profile}`;
  return { ...slice, facts: { ...slice.facts, name: `${cardName ?? "NVIDIA GPU"} ${suffix}` } };
}

function linksBetween(gpus: readonly NvidiaGpu[], topology: string): readonly AcceleratorLink[] {
  const idOf = (index: number): string | null =>
    gpus.find((gpu) => gpu.index === index)?.facts.pciAddress ?? null;
  return parseTopology(topology).flatMap(({ from, to, kind, linkCount }) => {
    const [fromId, toId] = [idOf(from), idOf(to)];
    return fromId === null || toId === null ? [] : [{ fromId, toId, kind, linkCount }];
  });
}
