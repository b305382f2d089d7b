import { describe, expect, test } from "vitest";
import { detectionOf, fixtureMachine, runFitment } from "./terminal.ts";

test("detect --json is the report as it stands", async () => {
  const { exitCode, stdout } = await runFitment(["detect", "--json"], { machine: "two-unlike-cards" });
  expect(exitCode).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    schemaVersion: 1,
    os: { platform: "linux" },
    processor: { name: "AMD Ryzen 9 7950X" },
    ram: { totalBytes: 137_438_953_472, availableBytes: 128_849_018_880 },
    accelerators: [
      { name: "NVIDIA GeForce RTX 4090", memoryKind: "dedicated", memoryTotalBytes: 25_757_220_864 },
      { name: "NVIDIA GeForce RTX 3060", memoryFreeBytes: 12_582_912_000 },
    ],
    notes: [],
  });
});

test("a memory that nobody knows is null in JSON and said in words", async () => {
  const unknown = fixtureMachine("unknown-card");
  const accelerators = unknown.accelerators.map((one) => ({ ...one, name: "Some GPU" }));
  const surroundings = { detectMachine: () => Promise.resolve(detectionOf({ ...unknown, accelerators })) };
  const { stdout } = await runFitment(["detect"], { surroundings });
  expect(stdout).toContain("Size not known");
  const json = await runFitment(["detect", "--json"], { surroundings });
  expect(JSON.parse(json.stdout)).toMatchObject({ accelerators: [{ memoryTotalBytes: null }] });
});

test("a memory that no tool reports is the card database's, as in the window, and says so", async () => {
  const { stdout } = await runFitment(["detect", "--json"], { machine: "unknown-card" });
  expect(JSON.parse(stdout)).toMatchObject({
    accelerators: [
      { memoryTotalBytes: 17_179_869_184, source: expect.stringMatching(/^card database: /) as string },
    ],
  });
});

test("each accelerator's memory is a sum, and its facts have sources", async () => {
  const { stdout } = await runFitment(["detect"], { machine: "two-unlike-cards" });
  for (const line of [
    "0: NVIDIA GeForce RTX 4090",
    "Reported total    23.99 GiB",
    "Usable right now  22.94 GiB",
    "1: NVIDIA GeForce RTX 3060",
  ]) {
    expect(stdout.replace(/ +/g, " ")).toContain(line.replace(/ +/g, " "));
  }
  expect(stdout).toMatch(/Memory bandwidth +1008 GB\/s +card database: /);
});

test("at 80 columns no line of an accelerator's facts is longer", async () => {
  const { stdout } = await runFitment(["detect"], {
    machine: "two-unlike-cards",
    surroundings: { columns: 80 },
  });
  const lines = stdout.slice(0, stdout.indexOf("System:")).split("\n");
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
});

describe("--measure", () => {
  const copy = { bytesPerSecond: 14_800_000_000, threadCount: 2, source: "measured" };
  const surroundings = {
    measureRamCopy: () => Promise.resolve({ kind: "ok", copy } as const),
  };

  test("adds how fast RAM is copied, and only where it is asked for", async () => {
    const { stdout } = await runFitment(["detect", "--json", "--measure"], { surroundings });
    expect(JSON.parse(stdout)).toMatchObject({ ram: { copy } });
    const lines = await runFitment(["detect", "--measure"], { surroundings });
    expect(lines.stdout).toContain(
      "RAM: 15 GB/s when copied on 2 threads, bytes read and written counted (measured)",
    );
    expect((await runFitment(["detect", "--json"], { surroundings })).stdout).not.toContain("measured");
  });

  test("that fails is a note, and the answer stands", async () => {
    const { exitCode, stdout } = await runFitment(["detect", "--measure"]);
    expect(exitCode).toBe(0);
    expect(stdout).toContain("could not be measured: nothing is measured in a test.");
  });

  test("is no use on a recording", async () => {
    const { exitCode, stderr } = await runFitment(["detect", "--measure", "--replay", "c.json"]);
    expect({ exitCode, stderr }).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining("--measure") as string,
    });
  });
});

describe("a recording", () => {
  test("is written where it was asked for, and the answer is as without it", async () => {
    const plain = await runFitment(["detect", "--json"]);
    const { stdout, stderr, written } = await runFitment(["detect", "--json", "--capture", "c.json"]);
    expect(stdout).toBe(plain.stdout);
    expect(stderr).toContain("c.json");
    expect(JSON.parse(written["c.json"] ?? "")).toMatchObject({ kind: "fitment-capture", platform: "linux" });
  });

  test("is replayed without asking this machine anything", async () => {
    const { written } = await runFitment(["detect", "--capture", "c.json"]);
    const { exitCode, stdout, detectionCount } = await runFitment(
      ["detect", "--json", "--replay", "c.json"],
      {
        files: written,
      },
    );
    expect({ exitCode, detectionCount }).toEqual({ exitCode: 0, detectionCount: 0 });
    const { notes } = JSON.parse(stdout) as { notes: string[] };
    expect(notes[0]).toBe("This machine is replayed from a recording.");
  });

  test.each([
    ["{}", "neither a capture"],
    ['{"captureVersion":1}', "kind"],
    [
      '{"captureVersion":1,"kind":"fitment-capture","platform":"linux","records":[{"kind":"command"}]}',
      "records.0",
    ],
    ["gibberish", "neither a capture"],
  ])("%s is refused with the reason", async (content, said) => {
    const { exitCode, stderr } = await runFitment(["detect", "--replay", "c.json"], {
      files: { "c.json": content },
    });
    expect(exitCode).toBe(1);
    expect(stderr).toContain("c.json cannot be replayed");
    expect(stderr).toContain(said);
  });

  test("that cannot be written ends with 1 and names the file", async () => {
    const fault = Object.assign(new Error("ENOENT: no such file or directory, open 'c'"), { code: "ENOENT" });
    const { exitCode, stderr } = await runFitment(["detect", "--capture", "gone/c.json"], {
      surroundings: { writeFile: () => Promise.reject(fault) },
    });
    expect(exitCode).toBe(1);
    expect(stderr).toContain("gone/c.json cannot be written: there is no folder gone.");
  });
});
