import type { MeasuredRate } from "./measured-rate.ts";

/**
 * Rates that `ollama run --verbose` prints under each answer ("eval rate: 61.19 tokens/s"). The model is on the command
 * line, so it is known only where that was copied too. An answer's depth is its prompt.
 */
export function parseOllama(output: string): readonly MeasuredRate[] {
  const model = /ollama run\s+(?:--?\S+\s+)*([\w.:/-]+)/.exec(output)?.[1] ?? null;
  const answers = output.split(/^(?=\s*total duration:)/m);
  return answers.flatMap((answer) => ratesOfAnswer(answer, model));
}

function ratesOfAnswer(answer: string, model: string | null): readonly MeasuredRate[] {
  const promptCount = numberAfter(answer, "prompt eval count");
  const common = { ...modelTag(model), backend: null, program: "ollama" } as const;
  const prefill = numberAfter(answer, "prompt eval rate");
  const decode = numberAfter(answer, "eval rate");
  return [
    ...(isMeaningful(prefill, promptCount)
      ? [{ ...common, test: "prefill", tokensPerSecond: prefill, depth: 0, tokenCount: promptCount } as const]
      : []),
    ...(decode !== null && decode > 0
      ? [
          {
            ...common,
            test: "decode",
            tokensPerSecond: decode,
            depth: promptCount,
            tokenCount: numberAfter(answer, "eval count"),
          } as const,
        ]
      : []),
  ];
}

/** A prompt of a few tokens is over before a rate can be told; a cached one was not processed. */
const SHORTEST_PROMPT = 128;

function isMeaningful(rate: number | null, promptCount: number | null): rate is number {
  return rate !== null && rate > 0 && promptCount !== null && promptCount >= SHORTEST_PROMPT;
}

/** "qwen3:8b-q4_K_M"; a tag without a packing is Q4_K_M for most, but not for all, so it is not guessed. */
function modelTag(model: string | null): Pick<MeasuredRate, "model" | "quantization"> {
  const packing = /-((?:i?q\d|f16|bf16|fp16|mxfp4)[\w]*)$/i.exec(model ?? "")?.[1];
  return { model, quantization: packing?.toUpperCase() ?? null };
}

function numberAfter(answer: string, name: string): number | null {
  const match = new RegExp(`^\\s*${name}:\\s*([\\d.]+)`, "m").exec(answer);
  return match === null ? null : Number(match[1]);
}
