import { deviceKindOfName } from "#probe/device-name.ts";
import type { Host } from "#probe/host.ts";
import {
  absent,
  type DeviceFacts,
  type DeviceSighting,
  excerpt,
  failed,
  gpuCount,
  NOTHING_KNOWN,
  ok,
  type ProbeAnswer,
} from "#probe/reading.ts";
import { parseAmdSmiStatic } from "./amd-smi-static.ts";
import { parseAmdSmiTable } from "./amd-smi-table.ts";
import { isAmdApu } from "./apu.ts";

const AMD_SMI = "amd-smi";

/** AMD cards from amd-smi: what is fixed from `static`, what is in use from the table. */
export async function readAmdSmi(host: Host): Promise<ProbeAnswer> {
  const fixed = await host.run({ tool: AMD_SMI, arguments: ["static", "--json"] });
  if (fixed.kind === "absent") return absent("amd-smi is not installed");
  const table = await host.run({ tool: AMD_SMI, arguments: [] });
  const fromStatic = fixed.kind === "finished" ? parseAmdSmiStatic(fixed.stdout) : [];
  const fromTable = table.kind === "finished" ? parseAmdSmiTable(table.stdout) : [];
  const devices = [
    ...fromTable.map((facts) => amdSighting(facts, { source: AMD_SMI, command: "amd-smi" })),
    ...fromStatic.map((facts) =>
      amdSighting(facts, { source: "amd-smi static", command: "amd-smi static --json" }),
    ),
  ];
  if (devices.length > 0) return ok(gpuCount(Math.max(fromStatic.length, fromTable.length)), { devices });
  if (fixed.kind === "failed") return failed(`amd-smi ${fixed.message}`);
  const printed = excerpt(`${fixed.stdout} ${fixed.stderr}`);
  return failed(
    printed === "" ? "amd-smi printed nothing" : `amd-smi printed something unexpected: ${printed}`,
  );
}

/**
 * What an AMD tool calls VRAM. On graphics inside a processor that is the part carved out of RAM, not what the GPU can
 * use: the kernel's files tell the rest.
 */
export function amdSighting(
  facts: Partial<DeviceFacts>,
  { source, command }: { readonly source: string; readonly command: string | null },
): DeviceSighting {
  const known = { ...NOTHING_KNOWN, ...facts };
  const isApu =
    (known.pciDeviceId !== null && isAmdApu(known.pciDeviceId)) ||
    (known.name !== null && deviceKindOfName(known.name) === "integrated");
  const carvedOut = {
    deviceKind: "integrated" as const,
    memoryKind: "unified" as const,
    carveOutBytes: known.memoryTotalBytes,
    memoryTotalBytes: null,
    memoryFreeBytes: null,
    memoryUsedBytes: null,
  };
  return {
    source,
    command,
    vendor: "amd",
    standing: "accelerator",
    facts: isApu ? { ...known, ...carvedOut } : known,
    memoryHolders: [],
    slices: [],
  };
}
