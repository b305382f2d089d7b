import { readFile } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "vitest";
import type { Model } from "../../src/engine/model.ts";
import { checkModelFile } from "#catalog/schema.ts";
import { modelFile, type Json } from "./entries.ts";
import { shippedModel } from "./shipped.ts";

test("the example in the catalog's README is the entry that ships", async () => {
  const readme = await readFile(path.join(import.meta.dirname, "../../catalog/README.md"), "utf8");
  const example = /```json\n(.*?)```/s.exec(readme)?.[1] ?? "";
  const entry = JSON.parse(example) as Json; // our own text; the schema checks it next
  const { entries, problems } = checkModelFile("README.md", modelFile(entry));
  expect(problems).toEqual([]);
  expect(
    entries.map((checked) => ({ ...checked.entry, family: "Qwen3", developer: "Alibaba (Qwen)" })),
  ).toEqual([withoutTerms(shippedModel("qwen3-8b"))]);
});

/** As its own file has it: what its licence asks for comes from another. */
function withoutTerms(model: Model): Model {
  const { licence } = model;
  if (!("value" in licence)) return model;
  const { name, commercialUse, note } = licence.value;
  return { ...model, licence: { ...licence, value: { name, commercialUse, note } } };
}
