import { isKnown } from "./fact.ts";
import type { Model } from "./model.ts";

/** A model that another is said to replace or is replaced by, with where that was read. */
export interface Supersession {
  readonly model: Model;
  readonly source: string;
}

/** The models that are said to replace this one. Only the newer one's entry says so. */
export function supersededBy(model: Model, models: readonly Model[]): readonly Supersession[] {
  return models.flatMap((newer) => {
    const { supersedes } = newer;
    if (supersedes === undefined || !isKnown(supersedes)) return [];
    return supersedes.value.includes(model.id) ? [{ model: newer, source: supersedes.source }] : [];
  });
}
