import type { AcceleratorVendor } from "./accelerator-vendor.ts";
import { mibToBytes } from "./units.ts";

/** Interfaces through which a runtime computes. */
export const BACKENDS = ["cuda", "rocm", "vulkan", "metal", "sycl", "cpu"] as const;

export type Backend = (typeof BACKENDS)[number];

/** What each vendor's accelerators are driven with unless somebody chooses otherwise. */
export const VENDOR_BACKENDS = {
  nvidia: "cuda",
  amd: "rocm",
  intel: "sycl",
  apple: "metal",
  other: "vulkan",
} as const satisfies Record<AcceleratorVendor, Backend>;

/**
 * What a process takes on a device before any model. CUDA: context and kernels, 456 MiB on a headless RTX 4090
 * (llama.cpp issue 15860). ROCm: what peaks on a Strix Halo lie above the sum of buffers, 140 to 640 MiB. Vulkan: 26 to
 * 116 MiB on cards of 8 to 12 GB. Metal logs nothing unaccounted. SYCL: no figure was found; as CUDA, the larger one.
 */
export const BACKEND_OVERHEAD_BYTES: Readonly<Record<Backend, number>> = {
  cuda: mibToBytes(456),
  rocm: mibToBytes(320),
  vulkan: mibToBytes(128),
  metal: 0,
  sycl: mibToBytes(456),
  cpu: 0,
};
