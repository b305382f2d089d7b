import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { hostFingerprint, readLastMachine, writeLastMachine } from "../../src/main/last-machine.ts";
import { machineOf, namedCard } from "../fixtures/machine.ts";

const MACHINE = machineOf([{ ...namedCard("RTX 4090"), memoryFreeBytes: 1_000_000 }], 64);
const WRITTEN = { fingerprint: "this computer", now: new Date("2026-11-01T12:00:00.000Z") };

async function keptFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), "fitment-last-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await writeLastMachine(folder, WRITTEN, MACHINE);
  return folder;
}

test("what was detected is there at the next start, without what was free then", async () => {
  const last = await readLastMachine(await keptFolder(), WRITTEN);
  expect(last?.detectedAt).toBe("2026-11-01T12:00:00.000Z");
  expect(last?.machine.accelerators.map(({ name }) => name)).toEqual(
    MACHINE.accelerators.map(({ name }) => name),
  );
  expect(last?.machine.accelerators[0]?.memoryTotalBytes).toBe(MACHINE.accelerators[0]?.memoryTotalBytes);
  expect(last?.machine.accelerators[0]?.memoryFreeBytes).toBeNull();
  expect(last?.machine.ram.totalBytes).toBe(MACHINE.ram.totalBytes);
  expect(last?.machine.ram.availableBytes).toBeNull();
});

test.each([
  ["30 days later it still is", "this computer", "2026-12-01T12:00:00.000Z", true],
  ["a moment after that it is not", "this computer", "2026-12-01T12:00:00.001Z", false],
  ["a clock that was put back makes it none", "this computer", "2026-10-31T12:00:00.000Z", false],
  ["on another computer it is none", "another", "2026-11-02T12:00:00.000Z", false],
])("%s", async (_title, fingerprint, now, isShown) => {
  const last = await readLastMachine(await keptFolder(), { fingerprint, now: new Date(now) });
  expect(last !== null).toBe(isShown);
});

test.each([
  ["no JSON", "{ not JSON"],
  ["empty", ""],
  ["null", "null"],
  ["of another version", JSON.stringify({ version: 2, fingerprint: "this computer", machine: MACHINE })],
  [
    "with something else for a machine",
    JSON.stringify({ version: 1, ...WRITTEN, detectedAt: WRITTEN.now, machine: { schemaVersion: 9 } }),
  ],
  ["without a date", JSON.stringify({ version: 1, fingerprint: "this computer", machine: MACHINE })],
])("a file that is %s is as good as none", async (_title, content) => {
  const folder = await keptFolder();
  await writeFile(path.join(folder, "last-machine.json"), content);
  expect(await readLastMachine(folder, WRITTEN)).toBeNull();
});

test("the fingerprint tells nothing but that it is the same, and a pretended computer is another", async () => {
  const here = hostFingerprint({});
  expect(here).toMatch(/^[0-9a-f]{64}$/);
  expect(hostFingerprint({})).toBe(here);
  expect(hostFingerprint({ FITMENT_PROBE_ROOT: "/pretended" })).not.toBe(here);
  const text = await readFile(path.join(await keptFolder(), "last-machine.json"), "utf8");
  expect(Object.keys(JSON.parse(text) as object).sort()).toEqual([
    "detectedAt",
    "fingerprint",
    "machine",
    "version",
  ]);
});
