import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { addByHand, readModelByHand } from "#catalog/own/add-by-hand.ts";
import { loadOwnCatalog, mergeCatalogs } from "#catalog/own/merged-catalog.ts";
import type { Catalog } from "#engine/catalog.ts";
import { enteredByHand, type ModelByHand } from "#engine/model-by-hand.ts";
import { SHIPPED } from "../shipped.ts";

/** The figures of Mixtral 8x7B's config.json (`catalog/models/mixtral.json`). */
const MIXTURE: ModelByHand = {
  name: "My mixture",
  developer: null,
  publishedParameterCount: null,
  trainedContextLength: 32_768,
  releasePrecision: "BF16",
  licence: { name: "Apache-2.0", commercialUse: "yes" },
  layerCount: 32,
  hiddenSize: 4096,
  vocabularySize: 32_000,
  headCount: 32,
  kvHeadCount: 8,
  headLength: 128,
  feedForwardSize: 14_336,
  isGated: true,
  tiedEmbeddings: false,
  experts: { expertCount: 8, activeExpertCount: 2, sharedSize: 0 },
};

let ownFolder = "";
beforeEach(async () => {
  ownFolder = await mkdtemp(path.join(os.tmpdir(), "fitment-by-hand-"));
});
afterEach(async () => await rm(ownFolder, { recursive: true, force: true }));

/** As the next start reads it. */
const merged = async (): Promise<Catalog> => mergeCatalogs(SHIPPED, await loadOwnCatalog(ownFolder));

test("a mixture typed from its config has Mixtral's parameters and comes back as it was typed", async () => {
  const added = await addByHand(MIXTURE, null, SHIPPED, ownFolder);
  expect(added).toMatchObject({ kind: "ok", hasReplaced: false, model: { id: "my-mixture" } });
  const { models, problems } = await merged();
  const model = models.find(({ id }) => id === "my-mixture");
  expect(problems).toEqual([]);
  expect(model).toMatchObject({
    origin: "own",
    developer: "developer not stated",
    parameterCount: { value: 46_702_792_704, source: "entered by hand, added up" },
    activeParameterCount: { value: 12_879_925_248 },
  });
  expect(model === undefined ? null : enteredByHand(model)).toEqual(MIXTURE);
});

test("it is corrected under the id it has, whatever its name is then", async () => {
  await addByHand(MIXTURE, null, SHIPPED, ownFolder);
  const corrected = { ...MIXTURE, name: "Another name", layerCount: 16 };
  const added = await addByHand(corrected, "my-mixture", await merged(), ownFolder);
  expect(added).toMatchObject({ kind: "ok", hasReplaced: true, model: { id: "my-mixture" } });
  expect(await readdir(path.join(ownFolder, "models"))).toEqual(["my-mixture.json"]);
  expect(await readFile(path.join(ownFolder, "models/my-mixture.json"), "utf8")).toContain("Another name");
});

test("a new one takes no other's place: neither an own one's name nor a shipped one's id", async () => {
  await addByHand(MIXTURE, null, SHIPPED, ownFolder);
  expect(await addByHand(MIXTURE, null, await merged(), ownFolder)).toEqual({ kind: "name-taken" });
  const shipped = { ...MIXTURE, name: "Mixtral-8x7B" };
  expect(await addByHand(shipped, null, SHIPPED, ownFolder)).toMatchObject({
    model: { id: "mixtral-8x7b-by-hand" },
  });
});

test.each(["nothing-there", "../settings", ""])("%j is no own model to correct", async (id) => {
  expect(await addByHand(MIXTURE, id, SHIPPED, ownFolder)).toMatchObject({ kind: "failed" });
});

test.each([
  null,
  "My mixture",
  { ...MIXTURE, name: "" },
  { ...MIXTURE, layerCount: 1025 },
  { ...MIXTURE, hiddenSize: 0.5 },
  { ...MIXTURE, experts: { expertCount: 8 } },
  { ...MIXTURE, more: 1 },
])("%j from outside is no description", (json) => {
  expect(readModelByHand(json)).toBeNull();
});

test("heads that do not divide are refused by the catalog's own check, and nothing is written", async () => {
  const added = await addByHand({ ...MIXTURE, kvHeadCount: 5 }, null, SHIPPED, ownFolder);
  expect(added.kind === "failed" ? added.message : "").toContain("kvHeadCount");
  await expect(readdir(ownFolder)).resolves.toEqual([]);
});

test("models that ship were not entered by hand", () => {
  expect(SHIPPED.models.filter((model) => enteredByHand(model) !== null)).toEqual([]);
});
