import { expect, test } from "vitest";
import { NO_LIMITS } from "#advice/question.ts";
import type { Licence, Model } from "#engine/model.ts";
import { type Asked, rowsMeeting } from "#renderer/models/asked-of-models.ts";
import { fixtureModel } from "../fixtures/model.ts";

const PLAIN = fixtureModel("llama-3-8b");

function licensed(id: string, commercialUse: Licence["commercialUse"]): Model {
  const licence = { name: id, commercialUse } as Licence; // what the filter reads
  return { ...PLAIN, id, licence: { value: licence, source: "test" } };
}

function speaking(id: string, codes: readonly string[], count?: number): Model {
  return { ...licensed(id, "yes"), languages: { value: { codes, count }, source: "test" } };
}

const MODELS: readonly Model[] = [
  licensed("free", "yes"),
  licensed("with-terms", "conditional"),
  licensed("research", "no"),
  { ...PLAIN, id: "unlicensed", licence: { missing: "not stated" } },
  speaking("german", ["en", "de"]),
  speaking("english", ["en"]),
  speaking("hundred", ["en"], 100),
];

test.each<[string, Partial<Asked>, readonly string[]]>([
  ["nothing", {}, MODELS.map(({ id }) => id)],
  [
    "commercial use: neither what forbids it nor what nobody knows",
    { licenceUse: "commercial" },
    ["free", "with-terms", "german", "english", "hundred"],
  ],
  [
    "German: not what is said to be made for others; what names none, or only some of many, stays",
    { languages: ["german"] },
    ["free", "with-terms", "research", "unlicensed", "german", "hundred"],
  ],
  ["both", { licenceUse: "commercial", languages: ["german"] }, ["free", "with-terms", "german", "hundred"]],
])("the list has what is asked of any model: %s", (_name, asked, expected) => {
  const rows = MODELS.map((model) => ({ model, fit: null }));
  expect(rowsMeeting(rows, { ...NO_LIMITS, ...asked }).map(({ model }) => model.id)).toEqual(expected);
});
