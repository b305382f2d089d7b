import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type Ran, type RunOptions, runFitment } from "./terminal.ts";

let ownFolder = "";

beforeEach(async () => {
  ownFolder = await mkdtemp(path.join(tmpdir(), "fitment-own-"));
});

afterEach(async () => {
  await rm(ownFolder, { recursive: true });
});

async function onRtx4090(words: readonly string[], files: RunOptions["files"] = {}): Promise<Ran> {
  return await runFitment(words, { machine: "rtx-4090", files, surroundings: { ownFolder } });
}

interface Known {
  readonly decodeTokensPerSecond: { readonly low: number; readonly mid: number; readonly high: number };
  readonly measured: boolean;
}

async function speedOf(...words: readonly string[]): Promise<Known> {
  const { stdout } = await onRtx4090(["estimate", ...words, "--json"]);
  return (JSON.parse(stdout) as { speed: Known }).speed;
}

function width({ decodeTokensPerSecond: { low, high } }: Known): number {
  return high / low;
}

const LLAMA = ["llama-3.1-8b", "--quantization", "Q4_K_M", "--context", "512"];

/** As llama-bench prints it: 90 tokens per second, less than such a card usually reaches. */
const LLAMA_BENCH = `
| model                          |       size |     params | backend    | ngl |            test |                  t/s |
| ------------------------------ | ---------: | ---------: | ---------- | --: | --------------: | -------------------: |
| llama 8B Q4_K - Medium         |   4.58 GiB |     8.03 B | CUDA       |  99 |           pp512 |      5000.00 ± 10.00 |
| llama 8B Q4_K - Medium         |   4.58 GiB |     8.03 B | CUDA       |  99 |           tg128 |         90.00 ± 0.05 |

build: 1234567 (6000)
`;

test("a llama-bench output narrows what is said of this machine, of other models too, until it is removed", async () => {
  const before = await speedOf(...LLAMA);
  const otherBefore = await speedOf("qwen2.5-14b", "--quantization", "Q4_K_M");
  expect(before.measured).toBe(false);

  const kept = await onRtx4090(["calibrate", "bench.txt", "--model", "llama-3.1-8b"], {
    "bench.txt": LLAMA_BENCH,
  });
  expect(kept.exitCode).toBe(0);
  expect(kept.stdout).toContain("llama-3.1-8b at Q4_K_M writes after 0 tokens: 90 tokens/s measured");
  expect(kept.stdout).toContain(
    "llama-3.1-8b at Q4_K_M reads a prompt of 512 tokens: 5,000 tokens/s measured",
  );

  const after = await speedOf(...LLAMA);
  const otherAfter = await speedOf("qwen2.5-14b", "--quantization", "Q4_K_M");
  expect(after.measured).toBe(true);
  // Measured with 64 tokens in the cache on average; asked for with 512.
  expect(after.decodeTokensPerSecond.mid).toBeGreaterThan(85);
  expect(after.decodeTokensPerSecond.mid).toBeLessThan(90);
  expect(width(after)).toBeLessThan(width(before));
  expect(otherAfter.decodeTokensPerSecond.mid).toBeLessThan(otherBefore.decodeTokensPerSecond.mid);
  expect((await onRtx4090(["calibrate"])).stdout).toContain("90 tokens/s measured");

  expect((await onRtx4090(["calibrate", "--remove"])).stdout).toContain("Forgot 2 measured rates.");
  expect(await speedOf(...LLAMA)).toEqual(before);
});

test("a rate can be typed; the same measured again takes its place", async () => {
  const words = ["calibrate", "--model", "llama-3.1-8b", "--quantization", "Q8_0", "--decode"];
  await onRtx4090([...words, "70"]);
  await onRtx4090([...words, "72.5"]);
  const { rates } = JSON.parse(await readFile(path.join(ownFolder, "measured-rates.json"), "utf8")) as {
    rates: readonly object[];
  };
  expect(rates).toEqual([
    {
      machine: expect.stringContaining("RTX 4090") as string,
      test: "decode",
      tokensPerSecond: 72.5,
      modelId: "llama-3.1-8b",
      quantization: "Q8_0",
      backend: null,
      runtimeId: "llama.cpp",
      depth: 0,
      tokenCount: 128,
    },
  ]);
});

test("rates of this machine say nothing of another, nor of another placement; a saved profile carries them", async () => {
  await onRtx4090(["calibrate", "--model", "llama-3.1-8b", "--quantization", "Q4_K_M", "--decode", "90"]);
  const asked = ["estimate", ...LLAMA, "--json"];
  const measuredOn = async (...machine: readonly string[]): Promise<boolean> => {
    const { stdout } = await onRtx4090([...asked, ...machine]);
    return (JSON.parse(stdout) as { speed: Known }).speed.measured;
  };
  expect(await measuredOn()).toBe(true);
  expect(await measuredOn("--gpu", "RTX 4090")).toBe(false);
  expect(await measuredOn("--no-gpu")).toBe(false);
  expect(await measuredOn("--backend", "vulkan")).toBe(false);

  const profile = (await onRtx4090(["detect", "--json"])).stdout;
  const elsewhere = await runFitment([...asked, "--machine", "profile.json"], {
    files: { "profile.json": profile },
  });
  expect((JSON.parse(elsewhere.stdout) as { speed: Known }).speed.measured).toBe(true);
});

test.each<[string, readonly string[], number, RegExp]>([
  ["an output without rates", ["calibrate", "notes.txt", "--model", "llama-3.1-8b"], 1, /no measured rate/],
  [
    "a model that its program calls by a common name",
    ["calibrate", "bench.txt"],
    2,
    /calls the model "llama 8B"/,
  ],
  ["no packing", ["calibrate", "--decode", "9", "--model", "llama-3.1-8b"], 2, /--quantization Q4_K_M/],
  [
    "a rate that is none",
    ["calibrate", "--decode", "fast", "--model", "llama-3.1-8b"],
    2,
    /tokens per second/,
  ],
  ["two ways at once", ["calibrate", "bench.txt", "--remove"], 2, /exclude each other/],
])("%s", async (_case, words, exitCode, message) => {
  const ran = await onRtx4090(words, { "notes.txt": "nothing here", "bench.txt": LLAMA_BENCH });
  expect(ran.exitCode).toBe(exitCode);
  expect(ran.stderr).toMatch(message);
});
