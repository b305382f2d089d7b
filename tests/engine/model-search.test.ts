import { describe, expect, test } from "vitest";
import { nameKey, searchModels } from "#engine/model-search.ts";
import { SHIPPED } from "../catalog/shipped.ts";

const search = (text: string): readonly string[] => searchModels(SHIPPED.models, text).map(({ id }) => id);

describe("what people type finds what they mean, the closest name first", () => {
  test.each<readonly [string, readonly string[]]>([
    ["qwen 3 8b", ["qwen3-8b", "qwen3-vl-8b"]],
    ["qwen3-8b", ["qwen3-8b"]],
    ["Qwen/Qwen3-8B", ["qwen3-8b"]],
    ["https://huggingface.co/Qwen/Qwen3-8B/tree/main?x=1", ["qwen3-8b"]],
    ["unsloth/Qwen3-8B-GGUF", ["qwen3-8b"]],
    ["mlx-community/Qwen2.5-7B-Instruct-4bit", ["qwen2.5-7b"]],
    ["bartowski/Meta-Llama-3.1-8B-Instruct-GGUF", ["llama-3.1-8b"]],
    ["llama3.1:8b-instruct-q4_K_M", ["llama-3.1-8b"]],
    ["Llama 3.3 70B Instruct", ["llama-3.3-70b"]],
    ["gemma3:27b", ["gemma-3-27b"]],
    ["ollama gemma3:27b", ["gemma-3-27b"]],
    ["gpt oss", ["gpt-oss-20b", "gpt-oss-120b"]],
    ["gptoss", ["gpt-oss-20b", "gpt-oss-120b"]],
    ["deepseek-r1:70b", ["deepseek-r1-distill-llama-70b"]],
    ["phi4", ["phi-4", "phi-4-reasoning", "phi-4-mini"]],
    ["qwen3:30b-a3b", ["qwen3-30b-a3b", "qwen3-30b-a3b-2507"]],
    ["qwen3-4b-25", ["qwen3-4b-2507"]],
    ["llama 3 8b gguf", ["llama-3-8b", "llama-3.1-8b"]],
  ])("%s", (text, ids) => {
    expect(search(text)).toEqual(ids);
  });

  test.each([
    ["llama3.1", "llama-3.1-8b"],
    ["deepseek r1", "deepseek-r1"],
    ["mistral small", "mistral-small-24b-2501"],
    ["command r+", "command-r-plus"],
  ])("%s", (text, first) => {
    expect(search(text)[0]).toBe(first);
  });

  test("numbers count whole: 8b is no 0.8b and no 78b, 3 is no 13", () => {
    expect(search("8b").filter((id) => !/(?<![\d.])8b/.test(id))).toEqual([]);
    expect(search("llama 3").filter((id) => !/llama-3|nemotron/.test(id))).toEqual([]);
  });

  test("a maker, a task and what it takes in are searched as well", () => {
    expect(search("openai")).toEqual(search("gpt oss"));
    expect(search("google vision 27b")).toEqual(["gemma-3-27b"]);
  });

  test("a text pasted by mistake takes no time", () => {
    const start = performance.now();
    for (const letter of ["-", "/", "a", "1", "_q4", "meta-"]) search(letter.repeat(1_000_000));
    expect(performance.now() - start).toBeLessThan(5000);
  });

  test("nothing typed is all, and what is no name is nothing", () => {
    expect(search("  ")).toHaveLength(SHIPPED.models.length);
    for (const text of ["gpt4all", "..", "q4_K_M", "Mistral-7B-Instruct-v0.2"])
      expect(search(text)).toEqual([]);
  });
});

test.each([
  ["Qwen3 8B", "qwen-3-8b"],
  ["gpt_oss 20B", "GPT-OSS-20b"],
  ["Qwen-1_8B", "qwen 1.8b"],
])("%s and %s are one name", (one, other) => {
  expect(nameKey(one)).toBe(nameKey(other));
});

test("and Qwen3 8B is not Qwen 38B", () => {
  expect(nameKey("qwen3-8b")).not.toBe(nameKey("qwen 38b"));
});
