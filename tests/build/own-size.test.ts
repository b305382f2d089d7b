import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { beforeAll, expect, test } from "vitest";
import { buildIfStale } from "../../build/build-if-stale.mjs";
import { FIRST_SCRIPT_MAX_BYTES, firstScriptBytes } from "../../build/own-size.mjs";
import { temporaryFolder } from "./folders.ts";

beforeAll(() => buildIfStale(), 120_000);

test("the window's first script, compressed, is at most 350 kB", async () => {
  const { plainBytes, compressedBytes } = await firstScriptBytes();
  expect(FIRST_SCRIPT_MAX_BYTES).toBe(350_000);
  expect(compressedBytes).toBeGreaterThan(10_000);
  expect(compressedBytes).toBeLessThanOrEqual(FIRST_SCRIPT_MAX_BYTES);
  expect(compressedBytes).toBeLessThan(plainBytes);
});

test("what the page loads ahead counts too", async () => {
  const folder = temporaryFolder();
  mkdirSync(path.join(folder, "assets"));
  writeFileSync(path.join(folder, "assets", "a.js"), "a".repeat(1000));
  writeFileSync(path.join(folder, "assets", "b.js"), "b".repeat(500));
  const page = `<script type="module" src="./assets/a.js"></script><link rel="modulepreload" href="./assets/b.js">`;
  writeFileSync(path.join(folder, "index.html"), page);
  expect((await firstScriptBytes(folder)).plainBytes).toBe(1500);
});

test("a page without a script is a failure, not a small one", async () => {
  const folder = temporaryFolder();
  writeFileSync(path.join(folder, "index.html"), "<p>hello");
  await expect(firstScriptBytes(folder)).rejects.toThrow("loads no script");
});
