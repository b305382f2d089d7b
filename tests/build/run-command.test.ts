import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { isRunning, runCommand, runVisibly } from "../../build/run-command.mjs";

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

test("a letter whose bytes arrive in two pieces stays whole", async () => {
  const script = `
    const write = (bytes, stream) => stream.write(Buffer.from(bytes));
    for (const stream of [process.stdout, process.stderr]) write([0xc3], stream);
    setTimeout(() => { for (const stream of [process.stdout, process.stderr]) write([0xa9], stream); }, 100);`;
  expect(await runCommand(process.execPath, ["--eval", script])).toEqual({
    code: 0,
    stdout: "é",
    stderr: "é",
  });
});

describe("on this terminal", () => {
  const module = JSON.stringify(path.join(import.meta.dirname, "../../build/run-command.mjs"));

  /** A script of its own, since what it prints goes where the script's own output goes. */
  function scriptRunning(command: string): string[] {
    const script = `const { runVisibly } = await import(${module}); process.exitCode = await runVisibly(${command});`;
    return ["--input-type=module", "--eval", script];
  }

  test.each([
    {
      name: "what it prints is seen and its code is answered",
      command: '"sh", ["-c", "echo out; echo err >&2; exit 4"]',
      expected: { code: 4, stdout: "out\n", stderr: "err\n" },
    },
    {
      name: "the end by a signal counts as 1",
      command: '"sh", ["-c", "kill -9 $$"]',
      expected: { code: 1, stdout: "", stderr: "" },
    },
    {
      name: "a command that is not there is said, and answers 127",
      command: '"no-such-command", []',
      expected: {
        code: 127,
        stdout: "",
        stderr: "no-such-command could not be started: spawn no-such-command ENOENT\n",
      },
    },
  ])("$name", async ({ command, expected }) => {
    expect(await runCommand(process.execPath, scriptRunning(command))).toEqual(expected);
  });

  test("a request to end reaches the child, whose answer counts", async () => {
    const inner = "trap 'echo asked; exit 7' TERM; echo ready; while :; do sleep 0.05; done";
    const parent = spawn(process.execPath, scriptRunning(`"sh", ["-c", ${JSON.stringify(inner)}]`));
    let said = "";
    parent.stdout.setEncoding("utf8").on("data", (text) => (said += String(text)));
    await once(parent.stdout, "data");
    parent.kill("SIGTERM");
    await once(parent, "close");
    expect({ code: parent.exitCode, said }).toEqual({ code: 7, said: "ready\nasked\n" });
  });

  test("nothing is left listening for signals", async () => {
    const count = () => process.listenerCount("SIGINT") + process.listenerCount("SIGTERM");
    const before = count();
    await runVisibly("sh", ["-c", "exit 0"]);
    expect(count()).toBe(before);
  });
});

test("a process is running until it has ended", async () => {
  const child = spawn(process.execPath, ["--eval", "setInterval(() => 0, 1000)"]);
  await once(child, "spawn");
  expect(isRunning(Number(child.pid))).toBe(true);
  child.kill();
  await once(child, "exit");
  expect(isRunning(Number(child.pid))).toBe(false);
});
