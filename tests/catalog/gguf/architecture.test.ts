import { describe, expect, test } from "vitest";
import { architectureOf } from "#catalog/gguf/architecture.ts";
import { parseGgufHeader } from "#catalog/gguf/parse-header.ts";
import { kvCacheBytes } from "./kv-cache-bytes.ts";
import { expandLayers, parameterCount } from "#engine/memory/tensors.ts";
import { weightsBytes, weightsOf } from "#engine/memory/weights.ts";
import type { Architecture } from "#engine/model.ts";
import { shippedArchitecture } from "../shipped.ts";
import type { GgufFile } from "./gguf-file.ts";
import * as models from "./models.ts";

function described({ header, fileBytes }: GgufFile): Architecture {
  return architectureOf({ fileName: "test.gguf", ...parseGgufHeader(header, fileBytes) });
}

describe("a file is described as the catalog describes its model", () => {
  test.each([
    ["llama-3-8b", models.llama3(), "Q4_K_M"],
    ["qwen3-30b-a3b", models.qwen3Moe(), "Q8_0"],
    ["gemma-3-1b", models.gemma3(), "F16"],
    ["gemma-2-2b", models.gemma2(), "F16"],
    ["deepseek-v2-lite-16b", models.deepseekV2Lite(), "Q8_0"],
    ["gpt-oss-20b", models.gptOss(), "MXFP4_MOE"],
    ["phi-3-mini", models.phi3(), "F16"],
    ["phi-2", models.phi2(), "F16"],
    ["mixtral-8x7b", models.mixtral(), "Q8_0"],
    ["qwen2.5-0.5b", models.qwen2(), "Q8_0"],
    ["starcoder2-3b", models.starcoder2(), "F16"],
  ] as const)("%s", (id, file, quantization) => {
    const architecture = described(file);
    const shipped = shippedArchitecture(id);
    expect(parameterCount(architecture)).toBe(parameterCount(shipped));
    expect(expandLayers(architecture).map(({ feedForward }) => feedForward)).toEqual(
      expandLayers(shipped).map(({ feedForward }) => feedForward),
    );
    expect(kvCacheBytes(architecture)).toBe(kvCacheBytes(shipped));
    expect(architecture.exactWeights?.quantization).toBe(quantization);
    expect(weightsBytes(weightsOf(architecture, quantization))).toBe(file.weightBytes);
  });
});

test("a standard Q4_K_M file is to the byte what the quantization's rules say", () => {
  const rules = weightsOf(shippedArchitecture("llama-3-8b"), "Q4_K_M");
  const file = weightsOf(described(models.llama3()), "Q4_K_M");
  expect(weightsBytes(file)).toBe(4_912_898_048);
  expect(file).toEqual(rules);
});

test("experts are apart, since they can stay in RAM alone", () => {
  const { exactWeights } = described(models.mixtral());
  expect(exactWeights?.layers[0]).toEqual({
    denseBytes: 2 * 4096 * 4 + 4096 * 8 * 4 + ((2 * 4096 * 4096 + 2 * 4096 * 1024) / 32) * 34,
    routedExpertBytes: ((8 * 3 * 4096 * 14_336) / 32) * 34,
  });
});

test("an embedding that is used again is loaded twice, and counted once", () => {
  const weights = weightsOf(described(models.gemma3()), "F16");
  const tableBytes = 1152 * 262_144 * 2;
  expect([weights.lookupBytes, weights.embeddingCopyBytes]).toEqual([tableBytes, tableBytes]);
});
