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

const MODELS: readonly Model[] = [
  licensed("free", "yes"),
  licensed("with-terms", "conditional"),
  licensed("research", "no"),
  { ...PLAIN, id: "unlicensed", licence: { missing: "not stated" } },
];

test.each<[string, Partial<Asked>, readonly string[]]>([
  ["nothing", {}, MODELS.map(({ id }) => id)],
  [
    "commercial use: neither what forbids it nor what nobody knows",
    { licenceUse: "commercial" },
    ["free", "with-terms"],
  ],
])("the list has what is asked of any model: %s", (_name, asked, expected) => {
  const rows = MODELS.map((model) => ({ model, fit: null }));
  expect(rowsMeeting(rows, { ...NO_LIMITS, ...asked }).map(({ model }) => model.id)).toEqual(expected);
});
