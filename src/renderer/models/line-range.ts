import { defaultRangeExtractor, type Range } from "@tanstack/virtual-core";

/** A list as short as this is in the page whole: nothing is gained by less. */
const WHOLE_COUNT = 60;

/** A short list whole; of a long one what is on screen and near it, and what is kept. */
export function indexesIn(range: Range, kept: readonly number[]): number[] {
  if (range.count <= WHOLE_COUNT) return Array.from({ length: range.count }, (_unused, index) => index);
  const indexes = new Set(defaultRangeExtractor(range));
  for (const index of kept) if (index >= 0 && index < range.count) indexes.add(index);
  return [...indexes].sort((one, other) => one - other);
}
