import os from "node:os";
import type { LibraryCall } from "#probe/host.ts";

/** Asks Node or systeminformation about the machine this process runs on. */
export async function askLibrary(call: LibraryCall): Promise<unknown> {
  if (call === "node") return nodeFacts();
  const { cpu, graphics, mem, memLayout, osInfo } = await import("systeminformation");
  return await { cpu, graphics, mem, memLayout, osInfo }[call]();
}

/** What Node knows without starting anything: never late, never absent. */
function nodeFacts(): NodeFacts {
  const cores = os.cpus();
  return {
    platform: os.platform(),
    release: os.release(),
    architecture: os.arch(),
    processorName: cores[0]?.model ?? null,
    threadCount: cores.length > 0 ? cores.length : null,
    ramTotalBytes: os.totalmem(),
    ramFreeBytes: os.freemem(),
  };
}

export interface NodeFacts {
  readonly platform: string;
  readonly release: string;
  readonly architecture: string;
  readonly processorName: string | null;
  readonly threadCount: number | null;
  readonly ramTotalBytes: number;
  readonly ramFreeBytes: number;
}
