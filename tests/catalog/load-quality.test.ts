import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { loadQuality } from "#catalog/load-quality.ts";
import { qualitiesOf, quantizationLoss } from "#engine/quality.ts";

const SHIPPED_FOLDER = path.resolve(import.meta.dirname, "../../catalog");

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "fitment-quality-"));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

test("the shipped files are read whole and without a problem", async () => {
  const { quality, problems } = await loadQuality(SHIPPED_FOLDER);
  expect(problems).toEqual([]);
  expect(qualitiesOf(quality, "llama-3.1-8b", "general")).toMatchObject([{ index: 50, mode: "only" }]);
  expect(quantizationLoss(quality, "Q4_K_M", 8e9)?.points).toBeGreaterThan(0);
  expect(quality.kvCacheLosses).toHaveLength(9);
  expect(quality.taskLossFactors).toHaveLength(3);
});

describe("what is broken is named, and the rest is there", () => {
  beforeEach(async () => {
    await cp(path.join(SHIPPED_FOLDER, "quality"), path.join(folder, "quality"), { recursive: true });
  });

  test("an entry", async () => {
    const file = path.join(folder, "quality/kv-cache-loss.json");
    await writeFile(file, (await readFile(file, "utf8")).replace('"q8_0"', '"q9_9"'));
    const { quality, problems } = await loadQuality(folder);
    expect(problems).toMatchObject([{ file: "quality/kv-cache-loss.json", path: "losses[3].kvCacheType" }]);
    expect(problems[0]?.line).toBeGreaterThan(1);
    expect(quality.kvCacheLosses).toHaveLength(8);
  });

  test("a whole file", async () => {
    await writeFile(path.join(folder, "quality/index/chat.json"), "{");
    const { quality, problems } = await loadQuality(folder);
    expect(problems).toMatchObject([{ file: "quality/index/chat.json", path: "" }]);
    expect(problems[0]?.message).toContain("expected JSON");
    expect(new Set(quality.tasks.map(({ task }) => task)).size).toBe(4);
  });
});

test("a folder that is not there leaves nothing known, and says so", async () => {
  const { quality, problems } = await loadQuality(folder);
  expect(quality.tasks).toEqual([]);
  expect(problems.map(({ file }) => file)).toEqual(["quality/index", "quality"]);
});
