import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { runCommand } from "#probe/command.ts";
import { decodeOutput } from "#probe/decode.ts";
import { findTool } from "#probe/tool-path.ts";

const folder = mkdtempSync(path.join(tmpdir(), "fitment-command-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs a shell script as if it were the tool; the scripts use what every POSIX system has. */
async function runScript(name: string, script: string, timeoutMs = 5_000) {
  const executable = path.join(folder, name);
  writeFileSync(executable, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  return await runCommand({
    executable,
    arguments: ["one two", "$HOME"],
    timeoutMs,
    environment: process.env,
  });
}

test("an argument stays one argument: no shell looks at it", async () => {
  const result = await runScript("arguments", `printf '%s|%s' "$1" "$2"`);
  expect(result).toMatchObject({ kind: "finished", exitCode: 0, stdout: "one two|$HOME" });
});

test("a program that fails has finished, with what it printed on both streams", async () => {
  const result = await runScript("fails", "echo good row; echo lost a card >&2; exit 15");
  expect(result).toMatchObject({
    kind: "finished",
    exitCode: 15,
    stdout: "good row\n",
    stderr: "lost a card\n",
  });
});

test("tools are asked not to translate", async () => {
  expect(await runScript("locale", `printf %s "$LC_ALL"`)).toMatchObject({ stdout: "C" });
});

test("a program that is not there is absent, not failed", async () => {
  const result = await runCommand({
    executable: path.join(folder, "missing"),
    arguments: [],
    timeoutMs: 1_000,
    environment: process.env,
  });
  expect(result.kind).toBe("absent");
});

test("a program that hangs is killed at its deadline, and what it started with it", async () => {
  const marker = path.join(folder, "survived");
  const result = await runScript("hangs", `(sleep 1; touch ${marker}) & sleep 30`, 200);
  expect(result).toMatchObject({ kind: "failed", message: "gave no answer within 0.2 s" });
  expect(result.elapsedMs).toBeLessThan(900);
  await new Promise((resolve) => setTimeout(resolve, 1_200));
  expect(await findTool("survived", { platform: "linux", environment: { PATH: folder } })).toBeNull();
});

test("a program that ignores every signal but the last is gone at its deadline too", async () => {
  const result = await runScript("ignores", `trap '' TERM INT HUP; sleep 30`, 200);
  expect(result).toMatchObject({ kind: "failed" });
  expect(result.elapsedMs).toBeLessThan(900);
});

test("50 MB of output are cut off at 8 MiB", async () => {
  const result = await runScript("floods", "head -c 50000000 /dev/zero");
  expect(result).toMatchObject({ kind: "failed", message: "printed more than 8 MiB and was stopped" });
});

test("bytes that are no text become replacement characters", async () => {
  const result = await runScript("garbage", String.raw`printf '\377\200\201abc'`);
  expect(result).toMatchObject({ kind: "finished", stdout: "\uFFFD\uFFFD\uFFFDabc" });
});

test.each([
  ["UTF-8", Buffer.from("AdapterRAM : 1")],
  ["UTF-8 with a byte order mark", Buffer.from("\uFEFFAdapterRAM : 1")],
  ["UTF-16 with a byte order mark", Buffer.from("\uFEFFAdapterRAM : 1", "utf16le")],
  ["UTF-16 without one", Buffer.from("AdapterRAM : 1", "utf16le")],
  ["big-endian UTF-16", Buffer.from("\uFEFFAdapterRAM : 1", "utf16le").swap16()],
])("%s is read as the same text", (_encoding, bytes) => {
  expect(decodeOutput([bytes])).toBe("AdapterRAM : 1");
});

test("FITMENT_PROBE_PATH is searched before PATH", async () => {
  const first = mkdtempSync(path.join(folder, "first-"));
  const second = mkdtempSync(path.join(folder, "second-"));
  for (const place of [first, second]) writeFileSync(path.join(place, "nvidia-smi"), "", { mode: 0o755 });
  const search = (environment: Record<string, string>) =>
    findTool("nvidia-smi", { platform: "linux", environment });
  expect(await search({ PATH: second, FITMENT_PROBE_PATH: first })).toBe(path.join(first, "nvidia-smi"));
  expect(await search({ PATH: second })).toBe(path.join(second, "nvidia-smi"));
});

test("a file that may not be run, and a relative folder, are passed over", async () => {
  const place = mkdtempSync(path.join(folder, "place-"));
  writeFileSync(path.join(place, "amd-smi"), "", { mode: 0o644 });
  const environment = { PATH: `${place}${path.delimiter}.` };
  expect(await findTool("amd-smi", { platform: "linux", environment })).toBeNull();
});
