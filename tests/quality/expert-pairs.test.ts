import { expect, test } from "vitest";
import { qualityDifference, type QualityTask } from "#engine/quality.ts";
import { shippedQuality, shippedTask } from "./checks/shipped.ts";

const quality = shippedQuality();

interface Pair {
  readonly task: QualityTask;
  readonly better: string;
  readonly worse: string;
  readonly because: string;
}

/** Pairs on which people who know the models do not differ, chosen before any index was looked at for them. */
const PAIRS: readonly Pair[] = [
  {
    task: "general",
    better: "llama-3-70b",
    worse: "llama-3-8b",
    because: "same makers, data and month, nearly nine times the parameters",
  },
  {
    task: "general",
    better: "gpt-oss-120b",
    worse: "gpt-oss-20b",
    because: "same makers and recipe, six times the parameters",
  },
  {
    task: "chat",
    better: "llama-3.3-70b",
    worse: "llama-3.1-8b",
    because: "two sizes up and one round of tuning later in the same line",
  },
  {
    task: "chat",
    better: "mixtral-8x22b",
    worse: "mixtral-8x7b",
    because: "its makers' own successor at three times the size",
  },
  {
    task: "code",
    better: "deepseek-coder-33b",
    worse: "codellama-34b",
    because: "two trillion tokens, mostly code, and tuned; a Llama 2 with half a trillion of code, untuned",
  },
  {
    task: "code",
    better: "wizardcoder-34b",
    worse: "codellama-34b",
    because: "the same model, tuned to answer requests for code",
  },
  {
    task: "code",
    better: "qwen3-coder-480b-a35b",
    worse: "codellama-70b",
    because: "trained two years later, for software work, by reinforcement on running code",
  },
  {
    task: "mathematics-reasoning",
    better: "deepseek-math-7b",
    worse: "mistral-7b",
    because: "of one size; 120 billion tokens of mathematics and tuned on worked solutions",
  },
  {
    task: "mathematics-reasoning",
    better: "deepseek-r1",
    worse: "deepseek-v3",
    because: "made from it by reinforcement on reasoning",
  },
  {
    task: "multilingual",
    better: "gemma-2-9b",
    worse: "llama-3-8b",
    because: "a vocabulary of 256,000 and data in many languages; the other says English only",
  },
];

test.each(PAIRS)("$task: $better is above $worse ($because)", ({ task, better, worse }) => {
  const { index, low } = qualityDifference(
    shippedTask(quality, better, task),
    shippedTask(quality, worse, task),
  );
  expect(index).toBeGreaterThan(0);
  expect(low).toBeGreaterThan(0); // more than a tie
});
