import { execFileSync } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { loadCatalog } from "#catalog/load.ts";
import { changed, ENTRY, modelFile } from "./entries.ts";

let folder = "";

beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "fitment-catalog-"));
  await Promise.all(["models", "hardware"].map((part) => mkdir(path.join(folder, part))));
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function write(file: string, content: unknown): Promise<void> {
  const isWritten = typeof content === "string" || content instanceof Uint8Array;
  await writeFile(path.join(folder, file), isWritten ? content : JSON.stringify(content));
}

test("models come by file name, and what is not JSON is passed over", async () => {
  await write("models/b.json", modelFile(changed(ENTRY, ["id"], "b-1")));
  await write("models/a.json", modelFile(changed(ENTRY, ["id"], "a-2"), changed(ENTRY, ["id"], "a-1")));
  await write("models/notes.txt", "not for the program");
  const { models, cards, problems } = await loadCatalog(folder);
  expect(models.map(({ id }) => id)).toEqual(["a-2", "a-1", "b-1"]);
  expect(cards).toEqual([]);
  expect(problems).toEqual([]);
});

test("cards are read from the hardware folder", async () => {
  const card = {
    id: "test-card",
    name: "Test Card",
    memoryKind: "dedicated",
    memoryMiB: { value: 1024, source: "maker" },
    bandwidthGBps: { value: 100, source: "maker" },
  };
  await write("hardware/test.json", { vendor: "nvidia", cards: [card] });
  const { cards } = await loadCatalog(folder);
  expect(cards.map(({ id, vendor }) => [id, vendor])).toEqual([["test-card", "nvidia"]]);
});

test("a file that is no JSON is one problem, and the others still load", async () => {
  await write("models/broken.json", '{ "family": ');
  await write("models/good.json", modelFile(ENTRY));
  const { models, problems } = await loadCatalog(folder);
  expect(models.map(({ id }) => id)).toEqual(["small-1b"]);
  expect(problems).toMatchObject([{ file: "models/broken.json", path: "" }]);
  expect(problems[0]?.message).toMatch(/^expected JSON: /);
});

test("a problem is found by its line", async () => {
  const half = { family: "A", developer: "B", models: [{ id: "No Id" }] };
  await write("models/half.json", JSON.stringify(half, null, 2));
  await write("models/broken.json", '{\n  "family": "A",\n  oops\n}');
  const { problems } = await loadCatalog(folder);
  expect(problems.slice(0, 2).map(({ file, path: at, line }) => [file, at, line])).toEqual([
    ["models/broken.json", "", 3],
    ["models/half.json", "models[0].id", 6],
  ]);
});

test("a file that cannot be read is one problem, and the others still load", async () => {
  await mkdir(path.join(folder, "models/folder.json"));
  await write("models/good.json", modelFile(ENTRY));
  const { models, problems } = await loadCatalog(folder);
  expect(models.map(({ id }) => id)).toEqual(["small-1b"]);
  expect(problems).toMatchObject([{ file: "models/folder.json", path: "" }]);
  expect(problems[0]?.message).toMatch(/^expected a file that can be read: /);
});

test("a folder that cannot be read is one problem, and the other folder still loads", async () => {
  await rm(path.join(folder, "hardware"), { recursive: true });
  await write("models/good.json", modelFile(ENTRY));
  const { models, problems } = await loadCatalog(folder);
  expect(models.map(({ id }) => id)).toEqual(["small-1b"]);
  expect(problems).toMatchObject([{ file: "hardware", path: "" }]);
  expect(problems[0]?.message).toMatch(/^expected a folder that can be read: /);
});

test("without any catalog there is an answer: nothing, and why", async () => {
  const { models, cards, problems } = await loadCatalog(path.join(folder, "nowhere"));
  expect([models, cards]).toEqual([[], []]);
  expect(problems.map(({ file }) => file)).toEqual(["models", "hardware"]);
});

test("of two entries with one id the first stays and the second is a problem that names both places", async () => {
  await write("models/a.json", modelFile(changed(ENTRY, ["id"], "other-1b"), ENTRY));
  await write("models/b.json", modelFile(changed(ENTRY, ["name"], "Twin")));
  const { models, problems } = await loadCatalog(folder);
  expect(models.map(({ id, name }) => [id, name])).toEqual([
    ["other-1b", "Small 1B"],
    ["small-1b", "Small 1B"],
  ]);
  expect(problems).toEqual([
    {
      file: "models/b.json",
      path: "models[0].id",
      line: 1,
      message: 'expected an id of its own: "small-1b" is already models[1] of models/a.json',
    },
  ]);
});

describe("a file that is no catalog file costs no other, and no time", () => {
  test.each<readonly [string, string | Uint8Array, object]>([
    [
      "letters that are not UTF-8",
      Buffer.from('{"family": "Mod\xe8le"}', "latin1"),
      { message: "expected a text in UTF-8" },
    ],
    ["UTF-16", Buffer.from('\ufeff{"family": "A"}', "utf16le"), { message: "expected a text in UTF-8" }],
    ["nothing", "", { line: 1, message: "expected JSON: it ends too early" }],
    ["100 MB", `"${"x".repeat(100_000_000)}"`, { message: "expected a file of 8 MB at most" }],
    ["brackets without end", "[".repeat(7_000_000), { line: 1, message: "expected JSON: it ends too early" }],
    ["a list", "[]", { line: 1, message: "expected object, received array" }],
    ["nothing but null", "null", { line: 1, message: "expected object, received null" }],
    [
      "half a million entries",
      `{"family": "A", "developer": "B", "models": [${'{"id":"a"},'.repeat(500_000)}{}]}`,
      { path: "models", message: "expected 5000 entries at most" },
    ],
  ])("%s", async (_title, content, problem) => {
    await write("models/broken.json", content);
    await write("models/good.json", modelFile(ENTRY));
    const { models, problems } = await loadCatalog(folder);
    expect(models.map(({ id }) => id)).toEqual(["small-1b"]);
    expect(problems).toMatchObject([{ file: "models/broken.json", ...problem }]);
  });

  test("a mark of the byte order, as Windows writes it, is passed over", async () => {
    await write("models/good.json", `\ufeff${JSON.stringify(modelFile(ENTRY))}`);
    const { models, problems } = await loadCatalog(folder);
    expect(models.map(({ id }) => id)).toEqual(["small-1b"]);
    expect(problems).toEqual([]);
  });

  test("of very many problems in a file the first are named, and how many more there are", async () => {
    const entries = Array.from({ length: 300 }, () => ({ ...changed(ENTRY, ["id"], "No Id") }));
    await write("models/broken.json", modelFile(...entries));
    const { problems } = await loadCatalog(folder);
    expect(problems).toHaveLength(101);
    expect(problems.at(-1)).toEqual({ file: "models/broken.json", path: "", message: "200 more problems" });
  });

  test.runIf(process.platform === "linux")("a pipe that nobody writes to", async () => {
    execFileSync("mkfifo", [path.join(folder, "models/pipe.json")]);
    await write("models/good.json", modelFile(ENTRY));
    const { models, problems } = await loadCatalog(folder);
    expect(models.map(({ id }) => id)).toEqual(["small-1b"]);
    expect(problems).toMatchObject([{ message: "expected a file: it is a device or a pipe" }]);
  });
});
