import { describe, expect, test } from "vitest";
import { runFitment } from "./terminal.ts";

const ONE_CARD = ["--gpu", "RTX 4090", "--ram", "64GiB"];

describe("fitment plan", () => {
  test("says how far the machine goes, what change helps, and which cards would do", async () => {
    const { stdout, exitCode } = await runFitment([
      "plan",
      "llama-2-70b",
      ...ONE_CARD,
      "--for-card",
      "RTX 3090",
    ]);
    expect(exitCode).toBe(0);
    expect(stdout).toContain("Context that fits at Q4_K_M");
    expect(stdout).toContain("Ways to run it here, cheapest first");
    expect(stdout).toMatch(
      /one more NVIDIA GeForce RTX 4090 {2}then 42\.6 GiB, [\d.]+ to [\d.]+ tokens\/s, gains 24\.0 GiB; costs money/,
    );
    expect(stdout).toContain("2 × NVIDIA GeForce RTX 3090 hold it at Q4_K_M.");
    expect(stdout).toMatch(/ {2}1 × 45\.0 GiB: .*L40S/);
  });

  test("as JSON, with base units", async () => {
    const { stdout } = await runFitment([
      "plan",
      "llama-2-70b",
      ...ONE_CARD,
      "--for-card",
      "RTX 3090",
      "--json",
    ]);
    expect(JSON.parse(stdout)).toMatchObject({
      schemaVersion: 1,
      model: "llama-2-70b",
      plan: { quantization: "Q4_K_M", onCards: { longestContext: null }, forCard: { count: 2 } },
    });
  });

  test.each([
    [["plan"], "plan takes a model"],
    [["plan", "llama-2-70b", ...ONE_CARD, "--for-card", "RTX 9999"], 'the card database has no "RTX 9999"'],
  ])("%j is refused", async (words, said) => {
    const { exitCode, stderr } = await runFitment(words);
    expect(stderr.toLowerCase()).toContain(said.toLowerCase());
    expect(exitCode).toBe(2);
  });
});

describe("fitment runtimes", () => {
  test("lists what each can do, with where that was read", async () => {
    const { stdout } = await runFitment(["runtimes"]);
    for (const name of [
      "llama.cpp",
      "Ollama",
      "LM Studio",
      "vLLM",
      "SGLang",
      "Transformers",
      "MLX",
      "ExLlama",
    ]) {
      expect(stdout).toContain(`${name} (`);
    }
    expect(stdout).toContain("90 % of each card");
  });

  test("puts one model under each side by side, with why one cannot run it", async () => {
    const { stdout } = await runFitment([
      "runtimes",
      "llama-2-70b",
      "--gpu",
      "2x RTX 3090",
      "--ram",
      "64GiB",
    ]);
    expect(stdout).toMatch(/llama\.cpp +Q4_K_M +42\.4 GiB over 2 cards/);
    expect(stdout).toMatch(/MLX +cannot run it/);
    expect(stdout).toContain("MLX drives no accelerator of this machine.");
  });

  test("of a packing that was asked for, and says which runtime does not load it", async () => {
    const words = ["runtimes", "qwen3.8-27b", "--gpu", "8x H100", "--ram", "64GiB", "--quantization"];
    const { stdout } = await runFitment([...words, "MLX_4BIT"]);
    expect(stdout).toMatch(/llama\.cpp +BF16 .* fits$/m);
    expect(stdout).toContain("llama.cpp does not load MLX_4BIT here.");
    const packed = await runFitment([...words, "Q4_K_M"]);
    expect(packed.stdout).toMatch(/llama\.cpp +Q4_K_M .* fits$/m);
    expect(packed.stdout).not.toContain("needs quantization");
  });

  test("as JSON a row each, with verdict, memory and placement", async () => {
    const { stdout } = await runFitment(["runtimes", "llama-3-8b", ...ONE_CARD, "--json"]);
    const { runtimes } = JSON.parse(stdout) as {
      runtimes: readonly { runtime: string; verdict: { kind: string } }[];
    };
    expect(runtimes.map(({ runtime }) => runtime)).toContain("vllm");
    expect(runtimes.find(({ runtime }) => runtime === "mlx")?.verdict.kind).toBe("unknown");
  });
});

test("part of it in RAM is no change for what runs so already", async () => {
  const { stdout } = await runFitment(["plan", "llama-3-70b", "--gpu", "RTX 4090", "--ram", "64GiB"]);
  expect(stdout).toContain("Ways to run it here, cheapest first");
  expect(stdout).toContain("one more NVIDIA GeForce RTX 4090");
  expect(stdout).not.toContain("part of it in RAM");
});

test("where nothing helps it says so", async () => {
  const { stdout } = await runFitment(["plan", "llama-3-70b", "--gpu", "M4@16GiB"]);
  expect(stdout).toContain("has it run here.");
});

test("more RAM is offered where it would do, and no second chip of a laptop", async () => {
  const { stdout } = await runFitment([
    "plan",
    "llama-3.3-70b",
    "--gpu",
    "RTX 4060 Laptop",
    "--ram",
    "32GiB",
  ]);
  expect(stdout).toMatch(/48\.0 GiB of RAM +then 42\.9 GiB, .* tokens\/s, costs money/);
  expect(stdout).not.toContain("one more");
});

test("at 80 columns each runtime has its verdict whole", async () => {
  const words = ["runtimes", "llama-3-70b", "--gpu", "RTX 4090", "--ram", "64GiB"];
  const { stdout } = await runFitment(words, { surroundings: { columns: 80 } });
  const lines = stdout.split("\n");
  expect(lines.filter((line) => line.length > 80 || line.endsWith("…"))).toEqual([]);
  expect(lines.find((line) => line.startsWith("vLLM "))).toMatch(
    /NF4 +2 × 24\.0 GiB +needs multiple GPUs, not here$/,
  );
  expect(lines.find((line) => line.startsWith("Ollama "))).toMatch(
    /23\.5 \+ 19\.5 GiB RAM +runs with offload$/,
  );
});
