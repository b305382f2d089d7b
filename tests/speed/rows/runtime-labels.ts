import type { AcceleratorBackend } from "#engine/speed/backend.ts";
import type { SpeedRow } from "./speed-row.ts";

/** What ran: llama.cpp (or its fork ik_llama.cpp, on processors) with a back end, or another runtime. */
export type RowRuntime =
  | { readonly kind: "llama.cpp"; readonly backend: AcceleratorBackend }
  | { readonly kind: "llama.cpp-cpu" }
  | { readonly kind: "llama.cpp-hybrid"; readonly backend: AcceleratorBackend }
  | { readonly kind: "other"; readonly runtime: string };

const BACKENDS: readonly AcceleratorBackend[] = ["cuda", "rocm", "vulkan", "metal", "sycl"];
const OTHERS = ["exllamav3", "exllamav2", "vllm-mlx", "vllm", "mlx", "mlc-llm"];

/** Reads the table's words. Builds that patch llama.cpp, and programs around it, are "other". */
export function runtimeOf({ backendLabel }: SpeedRow): RowRuntime {
  const label = backendLabel.toLowerCase();
  if (label.includes("cuda+cpu")) return { kind: "llama.cpp-hybrid", backend: "cuda" };
  if (label.includes("llama.cpp cpu")) return { kind: "llama.cpp-cpu" };
  const backend = BACKENDS.find((name) => label.startsWith(`llama.cpp ${name}`));
  if (backend !== undefined) return { kind: "llama.cpp", backend };
  return { kind: "other", runtime: OTHERS.find((name) => label.startsWith(name)) ?? label };
}
