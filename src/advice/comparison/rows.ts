import { isKnown, type Fact } from "#engine/fact.ts";
import type { Fit, MemoryBreakdown } from "#engine/fit.ts";
import { QUALITY_TASKS, type QualityTask } from "#engine/quality.ts";
import { contextThatFits } from "#engine/search.ts";
import type { SpeedEstimate } from "#engine/speed/estimate-speed.ts";
import type { Range } from "#engine/speed/interval.ts";
import type { Model } from "#engine/model.ts";
import type { QuantizationName } from "#engine/quantization.ts";
import { asPacked, qualityOf } from "#advice/option.ts";
import type { Loss } from "#advice/quality/losses.ts";
import type { PublishedQuality } from "#advice/quality/published-quality.ts";
import type { AdviceData, AdviceQuestion } from "#advice/question.ts";
import { bestCell } from "./best-cell.ts";
import { IN_LANGUAGE, type Cell, type Row } from "./cell.ts";
import type { Compared } from "./subject.ts";
import { say } from "#words/say.ts";

/** A row before its cells are made. */
interface Plan extends Pick<Row, "id" | "group" | "unit" | "better"> {
  readonly cell: (subject: Compared) => Cell;
}

/** Every row over the subjects. */
export function rowsOf(subjects: readonly Compared[], data: AdviceData): readonly Row[] {
  const plans = [
    ...qualityPlans(data),
    ...languagePlans(subjects, data),
    ...SPEED_PLANS,
    ...MEMORY_PLANS,
    ...FACT_PLANS,
  ];
  return plans.map(({ cell, ...row }) => {
    const cells = subjects.map(cell);
    const promptLength = row.id === FIRST_TOKEN ? promptLengthOf(subjects) : null;
    return { ...row, promptLength, cells, best: bestCell({ ...row, cells }) };
  });
}

/** All subjects are asked in one scenario. */
function promptLengthOf(subjects: readonly Compared[]): number | null {
  const lengths = subjects.flatMap(({ option }) =>
    option?.speed.kind === "known" ? [option.speed.promptLength] : [],
  );
  return lengths[0] ?? null;
}

function qualityPlans(data: AdviceData): readonly Plan[] {
  return QUALITY_TASKS.map((task) => ({
    id: `quality-${task}`,
    group: "quality",
    unit: "points",
    better: "higher",
    cell: (subject) => qualityCell(subject, task, data),
  }));
}

/** Languages that are asked for, which count beside the task. */
function languagePlans([first]: readonly Compared[], data: AdviceData): readonly Plan[] {
  return (first?.question.limits.languages ?? []).map((language, index) => ({
    id: `${IN_LANGUAGE}${language}`,
    group: "quality",
    unit: "points",
    better: "higher",
    cell: ({ model, quantization, question }) => {
      if (quantization === null) return noPacking();
      const { languages, loss } = qualityOf(model, quantization, question, data);
      const published = languages[index];
      return published === undefined
        ? { kind: "no-evidence" }
        : packedCell({ model, quantization }, published, { loss, data });
    },
  }));
}

function qualityCell({ model, quantization, question }: Compared, task: QualityTask, data: AdviceData): Cell {
  if (quantization === null) return noPacking();
  const asked: AdviceQuestion = { ...question, task, limits: { ...question.limits, languages: [] } };
  const { task: published, loss } = qualityOf(model, quantization, asked, data);
  return packedCell({ model, quantization }, published, { loss, data });
}

function noPacking(): Cell {
  return { kind: "missing", reason: say("no packing of it is known") };
}

function packedCell(
  { model, quantization }: { readonly model: Model; readonly quantization: QuantizationName },
  published: PublishedQuality,
  { loss, data }: { readonly loss: Loss | null; readonly data: AdviceData },
): Cell {
  if (published.evidence.kind === "none") return { kind: "no-evidence" };
  if (loss === null)
    return { kind: "missing", reason: say("what {quantization} loses was not measured", { quantization }) };
  const { mode, evidence, scores } = published.evidence.entry;
  const ids = Object.keys(scores);
  const names = data.quality.benchmarks.filter(({ id }) => ids.includes(id)).map(({ name }) => name);
  return {
    kind: "quality",
    modelId: model.id,
    estimate: asPacked(published.estimate, loss),
    loss,
    mode,
    evidence,
    scoreCount: ids.length,
    benchmarkNames: [...new Set(names)],
  };
}

