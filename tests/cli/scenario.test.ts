import { describe, expect, test } from "vitest";
import { runFitment } from "./terminal.ts";

const ONE_CARD = ["--gpu", "RTX 4090", "--ram", "64GiB"];
const TWO_CARDS = ["--gpu", "2x RTX 3090", "--ram", "64GiB"];

async function estimated(...words: readonly string[]): Promise<Record<string, unknown>> {
  const { stdout, stderr } = await runFitment(["estimate", ...words, "--json"]);
  expect(stderr).toBe("");
  return JSON.parse(stdout) as Record<string, unknown>; // our own output
}

describe("what runs a model can be chosen", () => {
  test("a runtime decides packings and placement, and is answered by its id", async () => {
    const answer = await estimated(
      "llama-2-70b",
      "--gpu",
      "4x RTX 3090",
      "--ram",
      "64GiB",
      "--runtime",
      "vLLM",
    );
    expect(answer).toMatchObject({
      scenario: { runtime: "vllm" },
      quantization: "FP8",
      placement: { kind: "tensor-parallel" },
    });
  });

  test("a back end decides what the device is", async () => {
    const answer = await estimated("llama-3-8b", ...ONE_CARD, "--backend", "cpu");
    expect(answer).toMatchObject({ scenario: { backend: "cpu" }, placement: { kind: "cpu" } });
  });

  test.each([
    ["metal", "RTX 4090"],
    ["rocm", "RTX 4090"],
    ["cuda", "RX 7900 XTX"],
    ["sycl", "M2 Ultra"],
  ])("%s does not drive %s", async (backend, gpu) => {
    const answer = await estimated("llama-3-8b", "--gpu", gpu, "--ram", "64GiB", "--backend", backend);
    expect(answer).toMatchObject({
      verdict: { kind: "unknown", missing: `The back end ${backend} drives no accelerator of this machine.` },
    });
  });

  test("of unlike cards only those that the back end drives are used", async () => {
    const cards = ["--gpu", "RX 7900 XTX", "--gpu", "RTX 3060", "--ram", "64GiB"];
    expect(await estimated("llama-3-8b", ...cards, "--backend", "cuda")).toMatchObject({
      verdict: { kind: "needs-quantization", deviceName: "NVIDIA GeForce RTX 3060" },
    });
    expect(await estimated("llama-3-8b", ...cards, "--backend", "vulkan")).toMatchObject({
      verdict: { kind: "fits", deviceName: "AMD Radeon RX 7900 XTX" },
    });
  });

  test.each([
    ["layer", "layer-split"],
    ["tensor", "tensor-parallel"],
  ])("--split %s: %s", async (split, kind) => {
    expect(await estimated("llama-2-70b", ...TWO_CARDS, "--split", split)).toMatchObject({
      scenario: { split },
      placement: { kind },
    });
  });

  test.each([
    [["--runtime", "vlm"], '--runtime does not know "vlm". Did you mean "vllm"?'],
    [["--backend", "opencl"], "--backend takes one of cuda, rocm, vulkan, metal, sycl, cpu"],
    [["--split", "rows"], "--split takes one of layer, tensor"],
  ])("%j is refused", async (words, said) => {
    const { exitCode, stderr } = await runFitment(["list", ...ONE_CARD, ...words]);
    expect(stderr).toContain(said);
    expect(exitCode).toBe(2);
  });

  test("a line of a batch chooses for itself", async () => {
    const lines = [
      { model: "llama-2-70b", gpus: ["4x RTX 3090"], ramGiB: 64, runtime: "vllm" },
      { model: "llama-2-70b", gpus: ["2x RTX 3090"], ramGiB: 64, split: "tensor" },
      { model: "llama-3-8b", gpus: ["RTX 4090"], ramGiB: 64, backend: "cpu" },
      { model: "llama-3-8b", gpus: ["RTX 4090"], ramGiB: 64, backend: "opencl" },
    ];
    const content = lines.map((line) => JSON.stringify(line)).join("\n");
    const { stdout } = await runFitment(["estimate", "--batch", "b.jsonl"], {
      files: { "b.jsonl": content },
    });
    const answers = stdout
      .trim()
      .split("\n")
      .map(
        (line) => JSON.parse(line) as { placement?: { kind: string }; error?: string; ignored?: string[] },
      );
    expect(answers.map(({ placement, error }) => placement?.kind ?? error)).toEqual([
      "tensor-parallel",
      "tensor-parallel",
      "cpu",
      'backend takes one of cuda, rocm, vulkan, metal, sycl, cpu; "opencl" is none.',
    ]);
    expect(answers.every(({ ignored }) => ignored === undefined)).toBe(true);
  });
});

