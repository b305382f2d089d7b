import { expect, test } from "vitest";
import { modelEntrySchema } from "#catalog/model-schema.ts";
import { changed, ENTRY, type Json } from "./entries.ts";

test("a correct entry is taken as it stands, with an empty list of notes and no note on the licence", () => {
  const { architecture: stated, ...rest } = ENTRY;
  const { architecture: read, ...facts } = modelEntrySchema.parse(ENTRY);
  expect(facts).toEqual({
    ...rest,
    licence: {
      value: { name: "MIT", commercialUse: "yes", note: null },
      source: "maker/small: LICENSE",
    },
    notes: [],
  });
  expect(read).toMatchObject(stated as object); // the architecture's own defaults have their own test
});

test.each<readonly [string, Json]>([
  ["a month", changed(ENTRY, ["releaseMonth", "value"], "2024-13")],
  ["a whole date for the month", changed(ENTRY, ["releaseMonth", "value"], "2024-04-18")],
  ["commercial use in another word", changed(ENTRY, ["licence", "value", "commercialUse"], "maybe")],
  ["a count of 0", changed(ENTRY, ["parameterCount", "value"], 0)],
  ["a count in billions", changed(ENTRY, ["parameterCount", "value"], 8.03)],
  ["a context of 0", changed(ENTRY, ["trainedContextLength", "value"], 0)],
  ["a precision that is none", changed(ENTRY, ["releasePrecision", "value"], "bfloat16")],
  ["a Hugging Face id without its owner", changed(ENTRY, ["huggingFaceId"], "Small-1B")],
  ["no name", changed(ENTRY, ["name"], "")],
  ["no modality", changed(ENTRY, ["modalities"], [])],
  ["no task", changed(ENTRY, ["tasks"], [])],
  ["an empty note", changed(ENTRY, ["notes"], [""])],
  ["a fact left out", changed(ENTRY, ["licence"], undefined)],
  ["family in the entry", changed(ENTRY, ["family"], "Small")],
  ["a language without its code", withLanguages({ codes: ["English"] })],
  ["languages out of order", withLanguages({ codes: ["zh", "en"] })],
  ["a language twice", withLanguages({ codes: ["en", "en"] })],
  ["fewer languages than are named", withLanguages({ codes: ["en", "zh"], count: 2 })],
  ["languages that are none", withLanguages({ codes: [] })],
  ["a model that replaces itself", changed(ENTRY, ["supersedes"], { value: ["small-1b"], source: "a page" })],
  [
    "more active parameters than all",
    changed(ENTRY, ["activeParameterCount"], { value: 1_000_001, source: "maker/small: README.md" }),
  ],
])("wrong: %s", (_title, entry) => {
  expect(modelEntrySchema.safeParse(entry).success).toBe(false);
});

test("languages may be named, counted, or both", () => {
  for (const value of [{ codes: ["en"] }, { codes: [], count: 100 }, { codes: ["en", "zh-hant"], count: 3 }])
    expect(modelEntrySchema.safeParse(withLanguages(value)).success).toBe(true);
});

function withLanguages(value: Json): Json {
  return changed(ENTRY, ["languages"], { value, source: "maker/small: README.md" });
}
