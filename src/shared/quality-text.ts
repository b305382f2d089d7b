import {
  type AnswerMode,
  qualitiesOf,
  type Quality,
  type QualityBenchmark,
  type QualityEstimate,
  QUALITY_TASKS,
  type QualityTask,
  type TaskQuality,
} from "#engine/quality.ts";

/** What a task is called on screen. */
export const TASK_LABELS: Record<QualityTask, string> = {
  general: "General",
  chat: "Chat",
  code: "Code",
  "mathematics-reasoning": "Mathematics and reasoning",
  multilingual: "Multilingual",
};

const MODE_LABELS: Record<AnswerMode, string> = {
  only: "",
  thinking: ", thinking",
  "non-thinking": ", without thinking",
  "thinking-max": ", thinking longest",
};

/** What the numbers mean, in a line beside them. */
export const QUALITY_SCALE_TEXT =
  "Index points: Llama 3.1 8B Instruct is 50 in every task, and ten points more mean 73 right answers in 100 where it has even odds. In brackets the 80 % interval.";

/** Said where no score is known; nothing is guessed from size or name. */
export const NO_EVIDENCE_TEXT = "no evidence";

/** One model at one task in one way of answering. */
export interface TaskQualityLine {
  readonly key: string;
  readonly label: string;
  /** Null where nobody published a score that may be passed on. */
  readonly estimate: TaskQuality | null;
  /** "58 (55 to 61)", or that there is no evidence. */
  readonly text: string;
  /** What it rests on: "measured: 12 scores, 2024-05 to 2025-08"; null without evidence. */
  readonly evidence: string | null;
  readonly languages: readonly LanguageLine[];
  readonly scores: readonly ScoreLine[];
}

export interface LanguageLine {
  readonly language: string;
  readonly text: string;
}

/** One published score. */
export interface ScoreLine {
  readonly benchmark: QualityBenchmark;
  readonly score: number;
  /** "MMLU-Pro, 5 shots: 45.3 %". */
  readonly text: string;
  /** Who ran it, of what kind, when. */
  readonly origin: string;
}

/** Every task in turn, each way of answering a line of its own; a task without a score says so. */
export function qualityLines(quality: Quality, modelId: string): readonly TaskQualityLine[] {
  const benchmarks = new Map(quality.benchmarks.map((benchmark) => [benchmark.id, benchmark]));
  return QUALITY_TASKS.flatMap((task) => {
    const known = qualitiesOf(quality, modelId, task);
    return known.length === 0 ? [noEvidence(task)] : known.map((entry) => knownLine(entry, benchmarks));
  });
}

/** "58 (55 to 61)". */
export function qualityText({ index, low, high }: QualityEstimate): string {
  return `${index.toFixed(0)} (${low.toFixed(0)} to ${high.toFixed(0)})`;
}

function noEvidence(task: QualityTask): TaskQualityLine {
  return {
    key: task,
    label: TASK_LABELS[task],
    estimate: null,
    text: NO_EVIDENCE_TEXT,
    evidence: null,
    languages: [],
    scores: [],
  };
}

function knownLine(entry: TaskQuality, benchmarks: ReadonlyMap<string, QualityBenchmark>): TaskQualityLine {
  const scores = Object.entries(entry.scores).flatMap(([id, score]) => {
    const benchmark = benchmarks.get(id);
    return benchmark === undefined ? [] : [scoreLine(benchmark, score)];
  });
  return {
    key: `${entry.task} ${entry.mode}`,
    label: `${TASK_LABELS[entry.task]}${MODE_LABELS[entry.mode]}`,
    estimate: entry,
    text: qualityText(entry),
    evidence: evidenceText(entry, scores),
    languages: Object.entries(entry.languages).map(([language, estimate]) => ({
      language: `${language.charAt(0).toUpperCase()}${language.slice(1)}`,
      text: qualityText(estimate),
    })),
    scores,
  };
}

function scoreLine(benchmark: QualityBenchmark, score: number): ScoreLine {
  const protocol = benchmark.protocol === "" ? "" : `, ${benchmark.protocol}`;
  return {
    benchmark,
    score,
    text: `${benchmark.name}${protocol}: ${scoreText(score, benchmark.unit)}`,
    origin: [
      benchmark.operator,
      benchmark.kind === "independent" ? "independent" : "maker's table or paper",
      datesText([benchmark]) ?? "no date stated",
    ].join(", "),
  };
}

/** "45.3 %", "61 % win", "7.8 of 10": the unit as the board writes it. */
function scoreText(score: number, unit: string): string {
  const outOf = /^score \/(\d+)$/.exec(unit)?.[1];
  if (outOf !== undefined) return `${score} of ${outOf}`;
  const range = /^score (-?\d+)\.\.(-?\d+)$/.exec(unit);
  return range === null ? `${score} ${unit}` : `${score} on ${range[1]} to ${range[2]}`;
}

function evidenceText({ evidence }: TaskQuality, scores: readonly ScoreLine[]): string {
  const count = scores.length === 1 ? "one score" : `${scores.length} scores`;
  const dates = datesText(scores.map(({ benchmark }) => benchmark));
  return `${evidence}: ${count}${dates === null ? "" : `, ${dates}`}`;
}

/** From the first to the last date stated; null where none is. */
function datesText(benchmarks: readonly Pick<QualityBenchmark, "firstDate" | "lastDate">[]): string | null {
  const dates = benchmarks.flatMap(({ firstDate, lastDate }) =>
    [firstDate, lastDate].filter((date) => date !== null),
  );
  const [first] = dates.sort();
  const last = dates.at(-1);
  if (first === undefined || last === undefined) return null;
  return first === last ? first : `${first} to ${last}`;
}
