import { expect, test } from "vitest";
import { plainRequest } from "#catalog/hub/plain-request.ts";

test.each([
  ["Qwen/Qwen3-8B", "Qwen/Qwen3-8B", null],
  [" Qwen/Qwen3-8B ", "Qwen/Qwen3-8B", null],
  ["https://huggingface.co/Qwen/Qwen3-8B", "Qwen/Qwen3-8B", null],
  ["huggingface.co/Qwen/Qwen3-8B/", "Qwen/Qwen3-8B", null],
  ["https://huggingface.co/Qwen/Qwen3-8B/tree/main", "Qwen/Qwen3-8B", null],
  ["https://huggingface.co/Qwen/Qwen3-8B?library=vllm#usage", "Qwen/Qwen3-8B", null],
  ["hf.co/unsloth/Qwen3-8B-GGUF:Q4_K_M", "unsloth/Qwen3-8B-GGUF", "Q4_K_M"],
  ["unsloth/Qwen3-8B-GGUF:Q4_K_M", "unsloth/Qwen3-8B-GGUF", "Q4_K_M"],
  ["https://huggingface.co/a/b/blob/main/q4/a%20file.gguf", "a/b", "q4/a file.gguf"],
  ["https://huggingface.co/a/b/resolve/main/a.gguf?download=true", "a/b", "a.gguf"],
  ["a/b/c", "a/b/c", null],
  ["https://example.com/a/b", "https://example.com/a/b", null],
  ["../secrets/x", "../secrets/x", null],
])("%s is %s", (typed, repository, file) => {
  expect(plainRequest({ repository: typed, file: null })).toEqual({ repository, file });
});

test("a file that is named beside it counts", () => {
  expect(plainRequest({ repository: "a/b:Q4_K_M", file: "x.gguf" })).toEqual({
    repository: "a/b",
    file: "x.gguf",
  });
});
