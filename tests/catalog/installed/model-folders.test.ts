import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { readModelFolders } from "#catalog/installed/model-folders.ts";
import { addNamedFolder, readNamedFolders, removeNamedFolder } from "#catalog/installed/named-folders.ts";
import type { ModelFolder } from "#engine/installed.ts";
import { SHIPPED } from "../shipped.ts";

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "fitment-folders-"));
});
afterEach(async () => await rm(folder, { recursive: true, force: true }));

const own = (): string => path.join(folder, "own");
const named = async (): Promise<readonly string[]> => (await readNamedFolders(own())).folders;

test("a folder is named once, and taken out again", async () => {
  expect(await addNamedFolder(own(), "/data/models/")).toEqual({ kind: "ok" });
  expect(await addNamedFolder(own(), "/data/other")).toEqual({ kind: "ok" });
  expect(await addNamedFolder(own(), "/data/other")).toEqual({ kind: "ok" });
  expect(await named()).toEqual(["/data/models", "/data/other"]);
  expect(await removeNamedFolder(own(), "/data/models")).toEqual({ kind: "ok" });
  expect(await named()).toEqual(["/data/other"]);
  expect(await addNamedFolder(own(), "models")).toMatchObject({ kind: "failed" });
});

test("the fifty-first is refused, and a list that was damaged by hand is not written over", async () => {
  for (let count = 0; count < 50; count += 1) await addNamedFolder(own(), `/data/${count}`);
  expect(await addNamedFolder(own(), "/data/more")).toEqual({
    kind: "failed",
    message: "At most 50 folders can be named.",
  });
  const file = path.join(own(), "model-folders.json");
  await writeFile(file, '{"folders": 1}');
  expect(await addNamedFolder(own(), "/data/more")).toMatchObject({ kind: "failed" });
  expect(await readFile(file, "utf8")).toBe('{"folders": 1}');
});

test("each folder says whose it is, whether it is there, and how many models lie in it", async () => {
  const mine = path.join(folder, "mine");
  const fromEnvironment = path.join(folder, "environment");
  for (const at of [mine, fromEnvironment]) await mkdir(at);
  await writeFile(path.join(mine, "Qwen3-8B-Q4_K_M.gguf"), "weights");
  await writeFile(path.join(mine, "nobody-knows-me.gguf"), "weights");
  const env = { FITMENT_MODEL_DIRS: fromEnvironment };
  const home = { platform: "linux", homeFolder: path.join(folder, "home"), env } as const;
  const folders = await readModelFolders(home, [mine, path.join(folder, "gone"), mine], SHIPPED.models);
  const last: readonly ModelFolder[] = folders.slice(-3);
  expect(last).toEqual([
    { where: "folder", folder: fromEnvironment, isNamed: false, copyCount: 0 },
    { where: "folder", folder: mine, isNamed: true, copyCount: 2 },
    { where: "folder", folder: path.join(folder, "gone"), isNamed: true, copyCount: null },
  ]);
  expect(folders.map(({ where }) => where)).toEqual([
    "ollama",
    "ollama",
    "lm-studio",
    "lm-studio",
    "hugging-face",
    "llama.cpp",
    "folder",
    "folder",
    "folder",
  ]);
});
