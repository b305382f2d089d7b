import { expect, test } from "vitest";
import { runFitment } from "./terminal.ts";

const ON_PROCESSOR = ["estimate", "llama-3-8b", "--no-gpu", "--ram", "32GiB", "--json"];

interface Rates {
  readonly decode: number | null;
  readonly prefill: number | null;
}

async function ratesWith(options: readonly string[]): Promise<Rates> {
  const { exitCode, stdout } = await runFitment([...ON_PROCESSOR, ...options]);
  expect(exitCode).toBe(0);
  const { speed } = JSON.parse(stdout) as {
    speed: Record<string, { mid: number } | null>; // our own answer
  };
  return {
    decode: speed.decodeTokensPerSecond?.mid ?? null,
    prefill: speed.prefillTokensPerSecond?.mid ?? null,
  };
}

test("tokens a second follow the bandwidth that is given", async () => {
  const slow = await ratesWith(["--ram-bandwidth", "45GB/s"]);
  const fast = await ratesWith(["--ram-bandwidth", "90GB/s"]);
  expect((fast.decode ?? Number.NaN) / (slow.decode ?? Number.NaN)).toBeCloseTo(2, 1);
});

test("the prompt's speed follows the cores that are given, and is unknown without any", async () => {
  expect((await ratesWith([])).prefill).toBeNull();
  const four = await ratesWith(["--cores", "4"]);
  const eight = await ratesWith(["--cores", "8"]);
  expect((eight.prefill ?? Number.NaN) / (four.prefill ?? Number.NaN)).toBeCloseTo(2, 5);
});

test("what is given is shown, and said to be given", async () => {
  const words = ["list", "--cpu", "AMD Ryzen 9 9950X", "--cores", "16", "--ram-bandwidth", "60GB/s measured"];
  const { exitCode, stdout } = await runFitment(words, { machine: "two-unlike-cards" });
  expect(exitCode).toBe(0);
  expect(stdout).toContain("Processor: AMD Ryzen 9 9950X, as given.");
  expect(stdout).toContain("Processor: 16 cores, as given.");
  expect(stdout).toContain("RAM: 60GB/s measured, as given.");
});

test.each([
  ["--cores", "none", "not a number of cores"],
  ["--ram-bandwidth", "90", "not a bandwidth"],
  ["--cpu", " ", "empty"],
])("%s %s is wrong usage: %s", async (option, value, said) => {
  const { exitCode, stderr } = await runFitment(["list", option, value], { machine: "two-unlike-cards" });
  expect(exitCode).toBe(2);
  expect(stderr).toContain(said);
});
