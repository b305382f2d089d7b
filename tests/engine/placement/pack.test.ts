import { expect, test } from "vitest";
import { canPackInOrder, packInOrder } from "#engine/placement/pack.ts";

test.each([
  ["equal items over equal bins are halved", [1, 1, 1, 1], [4, 4], [2, 2]],
  ["the fullest bin is as empty as it can be", [1, 1, 1, 1, 1, 1], [8, 4], [4, 2]],
  ["a bin too small for any item is passed over", [3, 3], [5, 1, 3], [1, 0, 1]],
  ["order is kept, so room is wasted and it fails", [1, 5, 1], [2, 5], null],
  ["no items fit anywhere", [], [1, 2], [0, 0]],
  ["no bins hold nothing", [1], [], null],
] as const)("%s", (_title, items, bins, expected) => {
  const empty = bins.map((roomBytes) => ({ roomBytes, takenBytes: 0 }));
  expect(packInOrder(items, empty)).toEqual(expected);
  expect(canPackInOrder(items, empty)).toBe(expected !== null);
});

test.each([
  ["what a bin holds already counts: 2 + 3 and 5", [1, 1, 1, 1, 1, 1, 1, 1], 2, [3, 5]],
  ["a bin that holds more than its room fails, items or none", [], 20, null],
] as const)("%s", (_title, items, takenBytes, expected) => {
  const bins = [
    { roomBytes: 10, takenBytes },
    { roomBytes: 10, takenBytes: 0 },
  ];
  expect(packInOrder(items, bins)).toEqual(expected);
});
