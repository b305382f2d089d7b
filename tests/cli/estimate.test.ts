import { describe, expect, test } from "vitest";
import { runFitment } from "./terminal.ts";

const RTX_4090 = ["--gpu", "RTX 4090", "--ram", "64GiB"];

test("llama-3-8b at 8192 tokens: the KV cache is 2 × 32 layers × 8 heads × 128 × 8192 × 2 bytes", async () => {
  const { stdout } = await runFitment(["estimate", "llama-3-8b", "--context", "8192", ...RTX_4090, "--json"]);
  expect(JSON.parse(stdout)).toMatchObject({
    schemaVersion: 1,
    model: "llama-3-8b",
    scenario: { contextLength: 8192, keyCacheType: "f16" },
    verdict: { kind: "fits", contextLength: 8192, quantization: "BF16" },
    quantization: "BF16",
    memory: { kvCacheBytes: 1_073_741_824, recurrentStateBytes: 0 },
    placement: {
      kind: "single",
      devices: [{ memoryKind: "dedicated", layerCount: 32 }, { memoryKind: "system" }],
    },
  });
});

test.each([
  ["llama-3-8b", "llama-3-8b"],
  ["Llama-3-8B", "llama-3-8b"],
  ["meta-llama/Meta-Llama-3-8B-Instruct", "llama-3-8b"],
  ["Meta-Llama-3-8B-Instruct", "llama-3-8b"],
])("%s is %s", async (text, id) => {
  const { stdout } = await runFitment(["estimate", text, "--json"]);
  expect(JSON.parse(stdout)).toMatchObject({ model: id });
});

test("with a quantization named, memory is for that one and the verdict stays the model's", async () => {
  const { stdout } = await runFitment([
    "estimate",
    "llama-3-8b",
    "--quantization",
    "q4_k_m",
    ...RTX_4090,
    "--json",
  ]);
  expect(JSON.parse(stdout)).toMatchObject({
    verdict: { kind: "fits", quantization: "BF16" },
    quantization: "Q4_K_M",
  });
});

test("the parts add up, in JSON and on each device", async () => {
  const { stdout } = await runFitment(["estimate", "mixtral-8x7b", ...RTX_4090, "--json"]);
  const { memory, placement } = JSON.parse(stdout) as {
    memory: Record<string, number>;
    placement: { devices: { usedBytes: number; capacityBytes: number; parts: Record<string, number> }[] };
  };
  const { totalBytes = 0, ...parts } = memory;
  const sum = (values: Record<string, number>): number =>
    Object.values(values).reduce((one, other) => one + other, 0);
  expect(sum(parts)).toBe(totalBytes);
  for (const device of placement.devices) {
    expect(sum(device.parts)).toBe(device.usedBytes);
    expect(device.usedBytes).toBeLessThanOrEqual(device.capacityBytes);
  }
});

test("the text says verdict, context, parts and room", async () => {
  const { stdout } = await runFitment(["estimate", "yi-34b", ...RTX_4090]);
  expect(stdout).toContain("needs quantization");
  expect(stdout).toContain("Context: 8,192 tokens.");
  for (const label of ["Weights", "KV cache", "Compute buffer", "Runtime overhead", "Room left"]) {
    expect(stdout).toContain(label);
  }
});

test("what is to be known of the machine is said below the verdict", async () => {
  const { stdout } = await runFitment(["estimate", "yi-34b", "--gpu", "Radeon 780M", "--ram", "64GiB"]);
  expect(stdout).toContain("AMD Radeon 780M: shares 32 GiB of the computer's 64 GiB of RAM.");
});

