import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { beforeAll, expect, test } from "vitest";
import { buildIfStale } from "../../build/build-if-stale.mjs";
import { LICENCES_FILE, shippedPackages } from "../../build/licences.mjs";
import { temporaryFolder } from "./folders.ts";

beforeAll(() => buildIfStale(), 120_000);

test("each package whose code is in the build has its licence in the file that ships", async () => {
  const text = readFileSync(LICENCES_FILE, "utf8");
  const named = [...text.matchAll(/^== (\S+) \S+, \S+$/gm)].map((match) => match[1]);
  const shipped = await shippedPackages();
  expect(shipped).toEqual(expect.arrayContaining(["svelte", "systeminformation", "zod"]));
  expect(shipped.filter((name) => !named.includes(name))).toEqual([]); // otherwise: npm run licences
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
