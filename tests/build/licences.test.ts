import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { beforeAll, expect, test } from "vitest";
import { buildIfStale } from "../../build/build-if-stale.mjs";
import { LICENCES_FILE, shippedPackages, WELCOME } from "../../build/licences.mjs";
import { temporaryFolder } from "./folders.ts";

beforeAll(() => buildIfStale(), 120_000);

test("each package whose code is in the build has a licence that lets it ship, and its text", async () => {
  const text = readFileSync(LICENCES_FILE, "utf8");
  const heads = [...text.matchAll(/^== (\S+) \S+, (.+)$/gm)];
  const shipped = await shippedPackages();
  expect(shipped).toEqual(expect.arrayContaining(["svelte", "systeminformation", "zod"]));
  expect(heads.map((head) => head[1])).toEqual(shipped);
  expect(heads.filter((head) => !WELCOME.has(head[2] ?? "")).map((head) => head[0])).toEqual([]);
});

test("packages are told from the source maps, scoped ones and nested ones too", async () => {
  const folder = temporaryFolder();
  mkdirSync(path.join(folder, "main"));
  const sources = [
    "../../src/cli/run.ts",
    "../../node_modules/zod/index.js",
    "../../node_modules/@scope/name/lib/a.js",
    "../../node_modules/outer/node_modules/inner/a.js",
  ];
  writeFileSync(path.join(folder, "main", "a.cjs.map"), JSON.stringify({ sources }));
  writeFileSync(path.join(folder, "main", "a.cjs"), "");
  expect(await shippedPackages(folder)).toEqual(["@scope/name", "inner", "zod"]);
});
