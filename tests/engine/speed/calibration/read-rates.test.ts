import { describe, expect, test } from "vitest";
import type { MeasuredRate } from "#engine/speed/calibration/measured-rate.ts";
import { readRates } from "#engine/speed/calibration/read-rates.ts";

function rates(output: string): readonly MeasuredRate[] {
  const read = readRates(output);
  if (read.kind === "failed") throw new Error(read.message);
  return read.rates;
}

const BENCH = { program: "llama-bench" } as const;

describe("llama-bench", () => {
  const LLAMA = { ...BENCH, model: "llama 8B", quantization: "Q4_K_M", backend: "CUDA" };

  test("the table, with a depth and columns of other options", () => {
    const output = `
ggml_cuda_init: found 1 CUDA devices:
| model                          |       size |     params | backend    | ngl | fa |            test |                  t/s |
| ------------------------------ | ---------: | ---------: | ---------- | --: | -: | --------------: | -------------------: |
| llama 8B Q4_K - Medium         |   4.58 GiB |     8.03 B | CUDA       |  99 |  1 |           pp512 |      4000.25 ± 12.02 |
| llama 8B Q4_K - Medium         |   4.58 GiB |     8.03 B | CUDA       |  99 |  1 |           tg128 |        120.50 ± 0.05 |
| llama 8B Q4_K - Medium         |   4.58 GiB |     8.03 B | CUDA       |  99 |  1 |   tg32 @ d16384 |         80.75 ± 0.10 |
| llama 8B Q4_K - Medium         |   4.58 GiB |     8.03 B | CUDA       |  99 |  1 |     pp512+tg128 |        500.00 ± 1.00 |

build: 0123abcd (9187)
`;
    expect(rates(output)).toEqual([
      { ...LLAMA, test: "prefill", tokensPerSecond: 4000.25, depth: 0, tokenCount: 512 },
      { ...LLAMA, test: "decode", tokensPerSecond: 120.5, depth: 0, tokenCount: 128 },
      { ...LLAMA, test: "decode", tokensPerSecond: 80.75, depth: 16_384, tokenCount: 32 },
    ]);
  });

  test.each([
    ["gpt-oss 20B MXFP4 MoE", "gpt-oss 20B", "MXFP4_MOE"],
    ["qwen3moe 30B.A3B Q4_K - Medium", "qwen3moe 30B.A3B", "Q4_K_M"],
    ["llama 7B IQ4_XS - 4.25 bpw", "llama 7B", "IQ4_XS"],
    ["llama 7B mostly Q4_0", "llama 7B", "Q4_0"],
    ["gemma3 4B BF16", "gemma3 4B", "BF16"],
    ["a model without a packing", "a model without a packing", null],
  ])("%s is %s in %s", (words, model, quantization) => {
    const output = `| model | backend | test | t/s |\n| --- | --- | --- | --- |\n| ${words} | Metal | tg128 | 50.0 ± 0.1 |`;
    expect(rates(output)).toEqual([
      {
        ...BENCH,
        model,
        quantization,
        backend: "Metal",
        test: "decode",
        tokensPerSecond: 50,
        depth: 0,
        tokenCount: 128,
      },
    ]);
  });

  test("CSV, with quoted fields", () => {
    const output = [
      "build_commit,cpu_info,backends,model_type,n_prompt,n_gen,n_depth,avg_ts",
      '"0123abcd","AMD Ryzen, 16 cores","CUDA","llama 8B Q4_K - Medium","512","0","0","4000.25"',
      '"0123abcd","AMD Ryzen, 16 cores","CUDA","llama 8B Q4_K - Medium","0","128","4096","110.5"',
      '"0123abcd","AMD Ryzen, 16 cores","CUDA","llama 8B Q4_K - Medium","512","128","0","500.0"',
    ].join("\n");
    expect(rates(output)).toEqual([
      { ...LLAMA, test: "prefill", tokensPerSecond: 4000.25, depth: 0, tokenCount: 512 },
      { ...LLAMA, test: "decode", tokensPerSecond: 110.5, depth: 4096, tokenCount: 128 },
    ]);
  });

  test.each([
    ["JSON", (records: readonly object[]) => JSON.stringify(records, null, 2)],
    [
      "JSON lines",
      (records: readonly object[]) => records.map((record) => JSON.stringify(record)).join("\n"),
    ],
  ])("%s", (_format, written) => {
    const record = { model_type: "llama 8B Q4_K - Medium", backends: "CUDA", n_depth: 0, samples_ns: [1, 2] };
    const output = written([
      { ...record, n_prompt: 512, n_gen: 0, avg_ts: 4000.25 },
      { ...record, n_prompt: 0, n_gen: 128, avg_ts: 120.5 },
    ]);
    expect(rates(output)).toEqual([
      { ...LLAMA, test: "prefill", tokensPerSecond: 4000.25, depth: 0, tokenCount: 512 },
      { ...LLAMA, test: "decode", tokensPerSecond: 120.5, depth: 0, tokenCount: 128 },
    ]);
  });
});