describe("right now", () => {
  const BUSY = [...ONE_CARD, "--free", "10GiB"];

  test("is a second verdict, with what would have to be freed", async () => {
    const answer = await estimated("llama-3-8b", ...BUSY);
    expect(answer).toMatchObject({
      verdict: { kind: "fits" },
      rightNow: {
        verdict: { kind: "needs-quantization" },
        toFree: [{ deviceName: expect.stringContaining("4090") as string }],
      },
    });
    // 15.7 GiB are needed at BF16 and 10 are free
    const { toFree } = answer.rightNow as { toFree: readonly { bytes: number }[] };
    expect((toFree[0]?.bytes ?? 0) / 2 ** 30).toBeCloseTo(5.7, 1);
  });

  test("is the verdict where it is asked for", async () => {
    const answer = await estimated("llama-3-8b", ...BUSY, "--right-now");
    expect(answer).toMatchObject({ verdict: { kind: "needs-quantization" } });
    const { stdout } = await runFitment(["list", ...BUSY, "--right-now"]);
    expect(stdout).toContain("Right now: only memory that no other program holds.");
  });

  test("is not spoken of where nothing says what is free", async () => {
    const { stdout } = await runFitment(["estimate", "llama-3-8b", ...ONE_CARD]);
    expect(stdout).not.toContain("Right now");
  });
});

describe("--explain", () => {
  test.each(["llama-3-8b", "deepseek-v3", "gemma-3-27b", "gpt-oss-20b"])(
    "the terms of %s add up to the total, each with formula and source",
    async (id) => {
      const answer = await estimated(id, ...ONE_CARD, "--explain");
      const { terms, memory } = answer as {
        terms: readonly { bytes: number; formula: string; source: string }[];
        memory: { totalBytes: number };
      };
      expect(terms.reduce((sum, { bytes }) => sum + bytes, 0)).toBe(memory.totalBytes);
      expect(terms.every(({ formula, source }) => formula !== "" && source !== "")).toBe(true);
    },
  );

  test("is a list under the answer", async () => {
    const { stdout } = await runFitment(["estimate", "llama-3-8b", ...ONE_CARD, "--explain"]);
    expect(stdout).toContain("How the memory comes about");
    expect(stdout).toContain("32 layers × 8,192 cells × 8 heads × (128 + 128) in f16");
  });
});

describe("what is loaded beside a model", () => {
  test("a draft model takes memory of its own, named in the answer", async () => {
    const plain = await estimated("llama-3.1-8b", ...ONE_CARD, "--quantization", "Q4_K_M");
    const answer = await estimated(
      "llama-3.1-8b",
      ...ONE_CARD,
      "--quantization",
      "Q4_K_M",
      "--draft",
      "llama-3.2-1b:Q8_0",
    );
    expect(answer).toMatchObject({
      scenario: { extras: { draft: { model: "llama-3.2-1b", quantization: "Q8_0" }, loraRank: null } },
    });
    const total = ({ memory }: Record<string, unknown>): number =>
      (memory as { totalBytes: number }).totalBytes;
    // 1.3 GB of weights at 8 bits, and its cache and buffer
    expect((total(answer) - total(plain)) / 1e9).toBeGreaterThan(1.3);
    expect((total(answer) - total(plain)) / 1e9).toBeLessThan(2.3);
  });

  test("a LoRA adapter of rank 16 on every matrix of an 8B model is 168 MB in F32", async () => {
    const answer = await estimated("llama-3.1-8b", ...ONE_CARD, "--lora", "16");
    // 32 layers × 16 × the widths of seven matrices (8,192 + 5,120 × 2 + 8,192 + 18,432 × 3) × 4 bytes, as GGUF adapters are
    expect(answer).toMatchObject({
      memory: { extrasBytes: 32 * 16 * (8192 + 5120 * 2 + 8192 + 18_432 * 3) * 4 },
    });
  });

  test("a line of a batch may ask for it", async () => {
    const files = {
      "b.jsonl": JSON.stringify({ model: "llama-3.1-8b", gpus: ["RTX 4090"], ramGiB: 64, loraRank: 16 }),
    };
    const { stdout } = await runFitment(["estimate", "--batch", "b.jsonl"], { files });
    expect(JSON.parse(stdout)).toMatchObject({ scenario: { extras: { loraRank: 16 } } });
  });

  test.each([
    [["--draft", "no-such-model"], 'no model "no-such-model"'],
    [["--draft", "llama-3.2-1b:Q99"], "--draft does not know"],
    [["--lora", "many"], "--lora"],
  ])("%j is refused", async (words, said) => {
    const { exitCode, stderr } = await runFitment(["estimate", "llama-3.1-8b", ...ONE_CARD, ...words]);
    expect(stderr).toContain(said);
    expect(exitCode).toBe(2);
  });
});
