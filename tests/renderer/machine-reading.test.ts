import { expect, test } from "vitest";
import { MachineReading } from "../../src/renderer/machine/machine-reading.svelte.ts";
import type { MachineReport } from "../../src/engine/machine.ts";
import type { Answer, Api } from "../../src/shared/ipc.ts";
import { machineOf, namedCard } from "../fixtures/machine.ts";

const NOW = machineOf([namedCard("RTX 4090")], 64);
const BEFORE = machineOf([namedCard("RTX 3090")], 32);
const READ_AT = "2026-11-01T12:00:00.000Z";

type Probe = Answer<MachineReport>;

/** A program that remembers `BEFORE` and detects when the test says so. */
function slowly(): { reading: MachineReading; answer: (probe: Probe) => void } {
  let answer: (probe: Probe) => void = () => expect.unreachable();
  const api = {
    probeMachine: () => new Promise<Probe>((resolve) => (answer = resolve)),
    readLastMachine: () =>
      Promise.resolve({ kind: "ok" as const, value: { machine: BEFORE, detectedAt: READ_AT } }),
  } as unknown as Api; // the two methods that a reading calls
  return { reading: new MachineReading((call) => call(api)), answer: (probe) => answer(probe) };
}

async function showsLast(): Promise<ReturnType<typeof slowly> & { started: Promise<void> }> {
  const slow = slowly();
  const started = slow.reading.start(() => Promise.resolve());
  await expect.poll(() => slow.reading.report).toBe(BEFORE);
  return { ...slow, started };
}

test("the machine of last time is shown, marked, until this run has read it", async () => {
  const { reading, answer, started } = await showsLast();
  expect([reading.lastReadAt, reading.isProbing]).toEqual([READ_AT, true]);
  const fresh = reading.isFresh();
  answer({ kind: "ok", value: NOW });
  await started;
  expect(await fresh).toBe(true);
  expect(reading.report).toBe(NOW);
  expect([reading.lastReadAt, reading.isProbing]).toEqual([null, false]);
});

test("what cannot be read again stays marked as of last time, and is not fresh", async () => {
  const { reading, answer, started } = await showsLast();
  answer({ kind: "failed", message: "no" });
  await started;
  expect([reading.lastReadAt, reading.failure]).toEqual([READ_AT, "no"]);
  const fresh = reading.isFresh();
  answer({ kind: "failed", message: "no" });
  expect(await fresh).toBe(false);
});

test("progress counts while a detection is under way, and is gone with its answer", async () => {
  const { reading, answer, started } = await showsLast();
  const progress = { answered: [], sourceCount: 16 };
  reading.tellProgress(progress);
  expect(reading.progress).toBe(progress);
  answer({ kind: "ok", value: NOW });
  await started;
  reading.tellProgress(progress);
  expect(reading.progress).toBeNull();
});

test("detection waits until the machine of last time is shown, but not for a person who asks", async () => {
  const { reading, answer } = slowly();
  let calm: () => void = () => expect.unreachable();
  const started = reading.start(() => new Promise<void>((resolve) => (calm = resolve)));
  await expect.poll(() => reading.report).toBe(BEFORE);
  expect(reading.isProbing).toBe(true);
  const asked = reading.probe();
  answer({ kind: "ok", value: NOW });
  await asked;
  expect(reading.report).toBe(NOW);
  calm();
  await started;
  expect([reading.report, reading.isProbing]).toEqual([NOW, false]);
});
