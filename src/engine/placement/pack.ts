/** Halvings of the search for the smallest fill; 2^-12 of a card is below one layer of any model. */
const SEARCH_STEPS = 12;

/** A place that items are packed into, and what it holds already. */
export interface Bin {
  readonly roomBytes: number;
  readonly takenBytes: number;
}

/**
 * Splits items (their bytes) in order over bins in order, so that the fullest bin, as a share of its room, is as empty
 * as it can be. Answers how many items each bin gets, or null where they do not fit.
 */
export function packInOrder(items: readonly number[], bins: readonly Bin[]): readonly number[] | null {
  let best = fill(items, bins, 1);
  if (best === null) return null;
  let low = 0;
  let high = 1;
  for (let step = 0; step < SEARCH_STEPS; step += 1) {
    const middle = (low + high) / 2;
    const counts = fill(items, bins, middle);
    if (counts === null) {
      low = middle;
    } else {
      best = counts;
      high = middle;
    }
  }
  return best;
}

/** True where the items fit into the bins in order. */
export function canPackInOrder(items: readonly number[], bins: readonly Bin[]): boolean {
  return fill(items, bins, 1) !== null;
}

/** First-fit in order is optimal for contiguous runs: it never leaves a bin emptier than it must. */
function fill(items: readonly number[], bins: readonly Bin[], fraction: number): readonly number[] | null {
  let next = 0;
  const counts: number[] = [];
  for (const { roomBytes, takenBytes } of bins) {
    const first = next;
    let left = roomBytes * fraction - takenBytes;
    if (left < 0) return null;
    for (let item = items[next]; item !== undefined && item <= left; item = items[next]) {
      left -= item;
      next += 1;
    }
    counts.push(next - first);
  }
  return next === items.length ? counts : null;
}
