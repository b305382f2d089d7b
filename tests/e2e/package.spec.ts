import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "@playwright/test";
import { FUSES, readFuses } from "../../build/fuses.mjs";
import { runCommand } from "../../build/run-command.mjs";
import { fakeGpu } from "../fixtures/fake-nvidia-smi.ts";
import { launchPackaged, PACKED_EXECUTABLE, PACKED_TERMINAL } from "./packaged.ts";
import { pretend } from "./pretended-machine.ts";

const MACHINE = {
  processorName: "AMD Ryzen 7 7700X 8-Core Processor",
  coreCount: 8,
  ramMiB: 64_000,
  gpus: [fakeGpu(0, "NVIDIA GeForce RTX 4090", 24_564)],
};

test("the packed app finds the machine, shows verdicts, and keeps its page to itself", async () => {
  const { page, close } = await launchPackaged(await pretend(MACHINE));
  try {
    expect(page.url()).toBe("app://fitment/index.html");
    await expect(page.getByRole("region", { name: "This machine" })).toContainText("NVIDIA GeForce RTX 4090");
    await expect(page.locator("tbody span[data-verdict]").first()).toBeVisible();
    const globals = await page.evaluate(() => ["require" in window, "process" in window]);
    expect(globals).toEqual([false, false]);
    const answer = await page.evaluate(async () => await window.fitment?.openExternal("file:///etc/passwd"));
    expect(answer).toMatchObject({ kind: "failed" });
  } finally {
    await close();
  }
});

test("the fuses read back as set", async () => {
  const states = Object.entries(FUSES).map(([name, isOn]) => [name, isOn ? "on" : "off"]);
  expect(await readFuses(PACKED_EXECUTABLE)).toEqual(Object.fromEntries(states));
});

test("and hold: it is no Node, reads no NODE_OPTIONS, and opens no inspector", async () => {
  const script = path.join(test.info().outputDir, "planted.cjs");
  const planted = path.join(test.info().outputDir, "planted");
  await runCommand("mkdir", ["-p", path.dirname(script)]);
  await writeFile(script, `require("node:fs").writeFileSync(${JSON.stringify(planted)}, "")`);
  const env = {
    ...process.env,
    ELECTRON_RUN_AS_NODE: "1",
    NODE_OPTIONS: `--require ${script}`,
    DISPLAY: "",
    WAYLAND_DISPLAY: "",
  };
  const words = ["--no-sandbox", "--inspect=0", script, "--", "--terminal", "--version"];
  const { code, stdout, stderr } = await runCommand(PACKED_EXECUTABLE, words, { env });
  expect({ code, stdout }).toEqual({ code: 0, stdout: "0.1.0\n" });
  expect(stderr).not.toContain("Debugger listening");
  expect((await runCommand("ls", [planted])).code).not.toBe(0);
});

test("the terminal tool answers from the package, without a display", async () => {
  const { environment = {} } = await pretend(MACHINE);
  const env = { ...process.env, DISPLAY: "", WAYLAND_DISPLAY: "", ...environment };
  const detected = await runCommand(PACKED_TERMINAL, ["detect", "--json"], { env });
  expect(detected.code).toBe(0);
  expect(JSON.parse(detected.stdout)).toMatchObject({
    ram: { totalBytes: 64_000 * 1024 ** 2 },
    accelerators: [{ name: "NVIDIA GeForce RTX 4090", memoryTotalBytes: 24_564 * 1024 ** 2 }],
  });
  const listed = await runCommand(PACKED_TERMINAL, ["list", "--json"], { env });
  expect(listed.code).toBe(0);
  expect(JSON.parse(listed.stdout)).toMatchObject({ schemaVersion: 1 });
  const wrong = await runCommand(PACKED_TERMINAL, ["nonsense"], { env });
  expect(wrong.code).toBe(2);
  expect(wrong.stderr).toContain('There is no command "nonsense".');
});

test("a reader that stops early is no error", async () => {
  const env = { ...process.env, DISPLAY: "" };
  const child = spawn(PACKED_TERMINAL, ["models", "--json"], { env, stdio: ["pipe", "pipe", "pipe"] });
  child.stdout.once("data", () => child.stdout.destroy());
  const [code] = (await once(child, "exit")) as [number | null]; // as documented for ChildProcess
  expect(code).toBe(0);
});
