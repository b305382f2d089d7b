import { parseLlamaBench } from "./llama-bench.ts";
import type { MeasuredRate, ReadRates } from "./measured-rate.ts";
import { parseOllama } from "./ollama.ts";
import { parseVllm } from "./vllm.ts";

/** Reads the rates out of what llama-bench, `ollama run --verbose` or vLLM's log printed, whichever it is. */
export function readRates(output: string): ReadRates {
  const rates = parserFor(output)(output);
  if (rates.length > 0) return { kind: "ok", rates };
  return {
    kind: "failed",
    message: `no rate was found in it; it should be the output of llama-bench, of "ollama run --verbose", or vLLM's log`,
  };
}

function parserFor(output: string): (text: string) => readonly MeasuredRate[] {
  if (/^\s*(?:prompt )?eval rate:/m.test(output)) return parseOllama;
  if (output.includes("Avg generation throughput:")) return parseVllm;
  return parseLlamaBench;
}
