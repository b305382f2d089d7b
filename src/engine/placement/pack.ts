/** Halvings of the search for the smallest fill; 2^-12 of a card is below one layer of any model. */
const SEARCH_STEPS = 12;

/** Bytes of items in order; made as a `Float64Array` where it counts, whose numbers are no objects. */
export type Bytes = ArrayLike<number>;

/** A place that items are packed into, and what it holds already. */
export interface Bin {
  readonly roomBytes: number;
  readonly takenBytes: number;
}

/**
 * Splits items (their bytes) in order over bins in order, so that the fullest bin, as a share of its room, is as empty
 * as it can be. Answers how many items each bin gets, or null where they do not fit.
 */
export function packInOrder(items: Bytes, bins: readonly Bin[]): readonly number[] | null {
  if (!canPackInOrder(items, bins)) return null;
  let low = 0;
  let high = 1;
  let neededBytes = 0; // loops: sums by a function make an object of each number of this size
  for (let index = 0; index < items.length; index += 1) neededBytes += bytesAt(items, index);
  let roomBytes = 0;
  let takenBytes = 0;
  for (const bin of bins) {
    roomBytes += bin.roomBytes;
    takenBytes += bin.takenBytes;
  }
  for (let step = 0; step < SEARCH_STEPS; step += 1) {
    const middle = (low + high) / 2;
    const leftBytes = roomBytes * middle - takenBytes + bins.length; // a byte each for what rounding takes
    if (leftBytes >= neededBytes && fill(items, bins, { fraction: middle })) high = middle;
    else low = middle;
  }
  const counts: number[] = [];
  fill(items, bins, { fraction: high, counts });
  return counts;
}

/** True where the items fit into the bins in order. */
export function canPackInOrder(items: Bytes, bins: readonly Bin[]): boolean {
  return fill(items, bins, { fraction: 1 });
}

/**
 * Whether bins filled to that fraction hold the items; `counts` gets how many each has. First-fit in order is optimal
 * for contiguous runs: it never leaves a bin emptier than it must.
 */
function fill(
  items: Bytes,
  bins: readonly Bin[],
  { fraction, counts }: { readonly fraction: number; readonly counts?: number[] },
): boolean {
  let next = 0;
  for (const { roomBytes, takenBytes } of bins) {
    const first = next;
    let left = roomBytes * fraction - takenBytes;
    if (left < 0) return false;
    while (next < items.length && bytesAt(items, next) <= left) {
      left -= bytesAt(items, next);
      next += 1;
    }
    counts?.push(next - first);
  }
  return next === items.length;
}

/** Of an index that is known to be one: asked of a number that may be undefined, each would be an object of its own. */
function bytesAt(items: Bytes, index: number): number {
  return items[index] ?? 0;
}
