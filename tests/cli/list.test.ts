import path from "node:path";
import { describe, expect, test } from "vitest";
import { detectionOf, fixtureMachine, runFitment } from "./terminal.ts";

interface ListAnswer {
  readonly schemaVersion: number;
  readonly models: readonly {
    readonly model: string;
    readonly quantization: string | null;
    readonly verdict: { readonly kind: string; readonly here?: boolean; readonly contextLength: number };
    readonly quality: { readonly index: number } | null;
  }[];
}

async function listed(words: readonly string[], machine = "no-gpu"): Promise<ListAnswer> {
  const { exitCode, stdout } = await runFitment(["list", ...words, "--json"], { machine });
  expect(exitCode).toBe(0);
  return JSON.parse(stdout) as ListAnswer; // our own answer
}

function verdictOf(answer: ListAnswer, model: string): unknown {
  return answer.models.find((entry) => entry.model === model)?.verdict;
}

describe("verdicts of named machines", () => {
  test.each([
    { gpus: ["RTX 4090"], model: "llama-3-8b", verdict: { kind: "fits" } },
    { gpus: ["RTX 4090"], model: "yi-34b", verdict: { kind: "needs-quantization" } },
    { gpus: ["RTX 4090"], model: "llama-2-70b", verdict: { kind: "runs-with-offload" } },
    { gpus: ["2x RTX 3090"], model: "llama-2-70b", verdict: { kind: "needs-multiple-gpus", here: true } },
    {
      gpus: ["RTX 3090", "RTX 3090"],
      model: "llama-2-70b",
      verdict: { kind: "needs-multiple-gpus", here: true },
    },
    { gpus: ["RTX 4090@8GiB"], model: "llama-3-8b", verdict: { kind: "needs-quantization" } },
  ])("$gpus with 64 GiB: $model $verdict.kind", async ({ gpus, model, verdict }) => {
    const answer = await listed([...gpus.flatMap((gpu) => ["--gpu", gpu]), "--ram", "64GiB"]);
    expect(verdictOf(answer, model)).toMatchObject({ ...verdict, contextLength: 8192 });
  });
});

test("a machine that is given as a whole is not detected", async () => {
  const { detectionCount } = await runFitment(["list", "--gpu", "RTX 4090", "--ram", "64GiB"]);
  expect(detectionCount).toBe(0);
  expect(await runFitment(["list", "--gpu", "RTX 4090"])).toMatchObject({ detectionCount: 1 });
});

test("a saved report answers as the machine it was made on", async () => {
  const saved = await runFitment(["detect", "--json"], { machine: "two-unlike-cards" });
  const there = await runFitment(["list", "--json"], { machine: "two-unlike-cards" });
  const here = await runFitment(["list", "--json", "--machine", "saved.json"], {
    files: { "saved.json": saved.stdout },
  });
  expect(here.stdout).toBe(there.stdout);
  expect(here.detectionCount).toBe(0);
});

test("a machine is found by the name it is kept under, unless a file has that name", async () => {
  const saved = await runFitment(["detect", "--json"], { machine: "two-unlike-cards" });
  const other = await runFitment(["detect", "--json"], { machine: "rtx-4090" });
  const words = ["list", "--json", "--machine", "lab"];
  const surroundings = { ownFolder: "/own" };
  const kept = { [path.join("/own", "machines", "lab.json")]: saved.stdout };
  const there = await runFitment(["list", "--json"], { machine: "two-unlike-cards" });
  expect((await runFitment(words, { files: kept, surroundings })).stdout).toBe(there.stdout);
  const both = await runFitment(words, { files: { ...kept, lab: other.stdout }, surroundings });
  expect(both.stdout).toBe((await runFitment(["list", "--json"], { machine: "rtx-4090" })).stdout);
  expect(await runFitment(words, { surroundings })).toMatchObject({
    exitCode: 1,
    stderr: expect.stringContaining("lab cannot be read") as string,
  });
});

test("more context never makes a verdict better, and every verdict carries its context", async () => {
  const short = await listed(["--context", "4096"], "rtx-4090");
  const long = await listed(["--context", "128K"], "rtx-4090");
  const fitting = (answer: ListAnswer): number =>
    answer.models.filter(({ verdict }) => verdict.kind === "fits").length;
  expect(fitting(long)).toBeLessThan(fitting(short));
  expect(new Set(long.models.map(({ verdict }) => verdict.contextLength))).toEqual(new Set([131_072]));
});

test("the list is sorted best first: what runs by its quality, then the rest by verdict", async () => {
  const order = [
    "fits",
    "needs-quantization",
    "needs-multiple-gpus",
    "runs-with-offload",
    "needs-multiple-gpus-elsewhere",
    "too-large",
    "unknown",
  ];
  const { models } = await listed([], "two-unlike-cards");
  const ranks = models.map(({ verdict }) =>
    order.indexOf(verdict.here === false ? "needs-multiple-gpus-elsewhere" : verdict.kind),
  );
  expect(ranks).not.toContain(-1);
  const places = ranks.map((rank) => Math.max(rank, order.indexOf("runs-with-offload")));
  expect(places).toEqual([...places].sort((one, other) => one - other));
  const running = models.filter((_, index) => places[index] === order.indexOf("runs-with-offload"));
  const known = running.flatMap(({ quality }) => (quality === null ? [] : [quality.index]));
  expect(known.length).toBeGreaterThan(50);
  expect(running.slice(0, known.length).map(({ quality }) => quality?.index)).toEqual(
    [...known].sort((one, other) => other - one),
  );
});

