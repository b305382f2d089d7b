import { expect, test } from "vitest";
import { findModel } from "../../src/cli/find-model.ts";
import { otherNamesOf } from "../../src/engine/model.ts";
import { SHIPPED } from "./shipped.ts";

const named = SHIPPED.models.flatMap((model) => otherNamesOf(model).map((name) => ({ name, id: model.id })));

test("names of other programs are of one model each, and find it", () => {
  expect(named.length).toBeGreaterThanOrEqual(170);
  expect(new Set(named.map(({ name }) => name.toLowerCase())).size).toBe(named.length);
  for (const { name, id } of named) expect(findModel(name, SHIPPED.models).id).toBe(id);
});

/** Ollama's library moved some names on to later versions; its own page says to which. */
test.each([
  ["mistral:7b", "mistral-7b-v0.3"],
  ["qwen:7b", "qwen1.5-7b"],
  ["yi:34b", "yi-1.5-34b"],
  ["LLAMA3.1:8b", "llama-3.1-8b"],
  ["phi4:14b", "phi-4"],
  ["ollama:llama3.1:8b", "llama-3.1-8b"],
])("%s is %s", (name, id) => expect(findModel(name, SHIPPED.models).id).toBe(id));

test("a name that some models share is not the name of one", () => {
  const ids = SHIPPED.models.map(({ id }) => id);
  for (const { name } of named) expect(ids).not.toContain(name);
});
