import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { launchElectron } from "../../build/launch-electron.mjs";
import { PROJECT_FOLDER } from "../../build/project.mjs";
import { failureLines } from "./failures.ts";
import { temporaryFolder, writeProgram } from "./folders.ts";

interface FakeElectron {
  readonly executable: string;
  /** The arguments of each start. */
  starts(): readonly (readonly string[])[];
}

/** A program that notes its arguments, says what Chromium would, and ends. */
function fakeElectron(...lines: readonly string[]): FakeElectron {
  const folder = temporaryFolder();
  const log = path.join(folder, "starts");
  const executable = writeProgram(folder, "electron", ["#!/bin/sh", `echo "$@" >> "${log}"`, ...lines]);
  const starts = () =>
    existsSync(log)
      ? readFileSync(log, "utf8")
          .trim()
          .split("\n")
          .map((line) => line.split(" "))
      : [];
  return { executable, starts };
}

test("the app's folder and the person's arguments are passed, and the exit code comes back", async () => {
  const electron = fakeElectron("exit 3");
  expect(await launchElectron(electron.executable, ["--some-switch"], false)).toBe(3);
  const [words = []] = electron.starts();
  expect(words.slice(-2)).toEqual([PROJECT_FOLDER, "--some-switch"]);
  expect(words).not.toContain("--no-sandbox");
});

test("root starts without the sandbox, which Chromium would refuse", async () => {
  const electron = fakeElectron("exit 0");
  expect(await launchElectron(electron.executable, [], true)).toBe(0);
  expect(electron.starts()).toHaveLength(1);
  expect(electron.starts()[0]).toContain("--no-sandbox");
});

test("where the kernel refuses the sandbox, a second start goes without it", async () => {
  const electron = fakeElectron(
    'case "$*" in *--no-sandbox*) exit 0;; esac',
    'echo "FATAL: The SUID sandbox helper binary was found, but is not configured correctly." >&2',
    "exit 133",
  );
  expect(await launchElectron(electron.executable, [], false)).toBe(0);
  expect(electron.starts().map((words) => words.includes("--no-sandbox"))).toEqual([false, true]);
});

test("a window that was open and closed well is not opened again, whatever was said", async () => {
  const electron = fakeElectron('echo "No usable sandbox!" >&2', "exit 0");
  expect(await launchElectron(electron.executable, [], false)).toBe(0);
  expect(electron.starts()).toHaveLength(1);
});

test("nothing is left listening for signals", async () => {
  const count = () => process.listenerCount("SIGINT") + process.listenerCount("SIGTERM");
  const before = count();
  await launchElectron(fakeElectron("exit 0").executable, [], false);
  await failureLines(launchElectron("/nowhere/electron", [], false));
  expect(count()).toBe(before);
});

test("any other bad end is not tried again", async () => {
  const electron = fakeElectron("exit 1");
  expect(await launchElectron(electron.executable, [], false)).toBe(1);
  expect(electron.starts()).toHaveLength(1);
});

test("a file that this system cannot start is told in two lines", async () => {
  const file = path.join(temporaryFolder(), "electron");
  writeFileSync(file, "not a program");
  const [problem, remedy] = await failureLines(launchElectron(file, [], true));
  expect(problem).toMatch(/^Electron cannot be started: spawn .+ EACCES\.$/);
  expect(remedy).toContain("ELECTRON_OVERRIDE_DIST_PATH");
});
