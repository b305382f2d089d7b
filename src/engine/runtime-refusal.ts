import type { MachineReport } from "./machine.ts";
import type { Runtime } from "./runtime.ts";
import type { Scenario } from "./scenario.ts";

/** Why a runtime does not even start on this machine as asked, as a sentence; null where nothing is known against it. */
export function runtimeRefusal(
  runtime: Runtime,
  machine: MachineReport,
  { keyCacheType, valueCacheType }: Scenario,
): string | null {
  return (
    platformRefusal(runtime, machine) ??
    deviceRefusal(runtime, machine) ??
    cacheRefusal(runtime, keyCacheType) ??
    cacheRefusal(runtime, valueCacheType)
  );
}

const PLATFORM_NAMES = { linux: "Linux", windows: "Windows", macos: "macOS" } as const;

/** By Node's names for systems (`process.platform`), which reports carry. */
const PLATFORM_OF: Readonly<Record<string, keyof typeof PLATFORM_NAMES>> = {
  linux: "linux",
  win32: "windows",
  darwin: "macos",
};

/** A machine whose system is not known refuses nothing. */
function platformRefusal({ name, platforms }: Runtime, { os }: MachineReport): string | null {
  const platform = os.platform === null ? undefined : PLATFORM_OF[os.platform];
  if (platform === undefined || platforms.includes(platform)) return null;
  const known = platforms.map((one) => PLATFORM_NAMES[one]).join(" and ");
  return `${name} runs on ${known}, and this machine has ${PLATFORM_NAMES[platform]}.`;
}

function deviceRefusal({ name, vendors, runsOnProcessor }: Runtime, machine: MachineReport): string | null {
  const isDriven = machine.accelerators.some(({ vendor }) => vendors.includes(vendor));
  return isDriven || runsOnProcessor ? null : `${name} drives no accelerator of this machine.`;
}

function cacheRefusal({ name, cache }: Runtime, type: Scenario["keyCacheType"]): string | null {
  if (cache.types.includes(type)) return null;
  return `${name} keeps no KV cache in ${type}; it takes ${cache.types.join(", ")}.`;
}
