import { expect, test } from "vitest";
import { CHUNK_BYTES, copyInTime, fillInTime, type Clock } from "#probe/timed-copy.ts";

/** Goes on by as much whenever it is looked at, as on a computer where each chunk takes that long. */
function clockOf(stepMs: number): { readonly clock: Clock; readonly passedMs: () => number } {
  let nowMs = 5_000; // a clock may start anywhere
  return {
    clock: () => (nowMs += stepMs) - stepMs,
    passedMs: () => nowMs - 5_000 - stepMs,
  };
}

const block = (chunks: number): Uint8Array => new Uint8Array(chunks * CHUNK_BYTES);

test.each([
  { of: "a PC", stepMs: 0.25, copiedChunks: 240, atMostMs: 60.25 },
  { of: "a slow one", stepMs: 4, copiedChunks: 15, atMostMs: 64 },
  { of: "one that hardly runs", stepMs: 150, copiedChunks: 1, atMostMs: 150 },
])("60 ms of copying on $of are $copiedChunks chunks and end by $atMostMs ms", (row) => {
  const { clock, passedMs } = clockOf(row.stepMs);
  const { copiedBytes, seconds } = copyInTime({ from: block(3), to: block(3) }, 60, clock);
  expect(copiedBytes).toBe(row.copiedChunks * CHUNK_BYTES);
  expect(passedMs()).toBeLessThanOrEqual(row.atMostMs);
  expect(seconds * 1000).toBeCloseTo(row.copiedChunks * row.stepMs, 6);
});

test.each([
  { stepMs: 1, filledChunks: 8, atMostMs: 8 },
  { stepMs: 20, filledChunks: 5, atMostMs: 100 },
  { stepMs: 500, filledChunks: 1, atMostMs: 500 },
])("filling at $stepMs ms a chunk gets to $filledChunks of 8 in 100 ms", (row) => {
  const { clock, passedMs } = clockOf(row.stepMs);
  const blocks = [block(8), block(8)];
  expect(fillInTime(blocks, 100, clock)).toBe(row.filledChunks * CHUNK_BYTES);
  expect(passedMs()).toBeLessThanOrEqual(row.atMostMs);
  for (const one of blocks)
    expect(one.indexOf(0)).toBe(row.filledChunks === 8 ? -1 : row.filledChunks * CHUNK_BYTES);
  expect(blocks.map(([first]) => first)).toEqual([1, 2]);
});

test("what is copied is the whole block, its odd end too", () => {
  const from = new Uint8Array(CHUNK_BYTES + 7).fill(9);
  const to = new Uint8Array(from.length);
  const { copiedBytes } = copyInTime({ from, to }, 2, clockOf(1).clock);
  expect(copiedBytes).toBe(from.length);
  expect(Buffer.compare(to, from)).toBe(0);
});