const FIRST_TOKEN = "time-to-first-token";

const SPEED_PLANS: readonly Plan[] = [
  speedPlan("decode", "tokens-per-second", (speed) => speed.decodeTokensPerSecond),
  speedPlan("prefill", "tokens-per-second", (speed) => speed.prefillTokensPerSecond),
  {
    ...speedPlan(FIRST_TOKEN, "seconds", (speed) => speed.timeToFirstTokenSeconds),
    better: "lower",
  },
];

function speedPlan(
  id: string,
  unit: Row["unit"],
  rangeOf: (speed: Extract<SpeedEstimate, { kind: "known" }>) => Range | null,
): Plan {
  return {
    id,
    group: "speed",
    unit,
    better: "higher",
    cell: ({ option }) => {
      if (option === null) return notHeld();
      if (option.speed.kind === "missing") return { kind: "missing", reason: option.speed.reason };
      const range = rangeOf(option.speed);
      return range === null ? { kind: "missing", reason: option.speed.basis } : { kind: "range", range };
    },
  };
}

function notHeld(): Cell {
  return { kind: "missing", reason: say("the machine does not hold it") };
}

const MEMORY_PARTS = [
  ["memory", ({ totalBytes }) => totalBytes],
  ["memory-weights", ({ weightsBytes, embeddingCopyBytes }) => weightsBytes + embeddingCopyBytes],
  ["memory-kv-cache", ({ kvCacheBytes, recurrentStateBytes }) => kvCacheBytes + recurrentStateBytes],
  ["memory-other", ({ computeBufferBytes, overheadBytes }) => computeBufferBytes + overheadBytes],
] as const satisfies readonly (readonly [string, (memory: MemoryBreakdown) => number])[];

const MEMORY_PLANS: readonly Plan[] = [
  ...MEMORY_PARTS.map(([id, bytesOf]): Plan => ({
    id,
    group: "memory",
    unit: "bytes",
    better: id === "memory" ? "lower" : null,
    cell: ({ fit }) => memoryCell(fit, bytesOf),
  })),
  {
    id: "longest-context",
    group: "memory",
    unit: "tokens",
    better: "higher",
    cell: ({ model, question, option }) => {
      if (option === null) return notHeld();
      const { machine, scenario } = question;
      const value = contextThatFits({ model, machine, scenario }, option.fit);
      return value === null ? notHeld() : { kind: "number", value };
    },
  },
];

function memoryCell({ memory }: Fit, bytesOf: (memory: MemoryBreakdown) => number): Cell {
  return memory === null
    ? { kind: "missing", reason: say("sizes are not known") }
    : { kind: "number", value: bytesOf(memory) };
}

const FACT_PLANS: readonly Plan[] = [
  {
    ...factPlan("download", "download-bytes", "lower"),
    cell: ({ fit }) => memoryCell(fit, ({ weightsBytes }) => weightsBytes),
  },
  { ...factPlan("parameters", "parameters"), cell: ({ model }) => numberCell(model.parameterCount) },
  {
    ...factPlan("active-parameters", "parameters"),
    cell: ({ model }) => numberCell(model.activeParameterCount),
  },
  {
    ...factPlan("trained-context", "tokens", "higher"),
    cell: ({ model }) => numberCell(model.trainedContextLength),
  },
  { ...factPlan("licence", "text"), cell: ({ model }) => licenceCell(model.licence) },
  { ...factPlan("released", "text"), cell: ({ model }) => wordsCell(model.releaseMonth) },
  { ...factPlan("modalities", "text"), cell: ({ model }) => ({ kind: "words", words: model.modalities }) },
  {
    ...factPlan("languages-with-evidence", "text"),
    cell: ({ languages }) => ({ kind: "words", words: languages }),
  },
];

function factPlan(id: string, unit: Row["unit"], better: Row["better"] = null): Omit<Plan, "cell"> {
  return { id, group: "facts", unit, better };
}

function numberCell(fact: Fact<number>): Cell {
  return isKnown(fact) ? { kind: "number", value: fact.value } : { kind: "missing", reason: fact.missing };
}

function wordsCell(fact: Fact<string>): Cell {
  return isKnown(fact) ? { kind: "words", words: [fact.value] } : { kind: "missing", reason: fact.missing };
}

function licenceCell(fact: Compared["model"]["licence"]): Cell {
  return isKnown(fact) ? { kind: "licence", licence: fact.value } : { kind: "missing", reason: fact.missing };
}
