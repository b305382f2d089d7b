import type { MachineReport, OperatingSystem, Processor, Ram } from "#engine/machine.ts";
import type { HostFacts, HostSighting } from "#probe/reading.ts";

const NOBODY = "no source answered";

/** Operating system, processor and RAM, each fact from the first source that gave it. */
export function computerOf(
  sightings: readonly HostSighting[],
): Pick<MachineReport, "os" | "processor" | "ram"> {
  return { os: operatingSystem(sightings), processor: processor(sightings), ram: ram(sightings) };
}

function operatingSystem(sightings: readonly HostSighting[]): OperatingSystem {
  return {
    platform: first(sightings, "platform"),
    name: first(sightings, "osName"),
    release: first(sightings, "osRelease"),
    architecture: first(sightings, "architecture"),
    source: sourceOf(sightings, "osName", "platform"),
  };
}

function processor(sightings: readonly HostSighting[]): Processor {
  const instructionSets = first(sightings, "instructionSets");
  return {
    name: first(sightings, "processorName"),
    vendor: first(sightings, "processorVendor"),
    physicalCoreCount: first(sightings, "physicalCoreCount"),
    threadCount: first(sightings, "threadCount"),
    source: sourceOf(sightings, "processorName", "threadCount"),
    ...(instructionSets === null ? {} : { instructionSets }),
  };
}

/** A container's limit counts as the RAM there is, where it is below what the computer has. */
function ram(sightings: readonly HostSighting[]): Ram {
  const hostTotalBytes = first(sightings, "ramTotalBytes");
  const availableBytes = first(sightings, "ramAvailableBytes");
  const limitBytes = first(sightings, "ramLimitBytes");
  const modules = first(sightings, "ramModules");
  const rest = modules === null ? {} : { modules };
  const source = sourceOf(sightings, "ramTotalBytes");
  if (limitBytes === null || (hostTotalBytes !== null && limitBytes >= hostTotalBytes)) {
    return { totalBytes: hostTotalBytes, availableBytes, source, ...rest };
  }
  return {
    totalBytes: limitBytes,
    availableBytes: smallest([availableBytes, first(sightings, "ramLimitLeftBytes"), limitBytes]),
    source: sourceOf(sightings, "ramLimitBytes"),
    ...rest,
  };
}

function smallest(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : Math.min(...known);
}

function first<Name extends keyof HostFacts>(
  sightings: readonly HostSighting[],
  name: Name,
): HostFacts[Name] | null {
  return sightings.find(({ facts }) => facts[name] !== null)?.facts[name] ?? null;
}

function sourceOf(sightings: readonly HostSighting[], ...names: readonly (keyof HostFacts)[]): string {
  const sources = names.map((name) => sightings.find(({ facts }) => facts[name] !== null)?.source);
  return sources.find((source) => source !== undefined) ?? NOBODY;
}
