/** What one thread copied in the time it took. */
export interface ThreadCopy {
  readonly copiedBytes: number;
  readonly seconds: number;
}

/** Milliseconds from any moment on; tests bring one of their own. */
export type Clock = () => number;

/** After so much the clock is looked at: a tenth of a millisecond of copying on a PC, one on a very slow one. */
export const CHUNK_BYTES = 1024 ** 2;

/**
 * Writes to both blocks, since pages are only there once they were written to, until the time is over; answers how
 * many bytes of each are there then. A busy or slow computer copies a part of the blocks instead of taking longer.
 */
export function fillInTime(blocks: readonly Uint8Array[], limitMs: number, clock: Clock): number {
  const byteCount = Math.min(...blocks.map(({ length }) => length));
  const endMs = clock() + limitMs;
  let filledBytes = 0;
  do {
    const end = Math.min(filledBytes + CHUNK_BYTES, byteCount);
    for (const [index, block] of blocks.entries()) block.fill(index + 1, filledBytes, end);
    filledBytes = end;
  } while (filledBytes < byteCount && clock() < endMs);
  return filledBytes;
}

/** Copies one block over the other, again and again, until the time is over; at the most one chunk longer. */
export function copyInTime(
  { from, to }: { readonly from: Uint8Array; readonly to: Uint8Array },
  limitMs: number,
  clock: Clock,
): ThreadCopy {
  const startedMs = clock();
  let copiedBytes = 0;
  let elapsedMs = 0;
  let place = 0;
  do {
    const chunk = from.subarray(place, place + CHUNK_BYTES);
    to.set(chunk, place);
    copiedBytes += chunk.length;
    place = place + chunk.length >= from.length ? 0 : place + chunk.length;
    elapsedMs = clock() - startedMs;
  } while (elapsedMs < limitMs);
  return { copiedBytes, seconds: elapsedMs / 1000 };
}
