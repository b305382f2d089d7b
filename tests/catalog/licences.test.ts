import { mkdtemp, mkdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { loadCatalog } from "../../src/catalog/load.ts";
import type { LicenceTerms } from "../../src/engine/licence.ts";
import { licenceTermTexts } from "../../src/shared/licence-text.ts";
import { SHIPPED, shippedModel } from "./shipped.ts";

function termsOf(id: string): LicenceTerms {
  const { licence } = shippedModel(id);
  if (!("value" in licence) || licence.value.terms === undefined) throw new Error(`${id} has no terms`);
  return licence.value.terms;
}

test("every licence that a model names is one that the catalog has", () => {
  const without = SHIPPED.models.filter(
    ({ licence }) => "value" in licence && licence.value.terms === undefined,
  );
  expect(without.map(({ id }) => id)).toEqual([]);
});

test("what was read of terms does not speak against what entries say of commercial use", () => {
  for (const { id, licence } of SHIPPED.models) {
    if (!("value" in licence) || licence.value.terms === undefined) continue;
    const { commercialUse, terms } = licence.value;
    const isLimited =
      terms.usersPerMonthLimit != null || terms.revenuePerYearUsdLimit != null || terms.registration === true;
    if (isLimited) expect(commercialUse, id).not.toBe("yes");
    if (terms.spdx === "Apache-2.0" || terms.spdx === "MIT") expect(commercialUse, id).toMatch(/yes|unknown/);
  }
});

test.each([
  ["deepseek-r1-distill-llama-8b", "conditional"], // the licence of the Llama it was made from
  ["deepseek-r1-distill-llama-70b", "conditional"],
  ["deepseek-r1-distill-qwen-32b", "yes"],
  ["minimax-m2.7", "no"],
  ["minimax-m3", "conditional"],
])("commercial use of %s: %s", (id, commercialUse) => {
  const { licence } = shippedModel(id);
  expect("value" in licence ? licence.value.commercialUse : null).toBe(commercialUse);
});

describe("in plain words", () => {
  test.each([
    ["llama-3.1-8b", "Above 700 million users a month, another licence has to be asked for."],
    ["llama-3.1-8b", "A model trained on what it writes has to bear its name."],
    ["llama-2-7b", "What it writes may not be used to improve another language model."],
    [
      "llama-4-scout",
      "Nothing is granted in the European Union (models that see images; users of a product made with them are not affected).",
    ],
    ["qwen-14b", "Above 100 million users a month, another licence has to be asked for."],
    ["qwen-14b", "What it writes may not be used to improve another language model."],
    [
      "qwen2.5-3b",
      'To be passed on with it: a copy of the agreement, its notice in a file "Notice", and what was changed; "Built with Qwen" or "Improved using Qwen" in the documentation of a model made with it or with what it writes.',
    ],
    [
      "kimi-k2",
      "Above 100 million users a month or 20 million US dollars of revenue a month, the model's name has to be shown.",
    ],
    ["mistral-7b", "What it writes may be used for anything that is allowed, other models included."],
    ["deepseek-v3", "Some uses are forbidden, and that has to be passed on: read its use policy."],
  ])("%s: %s", (id, sentence) => expect(licenceTermTexts(termsOf(id))).toContain(sentence));

  test("several regions, a yearly revenue, and one that nobody read", () => {
    const none = { name: "x", spdx: null, url: null, source: "y" };
    expect(
      licenceTermTexts({ ...none, excludedRegions: ["European Union", "United Kingdom", "South Korea"] }),
    ).toEqual(["Nothing is granted in the European Union, the United Kingdom and South Korea."]);
    expect(licenceTermTexts({ ...none, revenuePerYearUsdLimit: 10_000_000, aboveLimit: "ask" })).toEqual([
      "Above 10 million US dollars of revenue a year, another licence has to be asked for.",
    ]);
    expect(licenceTermTexts(none)).toEqual([
      "Nobody has read its terms for this catalog: read them before use.",
    ]);
  });
});

test("a broken file of licences is named with its line, and the models are there without terms", async () => {
  const folder = await mkdtemp(path.join(tmpdir(), "fitment-licences-"));
  for (const part of ["models", "hardware", "licences"]) await mkdir(path.join(folder, part));
  const broken = { licences: [{ name: "MIT", spdx: "MIT", url: "http://example.org", source: "x" }] };
  await writeFile(path.join(folder, "licences/licences.json"), JSON.stringify(broken, null, 2));
  const { problems } = await loadCatalog(folder);
  expect(problems).toContainEqual(
    expect.objectContaining({ file: "licences/licences.json", path: "licences[0].url", line: 6 }),
  );
  await rm(folder, { recursive: true });
});
