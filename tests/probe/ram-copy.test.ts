import { writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { measureRamCopy } from "../../src/probe/ram-copy.ts";
import { buildProcess, fakeRoot, removeTemporaryFolders } from "./built-process.ts";

afterAll(removeTemporaryFolders);

test("a copy is measured in a process of its own, on as many threads as are said", async () => {
  const script = await buildProcess("src/probe/measure-bandwidth.ts");
  const result = await measureRamCopy(script, 10_000);
  expect(result).toMatchObject({
    kind: "ok",
    copy: { source: "measured", threadCount: Math.min(8, availableParallelism()) },
  });
  // Between a tenth of one DDR3 channel and the fastest server there is: 1 GB/s to 2 TB/s.
  const bytesPerSecond = result.kind === "ok" ? result.copy.bytesPerSecond : NaN;
  expect(bytesPerSecond).toBeGreaterThan(1e9);
  expect(bytesPerSecond).toBeLessThan(2e12);
}, 30_000);

test.each([
  { processorFraction: 0.97, mib: 128, late: 0, disturbed: false },
  {
    processorFraction: 0.6,
    mib: 128,
    late: 0,
    disturbed: true,
  },
  {
    processorFraction: 0.97,
    mib: 64,
    late: 2,
    disturbed: true,
  },
])(
  "what $processorFraction of the processor, $mib MiB and $late late threads say of the figure",
  async (row) => {
    const { processorFraction, mib, late: lateThreadCount, disturbed } = row;
    const workingSetBytes = mib * 1024 ** 2;
    const threadCount = 2;
    const told = JSON.stringify({
      bytesPerSecond: 2e10,
      threadCount,
      lateThreadCount,
      processorFraction,
      workingSetBytes,
    });
    const file = path.join(fakeRoot({ "package.json": '{"type":"commonjs"}' }), "script.cjs");
    writeFileSync(file, `process.send(${told}); setInterval(() => undefined, 1000)`);
    const copy = { bytesPerSecond: 2e10, threadCount: 2, source: "measured" };
    const disturbance = { processorFraction, lateThreadCount, isAccepted: false };
    const expected = disturbed ? { ...copy, disturbance } : copy;
    expect(await measureRamCopy(file, 10_000)).toEqual({ kind: "ok", copy: expected });
  },
);

test("what caches may hold is no figure of the RAM", async () => {
  const told = { bytesPerSecond: 6e10, threadCount: 1, lateThreadCount: 1, processorFraction: 1 };
  const message = JSON.stringify({ ...told, workingSetBytes: 20 * 1024 ** 2 });
  const file = path.join(fakeRoot({ "package.json": '{"type":"commonjs"}' }), "script.cjs");
  writeFileSync(file, `process.send(${message}); setInterval(() => undefined, 1000)`);
  expect(await measureRamCopy(file, 10_000)).toEqual({
    kind: "failed",
    message: expect.stringContaining("only 20 MiB could be copied") as string,
  });
});

test.each([
  { of: "hangs", script: "setInterval(() => undefined, 1000)", said: "longer than 0.5 s" },
  { of: "dies", script: "process.exit(3)", said: "ended before it answered" },
])("a process that $of is a failure with its reason", async ({ script, said }) => {
  const file = path.join(fakeRoot({ "package.json": '{"type":"commonjs"}' }), "script.cjs");
  writeFileSync(file, script);
  const result = await measureRamCopy(file, said.includes("0.5") ? 500 : 10_000);
  expect(result).toEqual({ kind: "failed", message: expect.stringContaining(said) as string });
});

test("where somebody waits the process is told when to begin copying, where nobody does it is not", async () => {
  const script = "process.send({ bytesPerSecond: Number(process.argv[2] ?? 1), threadCount: 1 })";
  const file = path.join(fakeRoot({ "package.json": '{"type":"commonjs"}' }), "script.cjs");
  writeFileSync(file, `${script}; setInterval(() => undefined, 1000)`);
  expect(await measureRamCopy(file)).toMatchObject({ kind: "ok", copy: { bytesPerSecond: 200 } });
  expect(await measureRamCopy(file, 10_000)).toMatchObject({ kind: "ok", copy: { bytesPerSecond: 1 } });
});
