import type { Fit } from "#engine/fit.ts";
import { formatContext, formatMemory } from "./format.ts";
import { verdictDetail } from "./verdict-text.ts";
import { say } from "#words/say.ts";

/** The verdict on one packing that somebody chose, as a sentence: whether a finer one fits as well is not its matter. */
export function buildDetail(fit: Fit): string {
  const sentence = buildSentence(fit);
  if (sentence === null) return verdictDetail(fit);
  return `${sentence} ${say("Context: {context}.", { context: formatContext(fit.verdict.contextLength) })}`;
}

/** Null where the words for a model's best packing are those for any. */
function buildSentence({ verdict }: Fit): string | null {
  switch (verdict.kind) {
    case "needs-quantization":
      return verdict.memoryKind === "system"
        ? say("At {quantization} it fits in RAM and runs on the processor.", {
            quantization: verdict.quantization,
          })
        : say("At {quantization} it fits on one accelerator, {device}.", {
            quantization: verdict.quantization,
            device: verdict.deviceName,
          });
    case "too-large":
      return say(
        "At {quantization} it needs {memory} more than this machine can give it, and 8 cards would not hold it either.",
        { quantization: verdict.quantization, memory: formatMemory(verdict.shortfallBytes) },
      );
    case "fits":
    case "needs-multiple-gpus":
    case "runs-with-offload":
    case "unknown":
      return null;
  }
}
