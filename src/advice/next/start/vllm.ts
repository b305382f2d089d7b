import { abilityOf, generationOfAccelerator } from "#advice/optimise/capability.ts";
import { areAllCards, placedCards, visibleCards, type PlacedCard } from "#advice/next/placed-cards.ts";
import type { StartQuestion } from "#advice/next/question.ts";
import { step } from "#advice/next/step.ts";
import { countText } from "#advice/next/text.ts";
import type { WeightsSource } from "#advice/next/weights-source.ts";
import { evenLayers } from "#engine/placement/pipeline.ts";
import { packingFamily, type QuantizationName } from "#engine/quantization.ts";
import type { Runtime } from "#engine/runtime.ts";
import { checkpoint, type Checkpoint } from "./checkpoint.ts";
import type { Started } from "./started.ts";
import { say } from "#words/say.ts";

/** vLLM's server. Flags as in its documentation, engine arguments (0.14; read 2026-11). */
export function startVllm(question: StartQuestion, runtime: Runtime): Started {
  const cards = placedCards(question.fit, question.machine);
  const weights = checkpoint(question, packsInVllm);
  return {
    steps: [
      weights.obtain,
      step("start", "vLLM", {
        notes: cacheNotes(question),
        commands: [
          {
            program: "vllm",
            words: ["serve", weights.name, ...vllmWords(question, { runtime, weights, cards })],
            environment: {
              ...(areAllCards(cards, question.machine) ? {} : visibleCards(cards)),
              ...stageLayers(question),
            },
          },
        ],
      }),
    ],
    served: { origin: "http://127.0.0.1:8000", modelName: question.model.id, healthPath: "/health" },
  };
}

/** From the makers' weights: FP8 (`--quantization fp8`) and NF4 (bitsandbytes). */
export function packsInVllm(quantization: QuantizationName): boolean {
  return quantization === "FP8" || quantization === "NF4";
}

interface VllmParts {
  readonly runtime: Runtime;
  readonly weights: Checkpoint;
  readonly cards: readonly PlacedCard[];
}

/** Every word after the model's name. */
export function vllmWords(
  question: StartQuestion,
  { runtime, weights, cards }: VllmParts,
): readonly string[] {
  const { model, fit, quantization } = question;
  const { contextLength, keyCacheType, parallelSequenceCount } = fit.scenario;
  const method = quantizationMethod(question, weights.source, cards);
  const fraction = runtime.reserve.kind === "share" ? runtime.reserve.fraction : null;
  return [
    ...["--served-model-name", model.id],
    ...["--max-model-len", `${contextLength}`],
    ...splitWords(question, cards.length),
    ...(fraction === null ? [] : ["--gpu-memory-utilization", `${fraction}`]),
    ...["--kv-cache-dtype", keyCacheType === "fp8" ? "fp8" : "auto"],
    ...["--max-num-seqs", `${parallelSequenceCount}`],
    ...["--max-num-batched-tokens", `${runtime.batchedTokenCount}`],
    ...(method === null ? [] : ["--quantization", method]),
    ...(needsHalf(question, cards) && packingFamily(quantization) !== "fp8" ? ["--dtype", "half"] : []),
    ...["--host", "127.0.0.1", "--port", "8000"],
  ];
}

/** Whole layers on each card, or a shard of every matrix. */
function splitWords({ fit }: StartQuestion, cardCount: number): readonly string[] {
  const isPipeline = fit.placement.kind === "layer-split";
  return [isPipeline ? "--pipeline-parallel-size" : "--tensor-parallel-size", `${cardCount}`];
}

/** Layers of each stage, where they are not those that vLLM takes by itself. */
function stageLayers({ fit }: StartQuestion): Readonly<Record<string, string>> {
  if (fit.placement.kind !== "layer-split") return {};
  const counts = fit.placement.devices.map(({ layerCount }) => layerCount);
  const layerCount = counts.reduce((sum, count) => sum + count, 0);
  const asItComes = evenLayers(layerCount, counts.length).join(",");
  return counts.join(",") === asItComes ? {} : { VLLM_PP_LAYER_PARTITION: counts.join(",") };
}

/**
 * What must be said of how weights are packed. A published packing states its own in `config.json`; the faster Marlin
 * kernels are named where the cards run them (documentation, supported hardware: Ampere and newer).
 */
function quantizationMethod(
  { quantization, cards: database }: StartQuestion,
  source: WeightsSource,
  cards: readonly PlacedCard[],
): string | null {
  const family = packingFamily(quantization);
  if (family === "nf4") return "bitsandbytes";
  if (family === "fp8") return source.kind === "made" ? "fp8" : null;
  if (family !== "awq" && family !== "gptq") return null;
  const generations = cards.map(({ accelerator }) => generationOfAccelerator(accelerator, database));
  const isMarlin = generations.every(
    ({ vendor, computeCapability }) =>
      vendor === "nvidia" && computeCapability !== null && computeCapability >= MARLIN_FROM,
  );
  return isMarlin ? `${family}_marlin` : family;
}

const MARLIN_FROM = 8;

/** Cards before Ampere have no bfloat16, and vLLM does not start with it there. */
function needsHalf({ cards: database }: StartQuestion, cards: readonly PlacedCard[]): boolean {
  return cards.some(
    ({ accelerator }) => abilityOf(generationOfAccelerator(accelerator, database), "bfloat16").can === "no",
  );
}

function cacheNotes({ fit }: StartQuestion): readonly string[] {
  const tokenCount = fit.cacheRoom?.tokenCount ?? null;
  if (tokenCount === null) return [];
  return [
    say(
      'By Fitment\'s reckoning the cache holds about {count} tokens; vLLM says its own figure when it starts ("GPU KV cache size").',
      { count: countText(tokenCount) },
    ),
  ];
}
