import { describe, expect, test } from "vitest";
import { findGguf, ggufChoices } from "#catalog/hub/gguf-files.ts";

const FILES = [
  "q8/big-Q8_0-00002-of-00002.gguf",
  "q8/big-Q8_0-00001-of-00002.gguf",
  "big-Q4_K_M.gguf",
  "big-Q4_K_S.gguf",
  "mmproj-big-f16.gguf",
  "big.imatrix.gguf",
  "README.md",
].map((path) => ({ path, fileBytes: 10 }));

test("parts of one model are one choice, in order; projectors and matrices of importance are none", () => {
  const choices = ggufChoices(FILES).map(({ name, fileBytes, files }) => [name, fileBytes, files.length]);
  expect(choices).toEqual([
    ["big-Q4_K_M.gguf", 10, 1],
    ["big-Q4_K_S.gguf", 10, 1],
    ["q8/big-Q8_0-00001-of-00002.gguf", 20, 2],
  ]);
});

describe("a choice is found", () => {
  test.each([
    ["big-Q4_K_S.gguf", "big-Q4_K_S.gguf"],
    ["q8_0", "q8/big-Q8_0-00001-of-00002.gguf"],
    ["big-Q8_0-00002-of-00002.gguf", "q8/big-Q8_0-00001-of-00002.gguf"],
    ["q4_k", null],
    ["q2_k", null],
  ])("by %s", (wanted, name) => {
    expect(findGguf(ggufChoices(FILES), wanted)?.name ?? null).toBe(name);
  });
});
