import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { exportOwn, importOwn, removeOwnModel } from "#catalog/own/own-entries.ts";
import { loadOwnCatalog } from "#catalog/own/merged-catalog.ts";
import { changed, ENTRY, type Json, modelFile } from "../entries.ts";

let folder = "";
const here = (): string => path.join(folder, "here");
const there = (): string => path.join(folder, "there");

beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "fitment-own-entries-"));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function write(place: string, content: Json | string): Promise<void> {
  const file = path.join(here(), place);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, typeof content === "string" ? content : JSON.stringify(content));
}

const named = (id: string): Json => changed(ENTRY, ["id"], id);

const CARD = {
  id: "own-card",
  name: "Own card",
  memoryKind: "dedicated",
  memoryMiB: { value: 1024, source: "maker" },
  bandwidthGBps: { value: 100, source: "maker" },
};

test("models, accelerators and runtimes go out as one file and come in elsewhere", async () => {
  const shipped = path.resolve(import.meta.dirname, "../../../catalog/runtimes/vllm.json");
  await write("models/mine.json", modelFile(named("mine-1b")));
  await write("hardware/mine.json", { vendor: "amd", cards: [CARD] });
  await write("runtimes/mine.json", (await readFile(shipped, "utf8")).replace('"vllm"', '"my-vllm"'));
  await write("models/broken.json", "{");
  await write("catalog-source.json", { address: "https://example.org" });
  const exported = await exportOwn(here());
  expect(exported).toMatchObject({ fileCount: 3, unreadable: ["models/broken.json"] });

  expect(await importOwn(there(), exported?.content ?? "")).toEqual({
    kind: "ok",
    added: ["models/mine.json", "hardware/mine.json", "runtimes/mine.json"],
    replaced: [],
    problems: [],
  });
  const { models, cards, runtimes, problems } = await loadOwnCatalog(there());
  expect([models, cards, runtimes].map((entries) => entries.map(({ id }) => id))).toEqual([
    ["mine-1b"],
    ["own-card"],
    ["my-vllm"],
  ]);
  expect(problems).toEqual([]);
});

test("a broken file is named and left out; what was there under the same name is replaced", async () => {
  await write("models/mine.json", modelFile(named("mine-1b")));
  const files = {
    "models/mine.json": modelFile(named("mine-1b")),
    "models/bad.json": modelFile(named("Not An Id")),
    "quality/kv-cache-loss.json": {},
  };
  const text = JSON.stringify({ kind: "fitment-own-catalog", formatVersion: 1, files });
  const imported = await importOwn(here(), text);
  expect(imported).toMatchObject({ kind: "ok", added: [], replaced: ["models/mine.json"] });
  expect(imported).toMatchObject({
    problems: [{ file: "models/bad.json", path: "models[0].id" }, { file: "quality/kv-cache-loss.json" }],
  });
});

test.each([
  ["[]", "This is no exported catalog (expected an object that Fitment wrote"],
  ['{"kind":"other"}', "expected an object that Fitment wrote"],
  [
    '{"kind":"fitment-own-catalog","formatVersion":2,"files":{}}',
    "formatVersion: expected 1; a later format needs a later Fitment",
  ],
  ["[", "This is no exported catalog (it is not JSON)."],
  [
    '{"kind":"fitment-own-catalog","formatVersion":1,"files":{"../x.json":{}}}',
    "expected each file at a place",
  ],
  [
    '{"kind":"fitment-catalog","formatVersion":1,"date":"2026-11-25","files":{"models/a.json":{}}}',
    "refresh",
  ],
])("%s is not taken", async (text, said) => {
  const imported = await importOwn(here(), text);
  expect(imported.kind === "failed" ? imported.message : "").toContain(said);
});

test("an empty folder has nothing to export", async () => {
  expect(await exportOwn(here())).toBeNull();
});

test("an own model is removed with its file; one of several in a file is left to the person", async () => {
  await write("models/one.json", modelFile(named("one-1b")));
  await write("models/two.json", modelFile(named("two-1b"), named("three-1b")));
  expect(await removeOwnModel(here(), "one-1b")).toEqual({
    kind: "ok",
    file: path.join(here(), "models/one.json"),
  });
  expect(await removeOwnModel(here(), "two-1b")).toMatchObject({ kind: "failed" });
  expect(await removeOwnModel(here(), "gone-1b")).toEqual({
    kind: "failed",
    message: 'Your own catalog has no model "gone-1b".',
  });
  expect((await loadOwnCatalog(here())).models.map(({ id }) => id)).toEqual(["two-1b", "three-1b"]);
});
