import type { Backend } from "#engine/backend.ts";
import type { AcceleratorVendor } from "#engine/accelerator-vendor.ts";

/** A back end that runs on an accelerator. */
export type AcceleratorBackend = Exclude<Backend, "cpu">;

const VENDORS: Record<AcceleratorBackend, readonly AcceleratorVendor[]> = {
  cuda: ["nvidia"],
  rocm: ["amd"],
  vulkan: ["nvidia", "amd", "intel", "apple", "other"],
  metal: ["apple"],
  sycl: ["intel"],
};

/** True where the back end has drivers for that maker's devices. */
export function runsOn(backend: AcceleratorBackend, vendor: AcceleratorVendor): boolean {
  return VENDORS[backend].includes(vendor);
}