describe("a batch answers one line for each question, in order", () => {
  const questions = [
    {
      model: "llama-3-8b",
      quantization: "Q4_K_M",
      context: 8192,
      kvType: "q8_0",
      gpus: ["RTX 4090"],
      ramGiB: 64,
    },
    "not json",
    { model: "no-such-model" },
    { context: 4096 },
    { model: "llama-2-70b", gpus: ["2x RTX 3090"], ramGiB: 64, runtime: "llama.cpp", speculation: true },
    { model: "llama-3-8b", context: "8192" },
    { model: "llama-3-8b", gpus: ["RTX 9999"], ramGiB: 64 },
    {
      model: "llama-3-8b",
      gpus: [],
      ramGiB: 32,
      flashAttention: false,
      ubatch: 1024,
      parallel: 2,
      quantization: null,
    },
  ];
  const file = questions
    .map((question) => (typeof question === "string" ? question : JSON.stringify(question)))
    .join("\n");

  test("a bad line answers an error and does not stop the rest", async () => {
    const { exitCode, stdout, detectionCount } = await runFitment(["estimate", "--batch", "q.jsonl"], {
      files: { "q.jsonl": `\uFEFF${file}\n\n` },
    });
    expect({ exitCode, detectionCount }).toEqual({ exitCode: 0, detectionCount: 0 });
    const answers = stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as unknown);
    const error = (said: string): object => ({ error: expect.stringContaining(said) as unknown });
    expect(answers).toMatchObject([
      {
        model: "llama-3-8b",
        quantization: "Q4_K_M",
        scenario: { keyCacheType: "q8_0", valueCacheType: "q8_0" },
      },
      error("not JSON"),
      error('no model "no-such-model"'),
      error("model:"),
      {
        verdict: { kind: "needs-multiple-gpus", here: true },
        ignored: expect.arrayContaining(["speculation"]) as unknown,
      },
      error("context:"),
      error("RTX 9999"),
      {
        placement: { kind: "cpu" },
        scenario: { flashAttention: false, microBatchSize: 1024, parallelSequenceCount: 2 },
      },
    ]);
  });

  test.each([
    ['{"model":5}', "model: expected a text, not 5."],
    ["{}", "model: missing; expected a text."],
    ['{"model":""}', 'model: expected a text that is not empty, not "".'],
    ["[]", "The line: expected named fields in braces, not a list."],
    ['{"model":"llama-3-8b","context":"8k"}', 'context: expected a number, not "8k".'],
    ['{"model":"llama-3-8b","context":1.5}', "context: expected a whole number, not 1.5."],
    ['{"model":"llama-3-8b","context":0}', "context: expected at least 1, not 0."],
    ['{"model":"llama-3-8b","parallel":1000}', "parallel: expected at most 256, not 1000."],
    ['{"model":"llama-3-8b","ramGiB":-1}', "ramGiB: expected more than 0, not -1."],
    [
      '{"model":"llama-3-8b","gpus":[1]}',
      "gpus: expected a text or a list in which each is a text, not a list.",
    ],
    ['{"model":"llama-3-8b","flashAttention":3}', "flashAttention: expected true or false or a text, not 3."],
  ])("%s is wrong in plain words", async (line, said) => {
    const { stdout } = await runFitment(["estimate", "--batch", "q.jsonl"], { files: { "q.jsonl": line } });
    expect(JSON.parse(stdout)).toEqual({ error: said });
  });

  test("a line that names no machine is about the one the command line asks for", async () => {
    const files = { "q.jsonl": '{"model":"llama-3-8b"}\n{"model":"yi-34b"}' };
    const { stdout, detectionCount } = await runFitment(["estimate", "--batch", "q.jsonl"], {
      files,
      machine: "rtx-4090",
    });
    expect(stdout).toContain("NVIDIA GeForce RTX 4090");
    expect(detectionCount).toBe(1);
  });

  test("a line that names no quantization is about the one the command line names", async () => {
    const files = { "q.jsonl": '{"model":"llama-3-8b"}\n{"model":"llama-3-8b","quantization":"Q8_0"}' };
    const words = ["estimate", "--batch", "q.jsonl", "--quantization", "Q4_K_M"];
    const { stdout } = await runFitment(words, { files, machine: "rtx-4090" });
    const answers = stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as unknown);
    expect(answers).toMatchObject([{ quantization: "Q4_K_M" }, { quantization: "Q8_0" }]);
  });
});

test.each(["estimate", "plan"])(
  "%s is readable at 80 columns: sentences end between words",
  async (command) => {
    const words = [command, "llama-3-70b", ...RTX_4090];
    const { stdout } = await runFitment(words, { surroundings: { columns: 80 } });
    const sentences = stdout.split("\n").filter((line) => !line.startsWith(" "));
    expect(sentences.filter((line) => line.length > 80)).toEqual([]);
    expect(stdout.replaceAll("\n", " ")).toContain("GPU memory alone does not hold it. At Q4_K_M, 37 layers");
  },
);
