import { existsSync } from "node:fs";
import { expect, test } from "vitest";
import { downloadElectron, electronVersion } from "../../build/electron-download.mjs";
import { temporaryFolder, writeProgram } from "./folders.ts";

/** A script in the place of the electron package's own download. */
function downloadScript(...lines: readonly string[]): string {
  return writeProgram(temporaryFolder(), "install.js", lines);
}

test("the version is the one that package.json asks for", () => {
  expect(electronVersion()).toMatch(/^45\.\d+\.\d+$/);
});

test.each([
  { name: "success has no problem", lines: ["process.exit(0)"], problem: null },
  {
    name: "of a stack trace the first line is told, without the error's kind",
    lines: ["console.error(new TypeError('fetch failed').stack); process.exit(1)"],
    problem: "fetch failed",
  },
  {
    name: "a checksum that differs is told",
    lines: [
      "console.error('Error: Generated checksum for \"e.zip\" did not match expected checksum.')",
      "process.exit(1)",
    ],
    problem: 'Generated checksum for "e.zip" did not match expected checksum.',
  },
  {
    name: "an error that nobody caught is told, not the place it was thrown at",
    lines: ["throw new Error('Electron builds are not available on platform: plan9')"],
    problem: "Electron builds are not available on platform: plan9",
  },
  {
    name: "an error with a code is told, not the warning before it",
    lines: [
      "console.error('(node:1) Warning: something is old')",
      "console.error('Error [ERR_SOMETHING]: it broke'); process.exit(1)",
    ],
    problem: "it broke",
  },
  {
    name: "words that name no error are told",
    lines: ["console.error('no'); process.exit(1)"],
    problem: "no",
  },
  { name: "silence is called that", lines: ["process.exit(3)"], problem: "no reason given" },
])("$name", async ({ lines, problem }) => {
  expect(await downloadElectron({ script: downloadScript(...lines) })).toEqual({ problem });
});

test("a download that stands still is ended and said so", async () => {
  const script = downloadScript("setInterval(() => 0, 1000)");
  const startedMs = performance.now();
  expect(await downloadElectron({ script, giveUpMs: 200 })).toEqual({ problem: "nothing arrived for 0.2 s" });
  expect(performance.now() - startedMs).toBeLessThan(3_000);
});

test("a slow one that goes on arriving is waited for, in a folder that is removed after it", async () => {
  const script = downloadScript(
    'const { appendFileSync } = require("node:fs"); const { tmpdir } = require("node:os");',
    "console.error('Error: ' + tmpdir());",
    "const timer = setInterval(() => appendFileSync(tmpdir() + '/e.zip', 'more'), 50);",
    "setTimeout(() => process.exit(1), 1200);",
  );
  const { problem } = await downloadElectron({ script, giveUpMs: 600 });
  expect(problem).toMatch(/fitment-electron-/);
  expect(existsSync(problem ?? "")).toBe(false);
});
