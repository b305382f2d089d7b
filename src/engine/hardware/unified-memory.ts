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
export function unifiedMemory(named: readonly NamedAccelerator[], givenRam: Ram | null): Settled {
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
      `Processor: the one on the chip with the ${gpu.name}.`,
    ],
  };
}

function sourceOf({ source, isMemoryGiven }: NamedAccelerator, givenRam: Ram | null): string {
  return isMemoryGiven || givenRam === null ? source : `its memory is the RAM (${givenRam.source})`;
}

type GpuMemory =
  { readonly kind: "ok"; readonly bytes: number } | { readonly kind: "failed"; readonly message: string };

/** All of the RAM, or the part of it that was typed; an Apple GPU has no part of its own. */
function gpuMemory(
  { name, vendor, memoryBytes, isMemoryGiven }: NamedAccelerator,
  ramBytes: number,
): GpuMemory {
  if (!isMemoryGiven || memoryBytes === null) return { kind: "ok", bytes: ramBytes };
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
