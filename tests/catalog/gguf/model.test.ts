import { describe, expect, test } from "vitest";
import { architectureOf } from "#catalog/gguf/architecture.ts";
import { modelOfGguf } from "#catalog/gguf/model.ts";
import { parseGgufHeader } from "#catalog/gguf/parse-header.ts";
import type { GgufModelFile } from "#catalog/gguf/read-parts.ts";
import type { GgufValue } from "#catalog/gguf/header.ts";
import type { GgufFile } from "./gguf-file.ts";
import * as models from "./models.ts";

function read({ header, fileBytes }: GgufFile, fileName = "test.gguf"): GgufModelFile {
  return { fileName, ...parseGgufHeader(header, fileBytes) };
}

test("every fact names the file, and what a header does not say is missing", () => {
  const file = read(models.llama3(), "Meta-Llama-3-8B-Instruct.Q4_K_M.gguf");
  const source = "GGUF file Meta-Llama-3-8B-Instruct.Q4_K_M.gguf";
  expect(modelOfGguf(file)).toMatchObject({
    id: "meta-llama-3-8b-instruct.q4-k-m",
    origin: "own",
    name: "Meta Llama 3 8B Instruct (Q4_K_M file)",
    family: "Meta-Llama-3",
    developer: "Meta Llama",
    huggingFaceId: null,
    releaseMonth: { missing: "a GGUF file does not say it" },
    licence: { value: { name: "llama3", commercialUse: "unknown" }, source },
    parameterCount: { value: 8_030_261_248, source: `${source}: its tensors added up` },
    activeParameterCount: { missing: "dense: every parameter runs for every token" },
    trainedContextLength: { value: 8192, source },
    releasePrecision: { missing: "a GGUF file does not say it" },
    architecture: { source },
  });
});

test("a mixture's active parameters are those of the experts that run", () => {
  const { parameterCount, activeParameterCount, huggingFaceId } = modelOfGguf(read(models.qwen3Moe()));
  const idle = 48 * (128 - 8) * 3 * 2048 * 768;
  expect(parameterCount).toMatchObject({ value: 30_532_122_624 });
  expect(activeParameterCount).toMatchObject({ value: 30_532_122_624 - idle });
  expect(huggingFaceId).toBe("Qwen/Qwen3-30B-A3B");
});

describe("what cannot be described is said, not guessed", () => {
  const change = (key: string, value: GgufValue | null): GgufModelFile => {
    const file = read(models.llama3());
    const metadata = new Map(file.metadata);
    if (value === null) metadata.delete(key);
    else metadata.set(key, value);
    return { ...file, metadata };
  };
  const rename = (name: string, renamed: string): GgufModelFile => {
    const file = read(models.llama3());
    const tensors = file.tensors.map((tensor) =>
      tensor.name === name ? { ...tensor, name: renamed } : tensor,
    );
    return { ...file, tensors };
  };
  const oldDeepseek = read(models.deepseekV2Lite());
  const withoutMla = new Map(oldDeepseek.metadata);
  withoutMla.delete("deepseek2.attention.key_length_mla");

  test.each<[string, GgufModelFile, string]>([
    [
      "another architecture",
      change("general.architecture", "rwkv7"),
      'The architecture "rwkv7" cannot be described',
    ],
    ["a projector", change("general.architecture", "clip"), "projector, not a model"],
    ["no architecture", change("general.architecture", null), "does not say its architecture"],
    ["a number for an architecture", change("general.architecture", 7), "does not say its architecture"],
    ["no layer count", change("llama.block_count", null), 'The metadata has no "block_count"'],
    ["2,000 layers", change("llama.block_count", 2000), "claims 2,000 layers"],
    ["a negative count", change("llama.block_count", -1), '"block_count" is no count'],
    ["a fraction", change("llama.attention.head_count", 32.5), '"attention.head_count" is no count'],
    ["a text for a count", change("llama.block_count", "32"), '"block_count" is no count'],
    ["no heads", change("llama.attention.head_count", 0), '"attention.head_count" must be more than 0'],
    [
      "fewer layers",
      change("llama.block_count", 31),
      '"blk.31.attn_norm.weight" is of a layer that the metadata has not',
    ],
    ["another width", change("llama.embedding_length", 4095), "do not agree on the embedding length"],
    ["other key/value heads", change("llama.attention.head_count_kv", 4), "Layer 0 holds 218,112,000 values"],
    [
      "an unknown matrix",
      rename("blk.3.attn_q.weight", "blk.3.ssm_in.weight"),
      '"blk.3.ssm_in.weight" is none',
    ],
    ["an unknown table", rename("output.weight", "mtp.weight"), '"mtp.weight" is none'],
    ["no embedding", rename("token_embd.weight", "other.weight"), "no token embedding"],
    ["no feed-forward", rename("blk.0.ffn_down.weight", "blk.0.ffn_gate_inp.weight"), "no feed-forward"],
    ["no attention", rename("blk.0.attn_output.weight", "blk.0.attn_qkv.weight"), "no attention"],
    ["a tokenizer alone", { ...read(models.llama3()), tensors: [] }, "holds no weights"],
    ["an old conversion", { ...oldDeepseek, metadata: withoutMla }, "an old conversion"],
  ])("%s", (_, file, said) => {
    expect(() => architectureOf(file)).toThrow(said);
  });
});