describe("ollama run --verbose", () => {
  const answer = (promptCount: number, promptRate: number, rate: number): string => `
total duration:       5.211s
load duration:        41.8ms
prompt eval count:    ${promptCount} token(s)
prompt eval duration: 130ms
prompt eval rate:     ${promptRate} tokens/s
eval count:           259 token(s)
eval duration:        4.2s
eval rate:            ${rate} tokens/s
`;
  const OLLAMA = { program: "ollama", backend: null } as const;

  test("an answer to a long prompt: both rates; the answer's depth is the prompt", () => {
    const of = { ...OLLAMA, model: "qwen3:8b-q4_K_M", quantization: "Q4_K_M" };
    expect(rates(`$ ollama run --verbose qwen3:8b-q4_K_M\n>>> hello\n${answer(2000, 1500.5, 61.2)}`)).toEqual(
      [
        { ...of, test: "prefill", tokensPerSecond: 1500.5, depth: 0, tokenCount: 2000 },
        { ...of, test: "decode", tokensPerSecond: 61.2, depth: 2000, tokenCount: 259 },
      ],
    );
  });

  test("a short prompt says nothing of prompts; without the command the model is not known", () => {
    const of = { ...OLLAMA, model: null, quantization: null };
    expect(rates(answer(26, 200, 61.2) + answer(40, 300, 60.8))).toEqual([
      { ...of, test: "decode", tokensPerSecond: 61.2, depth: 26, tokenCount: 259 },
      { ...of, test: "decode", tokensPerSecond: 60.8, depth: 40, tokenCount: 259 },
    ]);
  });
});

describe("vLLM's log", () => {
  const line = (rate: number, running: number): string =>
    `INFO 09-02 13:08:10 [loggers.py:123] Engine 000: Avg prompt throughput: 0.0 tokens/s, Avg generation throughput: ${rate} tokens/s, Running: ${running} reqs, Waiting: 0 reqs, GPU KV cache usage: 3.5%, Prefix cache hit rate: 0.0%`;

  test("the middle of the lines within one request alone; the first and last hold idle time", () => {
    const output = [
      "INFO Initializing a V1 LLM engine with config: model='org/some-model', tokenizer='org/some-model'",
      line(12.1, 1),
      line(53.4, 1),
      line(53, 1),
      line(52.6, 1),
      line(20.3, 0),
    ].join("\n");
    expect(rates(output)).toEqual([
      {
        program: "vllm",
        test: "decode",
        tokensPerSecond: 53,
        model: "org/some-model",
        quantization: null,
        backend: null,
        depth: null,
        tokenCount: null,
      },
    ]);
  });

  test("several requests share a rate, which then is nobody's", () => {
    expect(readRates([line(200, 4), line(210, 4), line(205, 4)].join("\n")).kind).toBe("failed");
  });
});

describe("anything else", () => {
  test.each(["", "no rate here", "| a | table |\n| --- | --- |\n| of | words |", "{ broken json"])(
    "%j",
    (output) => {
      expect(readRates(output)).toEqual({
        kind: "failed",
        message: expect.stringContaining("no rate was found") as string,
      });
    },
  );
});
