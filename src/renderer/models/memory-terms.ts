import { explainFit } from "#engine/explain.ts";
import { isKnown } from "#engine/fact.ts";
import type { Fit } from "#engine/fit.ts";
import type { Model } from "#engine/model.ts";
import { finestPacking } from "#engine/prepare.ts";
import { memoryTermTexts } from "#shared/memory-term-text.ts";

/** One line of how a fit's memory comes about, in words. */
export interface ShownTerm {
  readonly name: string;
  readonly bytes: number;
  readonly formula: string;
  readonly source: string;
}

/** Every term of a fit's memory. Loaded only when somebody asks: the page starts without it. */
export function memoryTerms(model: Model, fit: Fit): readonly ShownTerm[] {
  const { architecture } = model;
  const finest = finestPacking(model);
  if (!isKnown(architecture) || !isKnown(finest)) return [];
  return explainFit(fit, architecture.value, finest.value).map((term) => ({
    ...memoryTermTexts(term),
    bytes: term.bytes,
  }));
}
