import {
  QUALITY_TASKS,
  type QualityBenchmark,
  type QualityEstimate,
  type QualityTask,
  type TaskQuality,
} from "#engine/quality.ts";
import { at, groupBy } from "../sampler/arrays.ts";
import type { Fit } from "../sampler/fit.ts";
import { isBaseModel } from "../scores/base-model.ts";
import type { Observation } from "../scores/observations.ts";
import { benchmarkId, toBenchmark } from "./benchmarks.ts";
import { subjectsOf, type CatalogModel } from "./catalog-models.ts";
import { toEstimate } from "./scale.ts";

/** What one file of `catalog/quality/index/` holds. */
export interface TaskFile {
  readonly kind: "task-index";
  readonly task: QualityTask;
  readonly benchmarks: readonly QualityBenchmark[];
  readonly models: readonly Omit<TaskQuality, "task">[];
}

export interface Fitted {
  readonly fit: Fit;
  readonly observations: readonly Observation[];
  readonly models: readonly CatalogModel[];
  /** Ids given out so far; every benchmark has its own over all tasks. */
  readonly taken: Set<string>;
}

/** The index of one task: every catalog model and way of answering that has a score in it. */
export function toTaskFile(task: QualityTask, { fit, observations, models, taken }: Fitted): TaskFile {
  const bySubject = groupBy(
    observations.filter((observation) => observation.task === task),
    ({ subject }) => subject,
  );
  const entries = models.flatMap((model) =>
    subjectsOf(model).flatMap(([mode, subject]) => {
      const scores = bySubject.get(subject);
      if (scores === undefined || !isClaimed(task, model)) return [];
      const estimates = estimatesOf(task, { fit, subject, scores });
      const isTooWide = estimates.high - estimates.index > WIDEST_HALF_WIDTH;
      return isTooWide ? [] : [{ modelId: model.id, mode, estimates, scores }];
    }),
  );
  const byItem = groupBy(
    entries.flatMap(({ scores }) => scores),
    ({ item }) => item,
  );
  const ids = new Map([...byItem.keys()].sort().map((item) => [item, benchmarkId(item, taken)]));
  return {
    kind: "task-index",
    task,
    benchmarks: [...ids].map(([item, id]) => toBenchmark(id, byItem.get(item) ?? [])),
    models: entries.map(({ modelId, mode, estimates, scores }) => ({
      modelId,
      mode,
      ...estimates,
      scores: scoresById(scores, ids),
    })),
  };
}

/** A model that only continues text is not claimed to chat, whatever its scores on chat benchmarks. */
function isClaimed(task: QualityTask, { huggingFaceId }: CatalogModel): boolean {
  return task !== "chat" || !isBaseModel(huggingFaceId);
}

/** An interval at most this wide on either side, from two operators at least, is called measured. */
const MEASURED_HALF_WIDTH = 3;
/** One that is wider says nothing that could help to choose. */
const WIDEST_HALF_WIDTH = 10;

function estimatesOf(
  task: QualityTask,
  {
    fit,
    subject,
    scores,
  }: { readonly fit: Fit; readonly subject: string; readonly scores: readonly Observation[] },
): QualityEstimate & Pick<TaskQuality, "evidence" | "languages"> {
  const { problem } = fit;
  const number = problem.subjects.find(subject);
  if (number === null) throw new Error(`${subject} was not fitted`);
  const estimate = toEstimate(fit, number, QUALITY_TASKS.indexOf(task));
  const operators = new Set(scores.map(({ operator }) => operator));
  const isMeasured = operators.size > 1 && estimate.high - estimate.index <= MEASURED_HALF_WIDTH;
  const languages = task === "multilingual" ? at(problem.languagesOf, number) : [];
  const named = languages.map((language, index): [string, QualityEstimate] => [
    at(problem.languages.keys, language),
    toEstimate(fit, number, problem.taskCount + index),
  ]);
  return {
    ...estimate,
    evidence: isMeasured ? "measured" : "thin",
    languages: Object.fromEntries(named.sort(([a], [b]) => a.localeCompare(b))),
  };
}

function scoresById(
  scores: readonly Observation[],
  ids: ReadonlyMap<string, string>,
): Readonly<Record<string, number>> {
  const named = scores.map((score): [string, number] => [ids.get(score.item) ?? "", meanScore(score)]);
  return Object.fromEntries(named.sort(([a], [b]) => a.localeCompare(b)));
}

function meanScore({ rows }: Observation): number {
  const mean = rows.reduce((total, { score }) => total + score, 0) / rows.length;
  return Math.round(mean * 100) / 100;
}
