import { expect, test } from "vitest";
import { z } from "zod";
import { fact, id } from "#catalog/fact-schema.ts";

const numberFact = fact(z.number());

test.each([
  ["a value with a page as its source", { value: 1, source: "https://example.org/model" }],
  ["a value with a file of a repository", { value: 1, source: "maker/model: config.json" }],
  ["a value with plain words", { value: 1, source: "usual precision of the family" }],
  ["a reason why it is missing", { missing: "not stated" }],
])("%s is a fact", (_title, input) => {
  expect(numberFact.safeParse(input)).toMatchObject({ success: true, data: input });
});

test.each([
  ["a bare value", 1],
  ["a value without a source", { value: 1 }],
  ["a value with an empty source", { value: 1, source: " " }],
  ["an unencrypted page", { value: 1, source: "http://example.org/model" }],
  ["a file on somebody's disk", { value: 1, source: "file:///tmp/model" }],
  ["a value that is null", { value: null, source: "maker/model: config.json" }],
  ["an empty reason", { missing: "" }],
  ["a value and a reason at once", { value: 1, source: "maker/model: config.json", missing: "not stated" }],
  ["a key that does not belong", { value: 1, source: "maker/model: config.json", date: "2024" }],
])("%s is no fact", (_title, input) => {
  expect(numberFact.safeParse(input).success).toBe(false);
});

test.each(["llama-3-8b", "llama-3.1-8b", "tinyllama-1.1b", "mixtral-8x7b", "phi-2"])(
  "%s is an id",
  (text) => {
    expect(id.safeParse(text).success).toBe(true);
  },
);

test.each(["Llama-3-8B", "llama 3", "llama_3", "-llama", "llama-", "llama--3", ""])("%j is no id", (text) => {
  expect(id.safeParse(text).success).toBe(false);
});
