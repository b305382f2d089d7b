import type { Backend } from "./backend.ts";
import type { Accelerator, MachineReport } from "./machine.ts";
import type { Scenario } from "./scenario.ts";

/**
 * Makers whose accelerators a back end does not drive, from the table of supported back ends in llama.cpp's README (read
 * 2026-11): CUDA is for NVIDIA, HIP (ROCm) for AMD, SYCL for Intel, Metal for Apple silicon. Less is refused than the
 * table leaves out: earlier ones had NVIDIA under SYCL, and Metal has been built for the AMD and Intel GPUs of older Macs.
 */
const NEVER_DRIVES: Readonly<Partial<Record<Backend, readonly Accelerator["vendor"][]>>> = {
  cuda: ["amd", "intel", "apple"],
  rocm: ["nvidia", "intel", "apple"],
  metal: ["nvidia"],
  sycl: ["apple"],
};

/** Why the back end asked for drives nothing here, as a sentence; null where it drives something, or nobody asked. */
export function backendRefusal({ accelerators }: MachineReport, { backend }: Scenario): string | null {
  if (backend === undefined || accelerators.length === 0) return null;
  const never = NEVER_DRIVES[backend] ?? [];
  if (accelerators.some(({ vendor }) => !never.includes(vendor))) return null;
  return `The back end ${backend} drives no accelerator of this machine.`;
}

/** The accelerators that the back end asked for can drive; all where nobody asked. */
export function drivenBy(
  accelerators: readonly Accelerator[],
  backend: Backend | undefined,
): readonly Accelerator[] {
  const never = backend === undefined ? [] : (NEVER_DRIVES[backend] ?? []);
  return accelerators.filter(({ vendor }) => !never.includes(vendor));
}
