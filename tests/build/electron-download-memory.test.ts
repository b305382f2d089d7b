import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { failedRecently, rememberFailedDownload } from "../../build/electron-download-memory.mjs";
import { electronVersion } from "../../build/electron-download.mjs";
import { temporaryFolder } from "./folders.ts";

const HOUR_MS = 3_600_000;
const silent = (): void => undefined;

/** A cache folder in which that is remembered. */
function remembering(text: string): string {
  const cacheFolder = temporaryFolder();
  writeFileSync(path.join(cacheFolder, "failed-download.json"), text);
  return cacheFolder;
}

describe("a download that failed is not tried again", () => {
  const version = electronVersion();

  test.each([
    { name: "right after it", ageMs: 0, version, environment: {}, expected: true },
    { name: "23 hours later", ageMs: 23 * HOUR_MS, version, environment: {}, expected: true },
    { name: "25 hours later, but is", ageMs: 25 * HOUR_MS, version, environment: {}, expected: false },
    {
      name: "by a clock that was set back a week, but is",
      ageMs: -7 * 24 * HOUR_MS,
      version,
      environment: {},
      expected: false,
    },
    { name: "after an update, but is", ageMs: 0, version: "1.0.0", environment: {}, expected: false },
    {
      name: "where the person asks for it, but is",
      ageMs: 0,
      version,
      environment: { FITMENT_RETRY_DOWNLOAD: "1" },
      expected: false,
    },
  ])("$name: $expected", ({ ageMs, version: failedVersion, environment, expected }) => {
    const cacheFolder = remembering(JSON.stringify({ version: failedVersion, atMs: Date.now() - ageMs }));
    expect(failedRecently({ cacheFolder, environment })).toBe(expected);
  });

  test.each(['{"version":', "null", "[]", `{"version":"${version}"}`, ""])(
    "a memory that cannot be used counts as none: %s",
    (text) => {
      expect(failedRecently({ cacheFolder: remembering(text), environment: {} })).toBe(false);
    },
  );

  test("no memory is none", () => {
    const cacheFolder = path.join(temporaryFolder(), "none");
    expect(failedRecently({ cacheFolder, environment: {} })).toBe(false);
  });
});

describe("remembering", () => {
  test("makes its folder, and says how to try at once", () => {
    const cacheFolder = path.join(temporaryFolder(), "not/there/yet");
    const said: string[] = [];
    rememberFailedDownload({ cacheFolder, say: (line) => said.push(line) });
    expect(failedRecently({ cacheFolder, environment: {} })).toBe(true);
    expect(said).toEqual([
      "The current Electron is tried again in a day; at once with FITMENT_RETRY_DOWNLOAD=1.",
    ]);
  });

  test("replaces what was remembered before", () => {
    const cacheFolder = remembering('{"version":"1.0.0","atMs":1}');
    rememberFailedDownload({ cacheFolder, say: silent });
    const text = readFileSync(path.join(cacheFolder, "failed-download.json"), "utf8");
    expect(text).toContain(`"version":"${electronVersion()}"`);
  });

  test("is no reason to fail where the disk takes nothing, which is said", () => {
    const cacheFolder = temporaryFolder();
    mkdirSync(path.join(cacheFolder, "failed-download.json"));
    const said: string[] = [];
    rememberFailedDownload({ cacheFolder, say: (line) => said.push(line) });
    expect(said).toHaveLength(1);
    expect(said[0]).toMatch(/^That is not remembered for the next start \(EISDIR.+\)\.$/);
  });
});
