import { spawn } from "node:child_process";
import { once } from "node:events";
import { expect, test } from "vitest";
import { isRunning, runCommand } from "../../build/run-command.mjs";

test.each([
  {
    name: "what it prints and how it ends",
    command: "sh",
    words: ["-c", "echo out; echo err >&2; exit 4"],
    expected: { code: 4, stdout: "out\n", stderr: "err\n" },
  },
  {
    name: "the end by a signal counts as 1",
    command: "sh",
    words: ["-c", "kill -9 $$"],
    expected: { code: 1, stdout: "", stderr: "" },
  },
  {
    name: "a command that is not there answers 127, as in a shell",
    command: "no-such-command",
    words: [],
    expected: { code: 127, stdout: "", stderr: "spawn no-such-command ENOENT" },
  },
])("$name", async ({ command, words, expected }) => {
  expect(await runCommand(command, words)).toEqual(expected);
});

test("a process is running until it has ended", async () => {
  const child = spawn(process.execPath, ["--eval", "setInterval(() => 0, 1000)"]);
  await once(child, "spawn");
  expect(isRunning(Number(child.pid))).toBe(true);
  child.kill();
  await once(child, "exit");
  expect(isRunning(Number(child.pid))).toBe(false);
});
