import type { MachineReport, Ram } from "#engine/machine.ts";
import { gibText } from "./memory-size.ts";
import type { NamedAccelerator } from "./named-accelerator.ts";

/** Named accelerators with their memory settled against the RAM, and what a GPU inside a chip says of the computer. */
export type Settled =
  | {
      readonly kind: "ok";
      readonly accelerators: readonly NamedAccelerator[];
      /** Null: nothing named has a say in it. */
      readonly ram: Ram | null;
      readonly computer: Partial<Pick<MachineReport, "os" | "processor">>;
      readonly notes: readonly string[];
    }
  | { readonly kind: "failed"; readonly message: string };

/** A GPU with unified memory has the computer's RAM: what is given of one says the other. */
export function unifiedMemory(
  named: readonly NamedAccelerator[],
  givenRam: Ram | null,
  platform: string | null,
): Settled {
  const unified = named.filter(({ memoryKind }) => memoryKind === "unified");
  const [gpu] = unified;
  if (gpu === undefined) return { kind: "ok", accelerators: named, ram: null, computer: {}, notes: [] };
  if (unified.length > 1 || gpu.count > 1) {
    return failed(`One computer has one GPU with unified memory; ${gpu.name} can be named once.`);
  }
  const ramBytes = givenRam?.totalBytes ?? gpu.memoryBytes;
  if (ramBytes === null) {
    return failed(
      `The memory of the ${gpu.name} is the computer's RAM: give its size, as in "${gpu.name}@64GiB" or RAM of 64GiB.`,
    );
  }
  const memory = gpuMemory(gpu, ramBytes);
  if (memory.kind === "failed") return memory;
  const settled: NamedAccelerator = { ...gpu, memoryBytes: memory.bytes, source: sourceOf(gpu, givenRam) };
  return {
    kind: "ok",
    accelerators: named.map((one) => (one === gpu ? settled : one)),
    ram: givenRam ?? { totalBytes: ramBytes, availableBytes: null, source: `memory of the ${gpu.name}` },
    computer: computerOf(gpu),
    notes: [
      `${gpu.name}: shares ${gibText(memory.bytes)} of the computer's ${gibText(ramBytes)} of RAM.`,
      ...(memory.bytes < ramBytes && !gpu.isMemoryGiven ? [halfNote(gpu.name, platform)] : []),
      `Processor: the one on the chip with the ${gpu.name}.`,
    ],
  };
}

function sourceOf({ source, isMemoryGiven }: NamedAccelerator, givenRam: Ram | null): string {
  return isMemoryGiven || givenRam === null ? source : `its memory is the RAM (${givenRam.source})`;
}

type GpuMemory =
  { readonly kind: "ok"; readonly bytes: number } | { readonly kind: "failed"; readonly message: string };

/**
 * What systems let a GPU inside a chip have of the RAM where nobody set another share. Linux: half (`ttm_global_init` in
 * drivers/gpu/drm/ttm/ttm_device.c, which amdgpu and xe follow; `ttm.pages_limit` changes it). Windows: half
 * (TotalSystemMemoryAvailableForGraphics in Microsoft's "Calculating graphics memory"; makers' tools change it).
 */
const SHARED_FRACTION = 1 / 2;

/** Apple's has its own limit, and NVIDIA's (GB10, Jetson) has all. */
function hasHalf({ vendor }: NamedAccelerator): boolean {
  return vendor !== "apple" && vendor !== "nvidia";
}

function halfNote(name: string, platform: string | null): string {
  const more = `If yours has more, say so, as in "${name}@48GiB" with the RAM beside it`;
  const why =
    platform === "linux"
      ? "Linux lets a GPU map half of the RAM unless ttm.pages_limit is set"
      : platform === "win32"
        ? "Windows lets a GPU have half of the RAM unless its maker's tool or the firmware gives it more"
        : "Linux and Windows both let a GPU have half of the RAM unless they are told otherwise";
  return `${name}: ${why}. ${more}.`;
}

/** What was typed; else the share of the RAM that systems give; an Apple GPU has no part of its own. */
function gpuMemory(gpu: NamedAccelerator, ramBytes: number): GpuMemory {
  const { name, vendor, memoryBytes, isMemoryGiven } = gpu;
  if (!isMemoryGiven || memoryBytes === null) {
    return { kind: "ok", bytes: hasHalf(gpu) ? Math.floor(ramBytes * SHARED_FRACTION) : ramBytes };
  }
  const isPartOfRam = vendor === "apple" ? memoryBytes === ramBytes : memoryBytes <= ramBytes;
  if (isPartOfRam) return { kind: "ok", bytes: memoryBytes };
  return failed(
    `The memory of the ${name} is the computer's RAM: ${gibText(memoryBytes)} and ${gibText(ramBytes)} of RAM contradict each other; give one of them.`,
  );
}

/** The chip has the processor too; and Apple's chips come in Macs. */
function computerOf({ name, vendor }: NamedAccelerator): Partial<Pick<MachineReport, "os" | "processor">> {
  const isApple = vendor === "apple";
  const processor = {
    name: isApple ? name : null,
    vendor: isApple ? "Apple" : null,
    physicalCoreCount: null,
    threadCount: null,
    source: `given: ${name}`,
  };
  if (!isApple) return { processor };
  const os = {
    platform: "darwin",
    name: "macOS",
    release: null,
    architecture: "arm64",
    source: `given: ${name}`,
  };
  return { processor, os };
}

function failed(message: string): { readonly kind: "failed"; readonly message: string } {
  return { kind: "failed", message };
}
