import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { loadMergedCatalog } from "#catalog/own/merged-catalog.ts";
import { changed, ENTRY, type Json, modelFile } from "../entries.ts";

let folder = "";
const shipped = (): string => path.join(folder, "shipped");
const own = (): string => path.join(folder, "own");

beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "fitment-own-"));
  await write(shipped(), "models/a.json", modelFile(named("one-1b", "One"), named("two-1b", "Two")));
  await write(shipped(), "hardware/a.json", { vendor: "nvidia", cards: [card("card-1", 1024)] });
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function write(base: string, file: string, content: Json | string): Promise<void> {
  await mkdir(path.dirname(path.join(base, file)), { recursive: true });
  await writeFile(path.join(base, file), typeof content === "string" ? content : JSON.stringify(content));
}

function named(id: string, name: string): Json {
  return changed(changed(ENTRY, ["id"], id), ["name"], name);
}

function card(id: string, memoryMiB: number): Json {
  const fact = (value: number): Json => ({ value, source: "maker" });
  return { id, name: id, memoryKind: "dedicated", memoryMiB: fact(memoryMiB), bandwidthGBps: fact(100) };
}

test("without an own folder everything is the shipped catalog's, and nothing is a problem", async () => {
  const { models, cards, problems } = await loadMergedCatalog(shipped(), own());
  expect(models.map(({ id, origin }) => [id, origin])).toEqual([
    ["one-1b", "shipped"],
    ["two-1b", "shipped"],
  ]);
  expect([cards.length, problems]).toEqual([1, []]);
});

test("an own entry takes the place of the shipped one of its id; others come last", async () => {
  await write(own(), "models/mine.json", modelFile(named("three-1b", "Three"), named("one-1b", "My one")));
  await write(own(), "hardware/mine.json", {
    vendor: "amd",
    cards: [card("card-1", 2048), card("card-2", 1)],
  });
  const { models, cards, problems } = await loadMergedCatalog(shipped(), own());
  expect(models.map(({ name, origin }) => [name, origin])).toEqual([
    ["My one", "own-instead-of-shipped"],
    ["Two", "shipped"],
    ["Three", "own"],
  ]);
  expect(cards.map(({ id, vendor, origin }) => [id, vendor, origin])).toEqual([
    ["card-1", "amd", "own-instead-of-shipped"],
    ["card-2", "amd", "own"],
  ]);
  expect(problems).toEqual([]);
});

test("a broken own entry is named by its whole path, and the rest works", async () => {
  await write(own(), "models/broken.json", "{");
  await write(own(), "models/half.json", modelFile(named("Not An Id", "x"), named("good-1b", "Good")));
  const { models, problems } = await loadMergedCatalog(shipped(), own());
  expect(models.map(({ id }) => id)).toEqual(["one-1b", "two-1b", "good-1b"]);
  expect(problems.map(({ file, path: at }) => [file, at])).toEqual([
    [path.join(own(), "models/broken.json"), ""],
    [path.join(own(), "models/half.json"), "models[0].id"],
  ]);
});

test("an own folder that cannot be read is a problem, and the shipped catalog stands", async () => {
  await mkdir(own());
  await writeFile(path.join(own(), "models"), "a file where a folder should be");
  const { models, problems } = await loadMergedCatalog(shipped(), own());
  expect(models).toHaveLength(2);
  expect(problems).toMatchObject([{ file: path.join(own(), "models"), path: "" }]);
});
