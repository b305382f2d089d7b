import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { runCommand } from "../../build/run-command.mjs";
import { PROJECT_FOLDER } from "../../build/project.mjs";
import { twoLines } from "./failures.ts";
import { temporaryFolder, writeProgram } from "./folders.ts";

interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

function runScript(
  folder: string,
  words: readonly string[],
  environment: NodeJS.ProcessEnv = {},
): Promise<Ran> {
  const env = { ...process.env, FITMENT_DEBUG: "", ...environment };
  return runCommand(process.execPath, words, { cwd: folder, env });
}

/** A copy of the scripts in a checkout where `npm ci` was not run. */
function checkoutWithoutPackages(): string {
  const folder = temporaryFolder();
  cpSync(path.join(PROJECT_FOLDER, "build"), path.join(folder, "build"), { recursive: true });
  writeFileSync(path.join(folder, "package.json"), '{"type":"module"}');
  return folder;
}

describe("in a checkout without its packages, each script says what to run", () => {
  test.each([
    { script: "build/start.mjs", hasSources: true },
    { script: "build/start.mjs", hasSources: false },
    { script: "build/fitment.mjs", hasSources: true },
    { script: "build/electron-runtime.mjs", hasSources: false },
    { script: "build/linux-packages.mjs", hasSources: false },
  ])("$script, with sources to build: $hasSources", async ({ script, hasSources }) => {
    const folder = checkoutWithoutPackages();
    if (hasSources) mkdirSync(path.join(folder, "src"));
    const { code, stdout, stderr } = await runScript(folder, [script], { DISPLAY: ":0" });
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    const [problem, remedy] = twoLines(stderr.replace("Building Fitment …\n", ""));
    expect(problem).toMatch(/^The package \S+, which this needs, is not installed\.$/);
    expect(remedy).toBe("Run: npm ci");
  });

  test("the tests also end with their totals", async () => {
    const folder = checkoutWithoutPackages();
    mkdirSync(path.join(folder, "src"));
    const { code, stdout, stderr } = await runScript(folder, ["build/test.mjs"]);
    expect(code).toBe(1);
    expect(stdout.trim()).toBe("0 passed, 1 failed");
    expect(twoLines(stderr.replace("Building Fitment …\n", ""))[1]).toBe("Run: npm ci");
  });
});

describe("the real checkout", () => {
  const nowhere = { ELECTRON_OVERRIDE_DIST_PATH: "/nowhere" };

  test.each(["build/electron-runtime.mjs", "build/linux-packages.mjs"])(
    "%s says that the named Electron is not there",
    async (script) => {
      const { code, stdout, stderr } = await runScript(PROJECT_FOLDER, [script], nowhere);
      expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
      expect(twoLines(stderr)[0]).toContain("there is no /nowhere/electron");
    },
  );

  test("a part of the tests that does not exist is refused, with totals", async () => {
    const { code, stdout, stderr } = await runScript(PROJECT_FOLDER, ["build/test.mjs", "unti"]);
    expect(code).toBe(1);
    expect(stdout.trim()).toBe("0 passed, 1 failed");
    expect(twoLines(stderr)).toEqual(["There are no unti tests.", "Name one of: unit, window, package"]);
  });
});

describe(".ci/run", () => {
  test.each([
    {
      name: "all is well",
      npm: ['[ "$1" = ci ] || printf "lots of output\\n\\n12 passed, 0 failed\\n"'],
      code: 0,
      lastLine: "12 passed, 0 failed",
    },
    {
      name: "tests failed and some were left out",
      npm: ['[ "$1" = ci ] || { echo "12 passed, 3 failed, 5 skipped"; exit 1; }'],
      code: 1,
      lastLine: "12 passed, 3 failed",
    },
    { name: "the packages cannot be installed", npm: ["exit 1"], code: 1, lastLine: "0 passed, 1 failed" },
    { name: "the tests end without totals", npm: ["exit 0"], code: 1, lastLine: "0 passed, 1 failed" },
  ])("ends with totals where $name", async ({ npm, code, lastLine }) => {
    const folder = temporaryFolder();
    cpSync(path.join(PROJECT_FOLDER, ".ci"), path.join(folder, ".ci"), { recursive: true });
    const tools = path.join(folder, "tools");
    mkdirSync(tools);
    writeProgram(tools, "npm", ["#!/bin/sh", ...npm]);
    const env = { ...process.env, PATH: `${tools}${path.delimiter}${process.env.PATH ?? ""}` };
    const ran = await runCommand("bash", [".ci/run"], { cwd: folder, env });
    expect(ran.code).toBe(code);
    expect(ran.stdout.trimEnd().split("\n").at(-1)).toBe(lastLine);
  });
});
