import { expect, test } from "vitest";
import { isShallow } from "../../src/main/depth.ts";

test.each([
  ["a plain value", 1, 0, true],
  ["an object of plain values", { a: 1 }, 1, true],
  ["one level more than allowed", { a: { b: 1 } }, 1, false],
  ["an empty list counts by its own level", [[]], 1, true],
])("%s, up to %s levels: %s", (_name, json, levels, expected) => {
  expect(isShallow(json, levels)).toBe(expected);
});

test("a million levels are told from few without an end of the stack", () => {
  const deep: unknown = JSON.parse(`${"[".repeat(1_000_000)}${"]".repeat(1_000_000)}`);
  expect(isShallow(deep, 40)).toBe(false);
});
