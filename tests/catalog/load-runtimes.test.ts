import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { loadRuntimes } from "#catalog/load-runtimes.ts";

const SHIPPED = path.join(import.meta.dirname, "../../catalog");
const folders: string[] = [];

afterAll(async () => {
  await Promise.all(folders.map((folder) => rm(folder, { recursive: true })));
});

async function folderOf(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await mkdtemp(path.join(os.tmpdir(), "runtimes-"));
  folders.push(folder);
  await mkdir(path.join(folder, "runtimes"));
  for (const [name, content] of Object.entries(files)) {
    await writeFile(path.join(folder, "runtimes", name), content);
  }
  return folder;
}

test("the shipped runtimes are all sound", async () => {
  const { runtimes, problems } = await loadRuntimes(SHIPPED);
  expect(problems).toEqual([]);
  expect(runtimes.map(({ id }) => id)).toEqual([
    "exllama",
    "llama.cpp",
    "lm-studio",
    "mlx",
    "ollama",
    "sglang",
    "transformers",
    "vllm",
  ]);
});

test("a broken file costs no other and is named", async () => {
  const folder = await folderOf({ "a.json": "{", "b.json": '{"id":"b"}' });
  const { runtimes, problems } = await loadRuntimes(folder);
  expect(runtimes).toEqual([]);
  expect(new Set(problems.map(({ file }) => file))).toEqual(new Set(["runtimes/a.json", "runtimes/b.json"]));
});

test("a folder without runtimes has none", async () => {
  expect(await loadRuntimes(path.join(os.tmpdir(), "no-such-folder"))).toEqual({
    runtimes: [],
    problems: [],
  });
});
