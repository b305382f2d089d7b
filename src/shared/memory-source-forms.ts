import { say } from "#words/say.ts";
import { formOf, type KnownForm } from "./known-form.ts";

/** Where the engine has a term of the memory from; papers, model cards and files keep their names. */
export const SOURCES: readonly KnownForm[] = [
  {
    pattern: /^(\S+) of ggml-common\.h; what (\S+) raises: (\S+) of llama-quant\.cpp$/,
    said: (block = "", quantization = "", rule = "") =>
      say("{block} of ggml-common.h; what {quantization} raises: {rule} of llama-quant.cpp", {
        block,
        quantization,
        rule,
      }),
  },
  {
    pattern: /^(\S+) as published, (\d+) bits a weight$/,
    said: (type = "", bits = "") => say("{type} as published, {bits} bits a weight", { type, bits }),
  },
  {
    pattern:
      /^block_mxfp4 of ggml-common\.h: experts published in MXFP4 stay in it, whatever the file is called$/,
    said: () =>
      say("block_mxfp4 of ggml-common.h: experts published in MXFP4 stay in it, whatever the file is called"),
  },
  {
    pattern: /^llama\.cpp looks them up in RAM: the input layer's device in llama-model\.cpp$/,
    said: () => say("llama.cpp looks them up in RAM: the input layer's device in llama-model.cpp"),
  },
  {
    pattern: /^the output's own rule in llama-quant\.cpp$/,
    said: () => say("the output's own rule in llama-quant.cpp"),
  },
  {
    pattern: /^llama-model\.cpp makes it again for the output; logged buffers show both$/,
    said: () => say("llama-model.cpp makes it again for the output; logged buffers show both"),
  },
  {
    pattern: /^llama_kv_cache: the context, padded to whole blocks of cells$/,
    said: () => say("llama_kv_cache: the context, padded to whole blocks of cells"),
  },
  {
    pattern:
      /^llama_kv_cache_iswa: the window, a micro-batch and one cell, padded; as builds allocate for Gemma 3 and gpt-oss$/,
    said: () =>
      say(
        "llama_kv_cache_iswa: the window, a micro-batch and one cell, padded; as builds allocate for Gemma 3 and gpt-oss",
      ),
  },
  {
    pattern:
      /^DeepSeek-V2 paper, section 2\.1: one latent and one rotary key a token, from which values are read$/,
    said: () =>
      say(
        "DeepSeek-V2 paper, section 2.1: one latent and one rotary key a token, from which values are read",
      ),
  },
  {
    pattern: /^read off what llama\.cpp allocates on its CPU back end$/,
    said: () => say("read off what llama.cpp allocates on its CPU back end"),
  },
  {
    pattern: /^buffers of GPUs that llama\.cpp logs$/,
    said: () => say("buffers of GPUs that llama.cpp logs"),
  },
  {
    pattern: /^llama\.cpp's host buffer, as logged: cells × micro-batch × 4 bytes and hidden states$/,
    said: () => say("llama.cpp's host buffer, as logged: cells × micro-batch × 4 bytes and hidden states"),
  },
  {
    pattern:
      /^CUDA's context and kernels on a headless RTX 4090, llama\.cpp issue 15860; SYCL is taken to be alike$/,
    said: () =>
      say(
        "CUDA's context and kernels on a headless RTX 4090, llama.cpp issue 15860; SYCL is taken to be alike",
      ),
  },
  {
    pattern: /^ROCm: peaks above the sum of buffers on a Strix Halo, 140 to 640 MiB$/,
    said: () => say("ROCm: peaks above the sum of buffers on a Strix Halo, 140 to 640 MiB"),
  },
  {
    pattern: /^Vulkan: 26 to 116 MiB on cards of 8 to 12 GB$/,
    said: () => say("Vulkan: 26 to 116 MiB on cards of 8 to 12 GB"),
  },
  {
    pattern: /^the back end's context, and buffers to exchange between cards$/,
    said: () => say("the back end's context, and buffers to exchange between cards"),
  },
  {
    pattern: /^OCP microscaling: an 8-bit scale per 32 weights; experts only, gpt-oss model card$/,
    said: () => say("OCP microscaling: an 8-bit scale per 32 weights; experts only, gpt-oss model card"),
  },
  {
    pattern: /^checkpoints in (\S+) keep it in 16 bits$/,
    said: (quantization = "") => say("checkpoints in {quantization} keep it in 16 bits", { quantization }),
  },
  { pattern: /^the placement$/, said: () => say("the placement") },
  formOf("DeepSeek-V3 report, section 3.3: a byte a weight and an F32 scale per 128 × 128"),
  formOf("a byte a weight; its scale per row is too small to count"),
  formOf("mlx.core.quantize: an F16 scale and an F16 bias per 64 weights"),
  formOf("ExLlama's conversion: the density in the name, scales counted"),
  formOf("compressed-tensors: an FP8 scale per 16 weights"),
  formOf("Kimi K2.5 model card: a BF16 scale per 32 weights, experts only"),
  formOf("4-bit weights, an F16 scale and a 4-bit zero per 128 (AutoAWQ, GPTQ)"),
  formOf("QLoRA paper, section 3: a double-quantised scale per 64 weights"),
  formOf("the layout of {type}"),
  formOf("mlx_lm.convert packs embedding and output like the rest"),
  formOf("ExLlama's conversion: the embedding in 16 bits, the output by --head_bits"),
  formOf("{name}'s pages of {count} tokens"),
  formOf("{name}'s cache: keys and values of every token"),
  formOf("only the window is kept"),
  formOf("what vLLM logs of its profiling run, 0.17 to 0.57 GiB at 2,048 tokens"),
  formOf("the widest results of a layer in 16 bits, and logits in F32; no log was found"),
  formOf("vLLM's starts: 320 MiB outside of PyTorch, 192 more to exchange between cards"),
  formOf("its architecture, as any model's"),
  formOf("LoRA (Hu and others, 2021), section 4.1"),
];
