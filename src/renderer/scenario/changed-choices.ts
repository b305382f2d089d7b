import { DEFAULT_SCENARIO, type Scenario } from "#engine/scenario.ts";

/** What stands under "More". */
export interface RareChoices {
  readonly scenario: Scenario;
  readonly isRightNow: boolean;
  /** The choice of a split is there for several cards alone. */
  readonly cardCount: number;
}

/** How many of the choices that are folded away are not as at first. */
export function changedChoiceCount({ scenario, isRightNow, cardCount }: RareChoices): number {
  const { runtime, backend, split, parallelSequenceCount, microBatchSize, flashAttention } = scenario;
  return [
    runtime !== undefined,
    backend !== undefined,
    split !== undefined && cardCount > 1,
    parallelSequenceCount !== DEFAULT_SCENARIO.parallelSequenceCount,
    microBatchSize !== DEFAULT_SCENARIO.microBatchSize,
    flashAttention !== DEFAULT_SCENARIO.flashAttention,
    isRightNow,
  ].filter(Boolean).length;
}
