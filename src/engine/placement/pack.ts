/** Halvings of the search for the smallest fill; 2^-12 of a card is below one layer of any model. */
const SEARCH_STEPS = 12;

/**
 * Splits items in order over bins in order, so that the fullest bin (as a share of its room) is as empty as it can
 * be. Answers how many items each bin gets, or null where they do not fit. Bytes throughout.
 */
export function packInOrder(items: readonly number[], bins: readonly number[]): readonly number[] | null {
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
export function canPackInOrder(items: readonly number[], bins: readonly number[]): boolean {
  return fill(items, bins, 1) !== null;
}

/** First-fit in order is optimal for contiguous runs: it never leaves a bin emptier than it must. */
function fill(items: readonly number[], bins: readonly number[], fraction: number): readonly number[] | null {
  let next = 0;
  const counts = bins.map((bin) => {
    let left = bin * fraction;
    let count = 0;
    for (let item = items[next]; item !== undefined && item <= left; item = items[next]) {
      left -= item;
      next += 1;
      count += 1;
    }
    return count;
  });
  return next === items.length ? counts : null;
}
