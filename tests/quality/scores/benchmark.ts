import type { ScoreRow } from "./score-row.ts";

/** Tasks that have an index; their order is that of a model's abilities in the fit. */
export const TASKS = ["general", "chat", "code", "mathematics-reasoning", "multilingual"] as const;

export type Task = (typeof TASKS)[number];

/** Knowledge, common sense and reading: what people mean by a model's general level. */
const GENERAL = new Set(
  (
    "MMLU|MMLU-Pro|MMLU-Redux|HellaSwag|Winogrande|TruthfulQA|ARC-C|ARC-E|TriviaQA|NaturalQuestions|PIQA|BoolQ|" +
    "OpenBookQA|SimpleQA|SuperGPQA|AGIEval|CommonsenseQA|LAMBADA|RACE|DROP|LiveBench Data Analysis|" +
    "LiveBench Language|LiveBench Overall"
  ).split("|"),
);

/** Answers to open requests, and instructions followed. */
const CHAT =
  /^(?:Arena Elo (?:overall|hard prompts|creative writing|multi-turn|instruction following)|IFEval|IFBench|AlpacaEval 2 LC|Arena-Hard v[\d.]+|MT-Bench|WildBench|LiveBench IF|Multi-IF|MultiChallenge|WritingBench|Creative Writing v3|EQ-Bench v2)$/;

/**
 * Averages and slices of what is counted already, the index that is kept as an outside check, and EuroEval's reading:
 * the F1 of extracted answers tells apart who keeps to the format, not who is able (slopes of 0.1, noise of 0.7).
 */
const LEFT_OUT =
  /^(?:ECI|EuroEval \w+ reading-comprehension|EuroEval European mean rank|Arena Elo (?:english|longer query|industry mathematical))$/;

const TASK_OF_COLUMN: Readonly<Record<string, Task>> = {
  general: "general",
  instruction: "chat",
  code: "code",
  math: "mathematics-reasoning",
  reasoning: "mathematics-reasoning",
  multilingual: "multilingual",
};

/** The task a benchmark speaks for; null where it is kept out of the fit. */
export function taskOf({ benchmark, task }: Pick<ScoreRow, "benchmark" | "task">): Task | null {
  if (LEFT_OUT.test(benchmark)) return null;
  if (GENERAL.has(benchmark)) return "general";
  if (CHAT.test(benchmark)) return "chat";
  return TASK_OF_COLUMN[task] ?? null;
}

const LANGUAGE_OF_BENCHMARK: Readonly<Record<string, string>> = {
  "C-Eval": "chinese",
  CMMLU: "chinese",
  KMMLU: "korean",
  HRM8K: "korean",
  JMMLU: "japanese",
  AMMLU: "arabic",
  IndoMMLU: "indonesian",
  TurkishMMLU: "turkish",
};

/** The one language other than English that a benchmark is in; null for a mean over languages. */
export function languageOf({ benchmark, variant }: Pick<ScoreRow, "benchmark" | "variant">): string | null {
  const named = /^(?:EuroEval|Arena Elo) ([a-z]+)(?: |$)/.exec(benchmark)?.[1];
  if (named !== undefined && !["english", "non", "european"].includes(named)) return named;
  if (/^5-shot \w+$/.test(variant) && benchmark.startsWith("Multilingual MMLU"))
    return variant.slice("5-shot ".length).toLowerCase();
  if (variant.startsWith("es translation")) return "spanish";
  return LANGUAGE_OF_BENCHMARK[benchmark] ?? null;
}

/** What guessing scores: choices are four unless the benchmark's paper says otherwise. */
const GUESSED_FRACTION: Readonly<Record<string, number>> = {
  "MMLU-Pro": 0.1,
  "MMLU-ProX": 0.1,
  SuperGPQA: 0.1,
  Winogrande: 0.5,
  PIQA: 0.5,
  BoolQ: 0.5,
  "Global PIQA": 0.5,
  CommonsenseQA: 0.2,
  TruthfulQA: 0.2,
  AGIEval: 0.2,
  BBH: 0.2,
  MuSR: 1 / 3,
  AfriXNLI: 1 / 3,
};
const FOUR_CHOICES =
  /^(?:MMLU|MMLU-Redux|MMLU-STEM|MMMLU|Global-MMLU.*|ARC-[CE]|HellaSwag|OpenBookQA|RACE|GPQA.*|C-Eval|CMMLU|KMMLU|JMMLU|AMMLU|IndoMMLU|TurkishMMLU|okapi MMLU|Multilingual MMLU.*|AfriMMLU|Belebele.*|INCLUDE|EuroEval .*(?:knowledge|common-sense-reasoning))$/;

/** Fraction of right answers that guessing gives. */
export function guessedFraction({ benchmark, variant }: Pick<ScoreRow, "benchmark" | "variant">): number {
  if (/winogrande/i.test(variant)) return 0.5;
  return GUESSED_FRACTION[benchmark] ?? (FOUR_CHOICES.test(benchmark) ? 0.25 : 0);
}

const FAMILIES: readonly (readonly [RegExp, string])[] = [
  [/^EuroEval \w+ (.*)$/, "EuroEval $1"],
  [/^(HumanEval|MBPP)\+$/, "$1"],
  [
    /^(BigCodeBench|SWE-bench|LiveCodeBench|GPQA|MATH|AIME|HMMT|ARC|MultiPL-E|CRUXEval|Arena Elo|Terminal-Bench)\b.*$/,
    "$1",
  ],
  [/^MMLU-Redux$/, "MMLU"],
];

/** Benchmarks of nearly the same questions: a model that does well on one for its own reasons does on the others. */
export function familyOf(benchmark: string): string {
  const family = FAMILIES.find(([pattern]) => pattern.test(benchmark));
  return family === undefined ? benchmark : benchmark.replace(family[0], family[1]);
}