test.each([
  "no-gpu",
  "rtx-4090",
  "two-unlike-cards",
  "8x-h100",
  "mac-studio-192",
  "laptop-8gb",
  "unknown-card",
])("on %s the table names every model once, and is no wider than the terminal", async (machine) => {
  const { models } = await listed([], machine);
  const { stdout } = await runFitment(["list"], { machine, surroundings: { columns: 80 } });
  const lines = stdout.split("\n");
  for (const { model } of models) {
    expect(lines.filter((line) => line.trim().split(/\s{2,}/)[0] === model)).toHaveLength(1);
  }
  for (const line of lines.filter((text) => text.startsWith("  ")))
    expect(line.length).toBeLessThanOrEqual(80);
  expect(stdout).not.toContain("\u001B");
});

test("at 80 columns no figure is cut: columns are left out, and text ends between words", async () => {
  const words = ["list", "--gpu", "RTX 4090", "--ram", "64GiB"];
  const { stdout } = await runFitment(words, { surroundings: { columns: 80 } });
  const lines = stdout.split("\n");
  expect(lines.filter((line) => line.length > 80)).toEqual([]);
  expect(lines.find((line) => line.startsWith("  Model"))).toMatch(
    /Model +Quant\. +Memory needed +Tokens\/s$/,
  );
  expect(lines.find((line) => line.startsWith("  llama-3-8b "))).toMatch(
    /BF16 +15\.7 of 24\.0 GiB +\d+ to \d+$/,
  );
  expect(lines.find((line) => line.startsWith("  llama-3-70b "))).toMatch(
    /Q4_K_M +23\.5 \+ 19\.5 GiB RAM +[\d.]+ to [\d.]+$/,
  );
  expect(lines.filter((line) => /[\d.,]…$/.test(line))).toEqual([]);
});

test.each([120, 140])("at %s columns a line says how, and is no wider", async (columns) => {
  const { stdout } = await runFitment(["list"], { machine: "rtx-4090", surroundings: { columns } });
  expect(stdout.split("\n").filter((line) => line.length > columns)).toEqual([]);
  expect(stdout).toMatch(/^ {2}Model .*Tokens\/s {2}(Quality +)?How$/m);
});

test("one card that is not here is a larger card, not several; the kind in JSON stays", async () => {
  const words = ["list", "--no-gpu", "--ram", "2GiB"];
  const { stdout } = await runFitment(words);
  expect(stdout).toMatch(/^◌ needs a larger card \(\d+\)$/m);
  expect(stdout).toMatch(/^ {2}llama-3-8b .*a card of 7\.0 GiB$/m);
  expect(verdictOf(await listed(words.slice(1)), "llama-3-8b")).toMatchObject({
    kind: "needs-multiple-gpus",
    here: false,
    cardCount: 1,
  });
});

test("two like cards whose free memory is not known are one sentence", async () => {
  const words = ["estimate", "llama-3-8b", "--gpu", "2x RTX 3090"];
  const { stdout } = await runFitment(words, { machine: "rtx-4090" });
  expect(stdout.match(/How much memory of NVIDIA GeForce RTX 3090 is free/g)).toHaveLength(1);
});

test("colour only where the terminal has it", async () => {
  const { stdout } = await runFitment(["list"], { surroundings: { isColourful: true } });
  expect(stdout).toContain("\u001B[");
});

test.each([[["list"]], [["list", "--json"]]])(
  "%s names a source that failed, beside the answer",
  async (words) => {
    const { stdout, stderr } = await runFitment(words, {
      surroundings: {
        detectMachine: () => {
          const probe = {
            name: "nvidia-smi",
            status: "failed" as const,
            message: "No answer within 2 s.",
            elapsedMs: 2000,
          };
          return Promise.resolve(detectionOf({ ...fixtureMachine("no-gpu"), probes: [probe] }));
        },
      },
    });
    expect(stderr).toContain("nvidia-smi did not answer: No answer within 2 s.");
    expect(stdout).not.toContain("did not answer");
  },
);

test("nothing is placed on an RTX 4090 beyond the 24,080 MiB that CUDA has of it", async () => {
  const { stdout } = await runFitment(["list", "--gpu", "RTX 4090", "--ram", "256GiB", "--json"]);
  const { models } = JSON.parse(stdout) as {
    models: { model: string; placement: { devices: { memoryKind: string; usedBytes: number }[] } }[];
  };
  const beyond = models.filter(({ placement }) =>
    placement.devices.some(
      ({ memoryKind, usedBytes }) => memoryKind === "dedicated" && usedBytes > 24_080 * 1024 ** 2,
    ),
  );
  expect(models.length).toBeGreaterThan(300);
  expect(beyond.map(({ model }) => model)).toEqual([]);
});
