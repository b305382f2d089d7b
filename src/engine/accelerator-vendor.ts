/** Who makes an accelerator, as far as tools and runtimes tell them apart. */
export type AcceleratorVendor = "nvidia" | "amd" | "intel" | "apple" | "other";
