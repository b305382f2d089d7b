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
import { hasEvidence, scoredQuality, unscoredLanguages, type OptionQuality } from "#advice/option.ts";
import { toldText } from "./english/told-text.ts";
import { languageName } from "./language-name.ts";
import { andText, commaText } from "#words/lists.ts";
import { fixedText, numberText } from "#words/numbers.ts";
import { say } from "#words/say.ts";

/** What a task is called on screen. */
function taskLabel(task: QualityTask): string {
  switch (task) {
    case "general":
      return say("General");
    case "chat":
      return say("Chat");
    case "code":
      return say("Code");
    case "mathematics-reasoning":
      return say("Mathematics and reasoning");
    case "multilingual":
      return say("Multilingual");
  }
}

function labelInMode(task: string, mode: AnswerMode): string {
  switch (mode) {
    case "only":
      return task;
    case "thinking":
      return say("{task}, thinking", { task });
    case "non-thinking":
      return say("{task}, without thinking", { task });
    case "thinking-max":
      return say("{task}, thinking longest", { task });
  }
}

/** What the numbers mean, in a line beside them. */
export function qualityScaleText(): string {
  return say(
    "Index points: Llama 3.1 8B Instruct is 50 in every task. Where it answers 50 of 100 questions right, a model with ten points more answers about 73. In brackets the 80 % interval.",
  );
}

/** Said where no score is known; nothing is guessed from size or name. */
export function noEvidenceText(): string {
  return say("no evidence");
}

/** What the quality that a question asks for is called: with the languages, where it asks for some. */
export function askedQualityLabel(languages: readonly string[]): string {
  return languages.length === 0
    ? say("Quality")
    : say("Quality, with {languages}", { languages: andText(languages.map(languageName)) });
}

/** "58 (55 to 61)" as list, card and report have it, or that there is no evidence, and for which language there is none. */
export function askedQualityText(quality: OptionQuality): string {
  const known = scoredQuality(quality);
  if (known !== null) return qualityText(known);
  const languages = quality.loss === null || !hasEvidence({ quality }) ? [] : unscoredLanguages(quality);
  return languages.length === 0
    ? noEvidenceText()
    : say("no evidence for {language}", { language: andText(languages.map(languageName)) });
}

/** A model in one language that a question asks for, each way of answering a line; without a score one that says so. */
export function languageQualityLines(
  quality: Quality,
  modelId: string,
  language: string,
): readonly Pick<TaskQualityLine, "key" | "label" | "estimate" | "text">[] {
  const label = languageName(language);
  const lines = qualitiesOf(quality, modelId, "multilingual").flatMap(({ languages, mode }) => {
    const estimate = languages[language];
    const key = `${language} ${mode}`;
    return estimate === undefined
      ? []
      : [{ key, label: labelInMode(label, mode), estimate, text: qualityText(estimate) }];
  });
  return lines.length > 0 ? lines : [{ key: language, label, estimate: null, text: noEvidenceText() }];
}

/** One model at one task in one way of answering. */
export interface TaskQualityLine {
  readonly key: string;
  readonly label: string;
  /** Null where nobody published a score that may be passed on. */
  readonly estimate: QualityEstimate | null;
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
  return say("{index} ({low} to {high})", {
    index: fixedText(index, 0),
    low: fixedText(low, 0),
    high: fixedText(high, 0),
  });
}

function noEvidence(task: QualityTask): TaskQualityLine {
  return {
    key: task,
    label: taskLabel(task),
    estimate: null,
    text: noEvidenceText(),
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
    label: labelInMode(taskLabel(entry.task), entry.mode),
    estimate: entry,
    text: qualityText(entry),
    evidence: evidenceText(entry, scores),
    languages: Object.entries(entry.languages).map(([language, estimate]) => ({
      language: languageName(language),
      text: qualityText(estimate),
    })),
    scores,
  };
}

function scoreLine(benchmark: QualityBenchmark, score: number): ScoreLine {
  const { name, protocol } = benchmark;
  return {
    benchmark,
    score,
    text: say("{name}: {text}", {
      name: protocol === "" ? name : commaText([name, ...protocol.split(", ").map(toldText)]),
      text: scoreText(score, benchmark.unit),
    }),
    origin: commaText([
      toldText(benchmark.operator),
      benchmark.kind === "independent" ? say("independent") : say("maker's table or paper"),
      datesText([benchmark]) ?? say("no date stated"),
    ]),
  };
}

/** "45.3 %", "61 % win", "7.8 of 10": the unit as the board writes it. */
function scoreText(score: number, unit: string): string {
  const outOf = /^score \/(\d+)$/.exec(unit)?.[1];
  const value = numberText(score, { maximumFractionDigits: 10, useGrouping: false });
  if (outOf !== undefined) return say("{score} of {most}", { score: value, most: outOf });
  const [, low, high] = /^score (-?\d+)\.\.(-?\d+)$/.exec(unit) ?? [];
  if (low === undefined || high === undefined) return `${value} ${unit}`;
  return say("{score} on {low} to {high}", { score: value, low, high });
}

function evidenceText({ evidence }: TaskQuality, scores: readonly ScoreLine[]): string {
  const count = say("{count, plural, one {one score} other {# scores}}", { count: scores.length });
  const dates = datesText(scores.map(({ benchmark }) => benchmark));
  return say("{name}: {text}", {
    name: evidence === "measured" ? say("measured") : say("thin"),
    text: dates === null ? count : commaText([count, dates]),
  });
}

/** From the first to the last date stated; null where none is. */
function datesText(benchmarks: readonly Pick<QualityBenchmark, "firstDate" | "lastDate">[]): string | null {
  const dates = benchmarks.flatMap(({ firstDate, lastDate }) =>
    [firstDate, lastDate].filter((date) => date !== null),
  );
  const [first] = dates.sort();
  const last = dates.at(-1);
  if (first === undefined || last === undefined) return null;
  return first === last ? first : say("{low} to {high}", { low: first, high: last });
}
