import { guessedFraction } from "../scores/benchmark.ts";
import { logit } from "../scores/logit.ts";
import type { LossRow } from "./loss-row.ts";

/** What one row says of a loss, in index points. */
export type Evidence =
  /** Right answers counted: may come out above the 16-bit model by chance. */
  | {
      readonly kind: "accuracy";
      readonly points: number;
      readonly deviation: number;
      readonly task: LossTask;
    }
  /** The output distribution compared: never below nothing, and far finer. */
  | { readonly kind: "divergence"; readonly logPoints: number; readonly deviation: number };

/** What the points are from is knowledge; the others are told apart because they lose more or less. */
export const LOSS_TASKS = ["knowledge", "mathematics-reasoning", "code", "chat"] as const;

export type LossTask = (typeof LOSS_TASKS)[number];

/**
 * Index points per unit of mean KL divergence: Meta-Llama-3-8B has both for 22 packings (llama.cpp's perplexity
 * README; MMLU of the Instruct version in matt-c1/llama-3-quant-comparison), median 14.2, from 9.6 to 17.2.
 */
const POINTS_PER_DIVERGENCE = 14.2;
/** Spread of that ratio, as a factor e^0.25. */
const DIVERGENCE_DEVIATION = 0.25;
/** Log of the perplexity ratio is near the divergence for packed weights (same README), but moves more by chance. */
const PERPLEXITY_DEVIATION = 0.6;
/** Below this the ratio of two perplexities is chance. */
const LEAST_LOG_RATIO = 0.004;

/** Share of questions that a packed model answers otherwise than the 16-bit one, right or wrong. */
const DISAGREEMENT = 0.08;

const QUESTIONS: readonly (readonly [RegExp, number])[] = [
  [/^MMLU-Pro/, 12_032],
  [/^MMLU/, 14_042],
  [/^C-Eval/, 1_346],
  [/^CMMLU/, 11_582],
  [/^GSM8K/, 1_319],
  [/^MATH-500/, 500],
  [/^GPQA diamond/, 198],
  [/^IFEval/, 541],
  [/^HumanEval/, 164],
  [/^Aider/, 133],
  [/^mean of \d+ tasks/, 10_000],
];

/** What a row says; null where it says nothing of a loss or cannot be put in points. */
export function evidenceOf(row: LossRow): Evidence | null {
  if (row.metric === "mean KLD") return divergence(row.value, DIVERGENCE_DEVIATION);
  if (/^PPL(?! .*increase)/.test(row.metric)) return perplexity(row);
  const questions = QUESTIONS.find(([pattern]) => pattern.test(row.metric))?.[1];
  if (questions === undefined || !row.metric.endsWith("%") || row.changePercent === null) return null;
  return accuracy(row, row.changePercent, questions);
}

function divergence(value: number, deviation: number): Evidence | null {
  return value <= 0
    ? null
    : { kind: "divergence", logPoints: Math.log(POINTS_PER_DIVERGENCE * value), deviation };
}

function perplexity({ changePercent }: LossRow): Evidence | null {
  if (changePercent === null) return null;
  const logRatio = Math.log(1 + changePercent / 100);
  return logRatio < LEAST_LOG_RATIO ? null : divergence(logRatio, PERPLEXITY_DEVIATION);
}

function accuracy(row: LossRow, changePercent: number, questions: number): Evidence | null {
  const benchmark = row.metric.replace(/ (?:\d-shot |val |strict |pass@\d )?.*%$/, "");
  const guessed = guessedFraction({ benchmark, variant: "" });
  const above = (fraction: number) => (fraction - guessed) / (1 - guessed);
  const packed = above(row.value / 100);
  const whole = above(row.value / 100 / (1 + changePercent / 100));
  if (whole < 0.1 || whole > 0.98) return null; // the 16-bit model is near guessing or near the top: nothing to lose
  const slope = 1 / ((1 - guessed) * whole * (1 - whole));
  return {
    kind: "accuracy",
    points: 10 * (logit(whole) - logit(packed)),
    deviation: 10 * slope * Math.sqrt(DISAGREEMENT / questions),
    task: taskOf(row.metric),
  };
}

function taskOf(metric: string): LossTask {
  if (/^(?:GSM8K|MATH|GPQA)/.test(metric)) return "mathematics-reasoning";
  if (/^(?:HumanEval|Aider)/.test(metric)) return "code";
  return metric.startsWith("IFEval") ? "chat" : "knowledge";
}
