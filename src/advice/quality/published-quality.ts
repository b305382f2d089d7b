import {
  type AnswerMode,
  QUALITY_TASKS,
  type Quality,
  type QualityEstimate,
  type QualityTask,
  type TaskQuality,
} from "#engine/quality.ts";

/** What stands for a model's quality at a task before anything is taken off for its packing. */
export interface PublishedQuality {
  readonly evidence: Evidence;
  readonly estimate: QualityEstimate;
}

/**
 * `scored`: somebody published scores. `none`: nobody did; the estimate is where 80 % of models lie, given the index of
 * another task (`from`) or, without any, wherever they lie.
 */
export type Evidence =
  | { readonly kind: "scored"; readonly entry: TaskQuality; readonly language: string | null }
  | { readonly kind: "none"; readonly from: TaskQuality | null; readonly language: string | null };

/** The published scores of a catalog, arranged to be asked for every model. */
export interface QualityBook {
  /** Best lower end first. */
  readonly entriesOf: (modelId: string, task: QualityTask) => readonly TaskQuality[];
  /** The interval that holds 80 % of what the models of the catalog score at the task. */
  readonly spreadOf: (task: QualityTask) => QualityEstimate;
  /** The interval that holds 80 % of the differences between two tasks of one model. */
  readonly gapOf: (task: QualityTask, from: QualityTask) => QualityEstimate;
}

const books = new WeakMap<Quality, QualityBook>();

export function qualityBook(quality: Quality): QualityBook {
  const known = books.get(quality) ?? makeBook(quality);
  books.set(quality, known);
  return known;
}

function makeBook({ tasks }: Quality): QualityBook {
  const byKey = new Map<string, TaskQuality[]>();
  for (const entry of tasks) {
    const key = `${entry.task} ${entry.modelId}`;
    byKey.set(
      key,
      [...(byKey.get(key) ?? []), entry].sort((one, other) => other.low - one.low),
    );
  }
  const ids = [...new Set(tasks.map(({ modelId }) => modelId))];
  const entriesOf = (modelId: string, task: QualityTask): readonly TaskQuality[] =>
    byKey.get(`${task} ${modelId}`) ?? [];
  const bestOf = (task: QualityTask): readonly TaskQuality[] =>
    ids.flatMap((id) => entriesOf(id, task)[0] ?? []);
  const spreads = new Map<QualityTask, QualityEstimate>();
  const gaps = new Map<string, QualityEstimate>();
  return {
    entriesOf,
    spreadOf: (task) => madeOnce(spreads, task, () => middle80(bestOf(task).map(({ index }) => index))),
    gapOf: (task, from) =>
      madeOnce(gaps, `${task} ${from}`, () =>
        middle80(
          bestOf(task).flatMap(({ modelId, index }) => {
            const other = entriesOf(modelId, from)[0];
            return other === undefined ? [] : [index - other.index];
          }),
        ),
      ),
  };
}

/** Every model without scores asks for the same few. */
function madeOnce<Key>(
  estimates: Map<Key, QualityEstimate>,
  key: Key,
  make: () => QualityEstimate,
): QualityEstimate {
  const estimate = estimates.get(key) ?? make();
  estimates.set(key, estimate);
  return estimate;
}

/** A tenth lies below, a tenth above. */
function middle80(values: readonly number[]): QualityEstimate {
  const sorted = [...values].sort((one, other) => one - other);
  const at = (share: number): number => sorted[Math.round(share * (sorted.length - 1))] ?? 0;
  return { index: at(0.5), low: at(0.1), high: at(0.9) };
}

/** Which of a model's ways of answering counts: `quick` takes the one that does not think first, where there are both. */
export type Answering = "best" | "quick";

/** A model's quality at a task; in a language where one is given, by the scores of that language. */
export function publishedQuality(
  book: QualityBook,
  modelId: string,
  { task, language, answering }: { task: QualityTask; language: string | null; answering: Answering },
): PublishedQuality {
  const entries = book.entriesOf(modelId, language === null ? task : "multilingual");
  const quick = answering === "quick" ? entries.filter(({ mode }) => isQuick(mode)) : [];
  for (const entry of [...quick, ...entries]) {
    const estimate = language === null ? entry : entry.languages[language];
    if (estimate !== undefined) {
      const { index, low, high } = estimate;
      return { evidence: { kind: "scored", entry, language }, estimate: { index, low, high } };
    }
  }
  return unscored(book, modelId, language === null ? task : "multilingual", language);
}

function isQuick(mode: AnswerMode): boolean {
  return mode === "non-thinking" || mode === "only";
}

function unscored(
  book: QualityBook,
  modelId: string,
  task: QualityTask,
  language: string | null,
): PublishedQuality {
  const others = QUALITY_TASKS.filter((other) => other !== task || language !== null);
  const from = others.flatMap((other) => book.entriesOf(modelId, other)[0] ?? [])[0];
  if (from === undefined) {
    return { evidence: { kind: "none", from: null, language }, estimate: book.spreadOf(task) };
  }
  const gap = book.gapOf(task, from.task);
  return {
    evidence: { kind: "none", from, language },
    estimate: { index: from.index + gap.index, low: from.low + gap.low, high: from.high + gap.high },
  };
}
