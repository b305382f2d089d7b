import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { format, resolveConfig } from "prettier";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { cardEntrySchema, cardFileSchema } from "../../src/catalog/card-schema.ts";
import { licenceFileSchema } from "../../src/catalog/licence-schema.ts";
import { modelEntrySchema, modelFileSchema } from "../../src/catalog/model-schema.ts";

const CATALOG = path.join(import.meta.dirname, "../../catalog");
const README = readFileSync(path.join(CATALOG, "README.md"), "utf8");

/**
 * What editors complete and check catalog files with: the program's own schemas, and the README's words for each field.
 * Written anew by `npx vitest run --config tests/vitest.config.ts tests/catalog/editor-schemas.test.ts -u`.
 */
const FILES = [
  {
    name: "model-file",
    part: "models",
    sections: ["A model file", "The architecture"],
    schema: modelFileSchema.extend({ models: z.array(modelEntrySchema) }),
  },
  {
    name: "card-file",
    part: "hardware",
    sections: ["A card file"],
    schema: cardFileSchema.in.extend({ cards: z.array(cardEntrySchema) }),
  },
  { name: "licence-file", part: "licences", sections: ["Licences"], schema: licenceFileSchema },
];

type Json = Record<string, unknown>;

/** Fields and their words, from the tables of some sections. */
function wordsOf(sections: readonly string[]): ReadonlyMap<string, string> {
  const words = new Map<string, string>();
  for (const section of sections) {
    const text = README.split(`## ${section}\n`)[1]?.split("\n## ")[0] ?? "";
    for (const [, names = "", meaning = ""] of text.matchAll(/^\| (`[^|]*) \| (.*?) *\|$/gm))
      for (const [, name = ""] of names.matchAll(/`(\w+)`/g)) words.set(name, meaning.trim());
  }
  return words;
}

/** The same with each field that the README knows described. */
function described(json: unknown, words: ReadonlyMap<string, string>): unknown {
  if (Array.isArray(json)) return json.map((item) => described(item, words));
  if (typeof json !== "object" || json === null) return json;
  const entries = Object.entries(json).map(([key, value]): readonly [string, unknown] => {
    if (key !== "properties") return [key, described(value, words)];
    const fields = Object.entries(value as Json).map(([name, field]): readonly [string, unknown] => {
      const description = words.get(name);
      const inner = described(field, words) as Json; // a field's schema is an object
      return [name, description === undefined ? inner : { description, ...inner }];
    });
    return [key, Object.fromEntries(fields)];
  });
  return Object.fromEntries(entries);
}

describe.each(FILES)("$name", ({ name, part, sections, schema }) => {
  const words = wordsOf(sections);

  test("is what the program checks, with the README's words", async () => {
    const json = z.toJSONSchema(schema, { io: "input", unrepresentable: "any" });
    const file = path.join(CATALOG, "schemas", `${name}.json`);
    const options = { ...(await resolveConfig(file)), filepath: file };
    const text = await format(JSON.stringify(described(json, words)), options);
    expect(words.size).toBeGreaterThan(5);
    await expect(text).toMatchFileSnapshot(file);
  });

  test("is named by every file, which all pass it", () => {
    const published = z.fromJSONSchema(
      JSON.parse(readFileSync(path.join(CATALOG, "schemas", `${name}.json`), "utf8")) as Parameters<
        typeof z.fromJSONSchema
      >[0],
    ); // our own file
    for (const file of readdirSync(path.join(CATALOG, part))) {
      const json = JSON.parse(readFileSync(path.join(CATALOG, part, file), "utf8")) as Json; // our own data
      expect(json.$schema, file).toBe(`../schemas/${name}.json`);
      expect(published.safeParse(json).error?.issues.slice(0, 3) ?? [], file).toEqual([]);
    }
  });
});
