import type { MeasuredRate } from "./measured-rate.ts";

/**
 * The rate in vLLM's log ("Avg generation throughput: 53.1 tokens/s, Running: 1 reqs"). Each line is the mean of ten
 * seconds; the first and last of an answer hold idle time, and several requests share a rate, so that only lines
 * between two others of one running request count, and of those the middle one.
 */
export function parseVllm(output: string): readonly MeasuredRate[] {
  const windows = [...output.matchAll(WINDOW)].map(([, rate = "", running = ""]) => ({
    tokensPerSecond: Number(rate),
    isAlone: running === "1",
  }));
  const inner = windows.filter(
    ({ isAlone, tokensPerSecond }, index) =>
      isAlone &&
      tokensPerSecond > 0 &&
      windows[index - 1]?.isAlone === true &&
      windows[index + 1] !== undefined,
  );
  const middle = [...inner].sort((one, other) => one.tokensPerSecond - other.tokensPerSecond)[
    Math.floor(inner.length / 2)
  ];
  if (middle === undefined) return [];
  return [
    {
      test: "decode",
      tokensPerSecond: middle.tokensPerSecond,
      model: /\bmodel='([^']+)'/.exec(output)?.[1] ?? null,
      quantization: null,
      backend: null,
      depth: null,
      tokenCount: null,
      program: "vllm",
    },
  ];
}

const WINDOW = /Avg generation throughput: ([\d.]+) tokens\/s, Running: (\d+) reqs/g;
