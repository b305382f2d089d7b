import { expect, test } from "vitest";
import { type ProbeProcess, probeMachine } from "#probe/isolated.ts";
import type { ProbeRun } from "#probe/probe.ts";
import { EMPTY_READING, NOTHING_KNOWN_OF_HOST } from "#probe/reading.ts";

type Step = "hangs" | "crashes" | readonly ProbeRun[];

/** Starts pretended processes: each says what its group's step has, and counts how often it is killed. */
function starter(steps: Readonly<Record<string, Step>>) {
  const killed: string[] = [];
  const start = (groupName: string): ProbeProcess => {
    const step = steps[groupName] ?? [];
    return {
      onMessage: (listener) => {
        if (typeof step === "string") return;
        setTimeout(() => {
          for (const run of step) listener({ kind: "run", run, records: [] });
          listener({ kind: "done" });
        });
      },
      onExit: (listener) => {
        if (step === "crashes") setTimeout(listener);
      },
      kill: () => void killed.push(groupName),
    };
  };
  return { start, killed };
}

function hostRun(name: string, ramTotalBytes: number): ProbeRun {
  return {
    outcome: { name, status: "ok", message: "RAM", elapsedMs: 1 },
    reading: {
      ...EMPTY_READING,
      host: [{ source: name, facts: { ...NOTHING_KNOWN_OF_HOST, ramTotalBytes } }],
    },
  };
}

test("a group that hangs costs its own sources only, and no more than the deadline", async () => {
  const { start, killed } = starter({
    own: [hostRun("Node", 8)],
    system: [hostRun("systeminformation", 16)],
    graphics: "hangs",
  });
  const startedMs = performance.now();
  const report = await probeMachine(start, 100);
  expect(performance.now() - startedMs).toBeLessThan(400);
  expect(report.ram).toMatchObject({ totalBytes: 16, source: "systeminformation" });
  expect(report.probes.find(({ name }) => name === "systeminformation graphics")).toMatchObject({
    status: "failed",
    message: "gave no answer within 0.1 s",
  });
  expect(killed.sort()).toEqual(["graphics", "own", "system"]);
});

test("a group whose process crashes is named, without waiting for the deadline", async () => {
  const { start } = starter({ own: [hostRun("Node", 8)], system: "crashes", graphics: "crashes" });
  const startedMs = performance.now();
  const report = await probeMachine(start, 5_000);
  expect(performance.now() - startedMs).toBeLessThan(1_000);
  expect(report.ram).toMatchObject({ totalBytes: 8, source: "Node" });
  expect(report.probes.find(({ name }) => name === "systeminformation")?.message).toBe(
    "its process ended before it answered",
  );
});

test("where nobody answers, everything is unknown and nothing is 0", async () => {
  const { start } = starter({ own: "hangs", system: "hangs", graphics: "hangs" });
  const report = await probeMachine(start, 50);
  expect(report.ram).toMatchObject({ totalBytes: null, availableBytes: null });
  expect(report.processor).toMatchObject({ name: null, threadCount: null });
  expect(report.accelerators).toEqual([]);
  expect(report.probes.every(({ status }) => status === "failed")).toBe(true);
});
