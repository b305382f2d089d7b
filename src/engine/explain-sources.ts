import { BACKEND_OVERHEAD_BYTES } from "./backend.ts";
import type { ExpertPacking } from "./memory/weights.ts";
import type { PlacedDevice } from "./fit.ts";
import { QUANTIZATIONS, type QuantizationName } from "./quantization.ts";
import { isLikeLlama, type Runtime } from "./runtime.ts";
import { TENSOR_TYPES, type TensorType } from "./tensor-type.ts";

/** Layouts that are not ggml's, by where they are described (`tensor-type.ts` has the figures). */
const CHECKPOINT_LAYOUTS: readonly (readonly [prefix: string, source: string])[] = [
  ["FP8_B128", "DeepSeek-V3 report, section 3.3: a byte a weight and an F32 scale per 128 × 128"],
  ["INT8_ROW", "a byte a weight; its scale per row is too small to count"],
  ["MLX", "mlx.core.quantize: an F16 scale and an F16 bias per 64 weights"],
  ["EXL", "ExLlama's conversion: the density in the name, scales counted"],
  ["NVFP4", "compressed-tensors: an FP8 scale per 16 weights"],
  ["MXFP4", "OCP microscaling: an 8-bit scale per 32 weights; experts only, gpt-oss model card"],
  ["INT4_G32", "Kimi K2.5 model card: a BF16 scale per 32 weights, experts only"],
  ["INT4_G128", "4-bit weights, an F16 scale and a 4-bit zero per 128 (AutoAWQ, GPTQ)"],
  ["NF4", "QLoRA paper, section 3: a double-quantised scale per 64 weights"],
];

/** Where the bytes of the layers' weights come from. */
export function layersSource(quantization: QuantizationName): string {
  const { baseType, format } = QUANTIZATIONS[quantization];
  if (format === "gguf" && isPlain(baseType))
    return `${baseType} as published, ${bitsOf(baseType)} bits a weight`;
  if (format === "gguf")
    return `block_${baseType.toLowerCase()} of ggml-common.h; what ${quantization} raises: llama_tensor_get_type_impl of llama-quant.cpp`;
  return (
    CHECKPOINT_LAYOUTS.find(([prefix]) => baseType.startsWith(prefix))?.[1] ?? `the layout of ${baseType}`
  );
}

/** Where the bytes of experts come from; those published in MXFP4 stay in it unless they are packed smaller. */
export function expertsSource(quantization: QuantizationName, packing: ExpertPacking): string {
  return packing === "MXFP4" && QUANTIZATIONS[quantization].format === "gguf"
    ? "block_mxfp4 of ggml-common.h: experts published in MXFP4 stay in it, whatever the file is called"
    : layersSource(quantization);
}

/** Where the bytes of the tables that are looked up come from. */
export function tablesSource(quantization: QuantizationName, runtime: Runtime | undefined): string {
  const { baseType, format } = QUANTIZATIONS[quantization];
  if (format === "gguf" && isPlain(baseType) && !isLikeLlama(runtime)) return layersSource(quantization);
  return format === "gguf"
    ? "llama.cpp looks them up in RAM: the input layer's device in llama-model.cpp"
    : endsSource(quantization);
}

/** Where the bytes of the output matrix come from. */
export function outputSource(quantization: QuantizationName): string {
  const { baseType, format } = QUANTIZATIONS[quantization];
  if (format === "checkpoint") return endsSource(quantization);
  return isPlain(baseType) ? layersSource(quantization) : "the output's own rule in llama-quant.cpp";
}

function endsSource(quantization: QuantizationName): string {
  const { baseType } = QUANTIZATIONS[quantization];
  if (baseType.startsWith("MLX")) return "mlx_lm.convert packs embedding and output like the rest";
  if (baseType.startsWith("EXL"))
    return "ExLlama's conversion: the embedding in 16 bits, the output by --head_bits";
  return `checkpoints in ${quantization} keep it in 16 bits`;
}

export type CacheKind = "full" | "window" | "latent";

const LLAMA_CACHES: Readonly<Record<CacheKind, string>> = {
  full: "llama_kv_cache: the context, padded to whole blocks of cells",
  window:
    "llama_kv_cache_iswa: the window, a micro-batch and one cell, padded; as builds allocate for Gemma 3 and gpt-oss",
  latent: "DeepSeek-V2 paper, section 2.1: one latent and one rotary key a token, from which values are read",
};

/** Where a cache's size comes from, under the runtime that keeps it. */
export function cacheSource(kind: CacheKind, runtime: Runtime | undefined): string {
  if (isLikeLlama(runtime) || kind === "latent") return LLAMA_CACHES[kind];
  const { name, engine, cache } = runtime;
  const windows = kind === "window" ? "; only the window is kept" : "";
  return engine === "paged"
    ? `${name}'s pages of ${cache.paddingCells} tokens${windows}`
    : `${name}'s cache: keys and values of every token${windows}`;
}

/** Where a compute buffer's size comes from. */
export function computeSource(device: PlacedDevice | null, runtime: Runtime | undefined): string {
  if (runtime?.engine === "paged")
    return "what vLLM logs of its profiling run, 0.17 to 0.57 GiB at 2,048 tokens";
  if (runtime?.engine === "plain")
    return "the widest results of a layer in 16 bits, and logits in F32; no log was found";
  return device === null || device.memoryKind === "system"
    ? "read off what llama.cpp allocates on its CPU back end"
    : "buffers of GPUs that llama.cpp logs";
}

/** Where the overhead of a device comes from. */
export function overheadSource(device: PlacedDevice | null, runtime: Runtime | undefined): string {
  if (device?.memoryKind === "system")
    return "llama.cpp's host buffer, as logged: cells × micro-batch × 4 bytes and hidden states";
  if (runtime?.engine === "paged")
    return "vLLM's starts: 320 MiB outside of PyTorch, 192 more to exchange between cards";
  const bytes = device?.parts.overheadBytes ?? null;
  if (bytes === BACKEND_OVERHEAD_BYTES.cuda)
    return "CUDA's context and kernels on a headless RTX 4090, llama.cpp issue 15860; SYCL is taken to be alike";
  if (bytes === BACKEND_OVERHEAD_BYTES.rocm)
    return "ROCm: peaks above the sum of buffers on a Strix Halo, 140 to 640 MiB";
  if (bytes === BACKEND_OVERHEAD_BYTES.vulkan) return "Vulkan: 26 to 116 MiB on cards of 8 to 12 GB";
  return "the back end's context, and buffers to exchange between cards";
}

function isPlain(type: TensorType): boolean {
  return TENSOR_TYPES[type].blockElements === 1;
}

function bitsOf(type: TensorType): number {
  return TENSOR_TYPES[type].blockBytes * 8;
}
