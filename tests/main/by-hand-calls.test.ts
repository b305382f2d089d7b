import { mkdtemp, readdir, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { byHandCalls } from "#main/by-hand-calls.ts";
import { readTypedModel } from "#shared/typed-model.ts";
import { SHIPPED } from "../catalog/shipped.ts";
import { SMALL_MODEL_TYPED } from "../fixtures/typed-model.ts";

const READ = readTypedModel(SMALL_MODEL_TYPED);
const MODEL = READ.kind === "ok" ? READ.model : null;

let ownFolder = "";
beforeEach(async () => {
  ownFolder = await mkdtemp(path.join(os.tmpdir(), "fitment-by-hand-calls-"));
});
afterEach(async () => await rm(ownFolder, { recursive: true, force: true }));

const calls = () => byHandCalls({ loadCatalog: () => Promise.resolve(SHIPPED), ownFolder });

test("what the page typed is written, and corrected under its id", async () => {
  expect(await calls().addByHand({ model: MODEL, replacedId: null })).toEqual({
    kind: "ok",
    value: { kind: "added", id: "mine", name: "Mine", hasReplaced: false },
  });
  const corrected = { model: { ...MODEL, layerCount: 3 }, replacedId: "mine" };
  expect(await calls().addByHand(corrected)).toMatchObject({ value: { id: "mine", hasReplaced: true } });
  expect(await readdir(path.join(ownFolder, "models"))).toEqual(["mine.json"]);
});

test.each([
  [null],
  ["Mine"],
  [{ model: MODEL, replacedId: 1 }],
  [{ model: { ...MODEL, layerCount: "3" } }],
  [{ replacedId: "mine" }],
])("%j from the page is refused", async (words) => {
  expect(await calls().addByHand(words)).toMatchObject({ kind: "failed" });
  expect(await readdir(ownFolder)).toEqual([]);
});
