/** One figure of the engine beside the one that was measured. */
export interface Comparison {
  /** The row it comes from, for people. */
  readonly row: string;
  readonly measured: number;
  readonly estimated: number;
  /** Rows of one group share the constant that `held-out.ts` fits; absent: all of a class do. */
  readonly group?: string;
}

/** How far a class of figures is off, as fractions of what was measured; positive bias is too much. */
export interface Summary {
  readonly count: number;
  readonly median: number;
  readonly percentile90: number;
  readonly percentile95: number;
  readonly worst: number;
  readonly bias: number;
}

/** The share of what was measured by which an estimate is above (positive) or below it. */
export function relativeError({ measured, estimated }: Comparison): number {
  return estimated / measured - 1;
}

/** Summary of a class; of an empty one every figure is 0. */
export function summarise(comparisons: readonly Comparison[]): Summary {
  const signed = comparisons.map(relativeError);
  const sizes = signed.map(Math.abs).sort((one, other) => one - other);
  const at = (fraction: number): number =>
    sizes[Math.min(sizes.length - 1, Math.floor(sizes.length * fraction))] ?? 0;
  return {
    count: sizes.length,
    median: at(0.5),
    percentile90: at(0.9),
    percentile95: at(0.95),
    worst: sizes.at(-1) ?? 0,
    bias: signed.reduce((sum, error) => sum + error, 0) / Math.max(1, signed.length),
  };
}

/** The share of a class that meets a condition. */
export function shareOf<Item>(items: readonly Item[], meets: (item: Item) => boolean): number {
  return items.filter(meets).length / Math.max(1, items.length);
}
