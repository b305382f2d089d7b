import { expect, test } from "vitest";
import { weightsBytes, weightsOf } from "#engine/memory/weights.ts";
import { quantizationNames, type QuantizationName } from "#engine/quantization.ts";
import { bytesToGib } from "#engine/units.ts";
import { DESCRIBED, shippedArchitecture } from "./shipped.ts";

/*
 * What llama.cpp printed as a file's size when it loaded it, or the size of the published file, in GiB to two digits:
 * the whole chain from a catalog entry to bytes. Half a percent is allowed: a few tensors of a mixture may differ.
 */
test.each<readonly [string, QuantizationName, number, string]>([
  ["llama-2-7b", "F16", 12.55, "XiongjieDai/GPU-Benchmarks-on-LLM-Inference"],
  ["llama-2-70b", "F16", 128.48, "XiongjieDai/GPU-Benchmarks-on-LLM-Inference"],
  ["llama-2-70b", "Q4_0", 36.2, "XiongjieDai/GPU-Benchmarks-on-LLM-Inference"],
  ["llama-3-70b", "Q4_K_M", 39.6, "huggingface.co, files of LLaMA 3 70B"],
  ["llama-3.1-70b", "Q4_K_M", 39.59, "gpustack/gguf-parser-go: README.md"],
  ["llama-4-scout", "Q3_K_M", 48.19, "kyuz0/mi50-gfx906-toolboxes: llama.cpp/readme.md"],
  ["mistral-7b", "Q4_K_M", 4.07, "intel/ipex-llm: docs/mddocs/Quickstart/llama_cpp_quickstart.md"],
  ["ministral-3-8b", "BF16", 15.81, "kyuz0/amd-r9700-ai-toolboxes: benchmark/results"],
  ["ministral-3-14b", "BF16", 25.16, "kyuz0/amd-r9700-ai-toolboxes: benchmark/results"],
  ["mixtral-8x22b", "Q4_K_M", 79.7, "huggingface.co, bartowski/Mixtral-8x22B-v0.1-GGUF"],
  ["deepseek-coder-33b", "Q4_K_M", 18.53, "huggingface.co, TheBloke/deepseek-coder-33B-instruct-GGUF"],
  ["deepseek-v2-lite-16b", "F16", 29.26, "ikawrakow/ik_llama.cpp: pull request 178"],
  ["deepseek-r1", "Q8_0", 664.29, "ikawrakow/ik_llama.cpp: discussion 258"],
  ["kimi-k2", "Q8_0", 1016.62, "ikawrakow/ik_llama.cpp: pull request 616"],
  ["falcon-7b", "Q4_0", 3.92, "huggingface.co, maddes8cht/nomic-ai-gpt4all-falcon-gguf"],
  ["gemma-7b", "Q4_K_M", 4.96, "huggingface.co, mradermacher/gemma-7b-i1-GGUF"],
  ["gemma-2-9b", "Q8_0", 9.15, "huggingface.co, bartowski/gemma-2-9b-it-GGUF"],
  ["gemma-3-27b", "BF16", 50.31, "kyuz0/amd-r9700-ai-toolboxes: benchmark/results"],
  ["gemma-3n-e4b", "Q8_0", 6.84, "kyuz0/mi50-gfx906-toolboxes: llama.cpp/readme.md"],
  ["gemma-4-e4b", "Q8_0", 7.62, "acdtrx/llama-runner: llama-server.log"],
  ["gemma-4-26b-a4b", "BF16", 47.02, "kyuz0/amd-strix-halo-toolboxes: docs/results.json"],
  ["gemma-4-31b", "BF16", 57.18, "kyuz0/amd-strix-halo-toolboxes: docs/results.json"],
  ["glm-z1-32b-0414", "IQ4_XS", 16.38, "ikawrakow/ik_llama.cpp: pull request 344"],
  ["glm-4.7-flash", "BF16", 55.79, "kyuz0/amd-strix-halo-toolboxes: docs/results.json"],
  ["gpt-oss-20b", "MXFP4_MOE", 11.27, "kyuz0/amd-strix-halo-toolboxes: docs/results.json"],
  ["gpt-oss-120b", "MXFP4_MOE", 59.02, "kyuz0/amd-strix-halo-toolboxes: docs/results.json"],
  ["nemotron-mini-4b", "Q4_K_M", 2.51, "huggingface.co, Solshine/Nemotron-Mini-4B-Instruct-Q4_K_M-GGUF"],
  ["qwen2.5-7b", "Q4_K_M", 4.36, "iacopPBK/llama.cpp-gfx906: tools/llama-bench/README.md"],
  ["qwen3-32b", "Q8_0", 32.42, "lhl/strix-halo-testing"],
  ["qwen3-30b-a3b", "Q4_K_M", 17.28, "ikawrakow/ik_llama.cpp: issue 514"],
  ["qwen3-coder-30b-a3b", "BF16", 56.89, "kyuz0/amd-r9700-ai-toolboxes: benchmark/results"],
  ["qwen3-235b-a22b", "Q8_0", 232.77, "ikawrakow/ik_llama.cpp: discussion 357"],
  ["qwen3-next-80b-a3b", "Q8_0", 78.98, "huggingface.co, Qwen/Qwen3-Next-80B-A3B-Thinking-GGUF"],
  ["qwen3.5-9b", "BF16", 16.68, "kyuz0/mi50-gfx906-toolboxes: README.md"],
  ["qwen3.6-35b-a3b", "BF16", 64.6, "kyuz0/amd-strix-halo-toolboxes: docs/results.json"],
])("%s in %s is %f GiB (%s)", (id, quantization, expectedGib) => {
  const sizeGib = bytesToGib(weightsBytes(weightsOf(shippedArchitecture(id), quantization)));
  expect(Math.abs(sizeGib / expectedGib - 1)).toBeLessThan(0.005);
});

test("every described model can be weighed in every packing, and none is heavier than in F32", () => {
  const heavier = DESCRIBED.flatMap(([id, , architecture]) => {
    const sizeOf = (name: QuantizationName): number => weightsBytes(weightsOf(architecture, name));
    const most = sizeOf("F32");
    const wrong = quantizationNames().filter((name) => !(sizeOf(name) > 0 && sizeOf(name) <= most));
    return wrong.map((name) => `${id} ${name}`);
  });
  expect(heavier).toEqual([]);
});
