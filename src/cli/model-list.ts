import { isKnown, type Fact } from "#engine/fact.ts";
import type { Model } from "#engine/model.ts";
import {
  qualitiesOf,
  QUALITY_TASKS,
  type Quality,
  type QualityTask,
  type TaskQuality,
} from "#engine/quality.ts";
import type { Options } from "./arguments.ts";
import { didYouMean } from "./did-you-mean.ts";
import { UsageError } from "./usage-error.ts";

/** How the catalog's models can be put in order; what is not known comes last in each. */
const ORDERS = ["newest", "name", "size", "context", "quality"] as const;

export type ModelOrder = (typeof ORDERS)[number];

/** What a list of models is asked to show beside the facts, and by what it is sorted. */
export interface ListRequest {
  /** Null where nobody asked for quality. */
  readonly task: QualityTask | null;
  /** Null where nobody said: the closest names first, then the newest. */
  readonly order: ModelOrder | null;
}

/** Quality is shown where a task is named, and where it is sorted by; then it is general where none is. */
export function listRequest({ task, sort }: Options): ListRequest {
  const order = sort === undefined ? null : oneOf("--sort", sort, ORDERS);
  const named = task === undefined ? null : oneOf("--task", task, QUALITY_TASKS);
  return {
    order: order ?? (named === null ? null : "quality"),
    task: named ?? (order === "quality" ? "general" : null),
  };
}

function oneOf<Name extends string>(option: string, text: string, names: readonly Name[]): Name {
  const found = names.find((name) => name === text.trim().toLowerCase());
  if (found !== undefined) return found;
  throw new UsageError(
    `${option} does not know "${text}".${didYouMean(text, names)} It takes ${names.join(", ")}.`,
  );
}

/** A model's best published quality at the task, of all its ways of answering; null without evidence. */
export function listedQuality(
  quality: Quality | null,
  { id }: Model,
  task: QualityTask | null,
): TaskQuality | null {
  return quality === null || task === null ? null : (qualitiesOf(quality, id, task)[0] ?? null);
}

/** The models in that order, equals by their id; a search's own order where none is asked for. */
export function inOrder(
  models: readonly Model[],
  order: ModelOrder,
  qualityOf: (model: Model) => number | null,
): readonly Model[] {
  const keyed = models.map((model) => ({ model, key: keyOf(model, order, qualityOf) }));
  return keyed
    .sort((one, other) => descending(one.key, other.key) || byId(one.model, other.model))
    .map(({ model }) => model);
}

type Key = string | number | null;

function keyOf(model: Model, order: ModelOrder, qualityOf: (model: Model) => number | null): Key {
  switch (order) {
    case "newest":
      return known(model.releaseMonth);
    case "name":
      return null;
    case "size":
      return known(model.parameterCount);
    case "context":
      return known(model.trainedContextLength);
    case "quality":
      return qualityOf(model);
  }
}

function known<Value>(fact: Fact<Value>): Value | null {
  return isKnown(fact) ? fact.value : null;
}

function descending(one: Key, other: Key): number {
  if (one === other) return 0;
  if (one === null || other === null) return one === null ? 1 : -1;
  return one < other ? 1 : -1;
}

function byId(one: Model, other: Model): number {
  return one.id.localeCompare(other.id, "en", { numeric: true });
}
