import { expect, test } from "vitest";
import { openingPlace } from "../../src/main/window-place.ts";

const LAPTOP = { x: 0, y: 0, width: 1920, height: 1040 };
const BESIDE = { x: 1920, y: 0, width: 2560, height: 1400 };
const kept = (x: number, y: number, width = 1000, height = 700) => ({
  x,
  y,
  width,
  height,
  isMaximized: false,
});

test.each([
  ["a first start", null, [LAPTOP], { width: 1200, height: 820 }],
  ["where it was", kept(100, 50), [LAPTOP], { x: 100, y: 50, width: 1000, height: 700 }],
  ["on the other display", kept(2000, 50), [LAPTOP, BESIDE], { x: 2000, y: 50, width: 1000, height: 700 }],
  ["which was unplugged since", kept(2000, 50), [LAPTOP], { width: 1000, height: 700 }],
  ["mostly outside", kept(-950, 50), [LAPTOP], { width: 1000, height: 700 }],
  ["a little outside", kept(-800, 50), [LAPTOP], { x: -800, y: 50, width: 1000, height: 700 }],
  ["larger than the display", kept(0, 0, 4000, 3000), [LAPTOP], { x: 0, y: 0, width: 1920, height: 1040 }],
  ["no display at all", kept(0, 0), [], { width: 1200, height: 820 }],
])("a window opens: %s", (_name, place, displays, expected) => {
  expect(openingPlace(place, displays)).toEqual(expected);
});
