import { areAllCards, placedCards, visibleCards } from "#advice/next/placed-cards.ts";
import type { StartQuestion } from "#advice/next/question.ts";
import { step } from "#advice/next/step.ts";
import { packingFamily } from "#engine/quantization.ts";
import type { Runtime } from "#engine/runtime.ts";
import { checkpoint, type Checkpoint } from "./checkpoint.ts";
import type { Started } from "./started.ts";

/** SGLang's server. Flags as in its documentation, server arguments (read 2026-11). */
export function startSglang(question: StartQuestion, runtime: Runtime): Started {
  const cards = placedCards(question.fit, question.machine);
  const weights = checkpoint(question, (quantization) => quantization === "FP8");
  return {
    steps: [
      weights.obtain,
      step("start", "SGLang", {
        commands: [
          {
            program: "python",
            words: [
              "-m",
              "sglang.launch_server",
              ...sglangWords(question, { runtime, weights, cardCount: cards.length }),
            ],
            environment: areAllCards(cards, question.machine) ? {} : visibleCards(cards),
          },
        ],
      }),
    ],
    served: { origin: "http://127.0.0.1:30000", modelName: question.model.id, healthPath: "/health" },
  };
}

interface SglangParts {
  readonly runtime: Runtime;
  readonly weights: Checkpoint;
  readonly cardCount: number;
}

function sglangWords(
  { model, fit, quantization, purpose }: StartQuestion,
  { runtime, weights, cardCount }: SglangParts,
): readonly string[] {
  const { contextLength, keyCacheType, parallelSequenceCount } = fit.scenario;
  const isPackedAtLoad = weights.source.kind === "made";
  return [
    ...["--model-path", weights.name],
    ...["--served-model-name", model.id],
    ...["--context-length", `${contextLength}`],
    ...["--tp-size", `${cardCount}`],
    ...(runtime.reserve.kind === "share" ? ["--mem-fraction-static", `${runtime.reserve.fraction}`] : []),
    ...["--kv-cache-dtype", keyCacheType === "fp8" ? "fp8_e4m3" : "auto"],
    ...["--max-running-requests", `${parallelSequenceCount}`],
    ...["--chunked-prefill-size", `${runtime.batchedTokenCount}`],
    ...(isPackedAtLoad ? ["--quantization", packingFamily(quantization)] : []),
    ...(purpose === "production" ? ["--enable-metrics"] : []),
    ...["--host", "127.0.0.1", "--port", "30000"],
  ];
}
