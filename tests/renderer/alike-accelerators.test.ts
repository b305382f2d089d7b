import { expect, test } from "vitest";
import { alikeAccelerators } from "../../src/renderer/machine/alike-accelerators.ts";
import { cardOf } from "../fixtures/machine.ts";

const many = (name: string, count: number, from = 0) =>
  Array.from({ length: count }, (_unused, index) => cardOf(name, 2 ** 34, from + index));

test.each([
  { accelerators: many("A", 2), sizes: [1, 1] },
  { accelerators: many("A", 3), sizes: [3] },
  { accelerators: [...many("A", 1), ...many("B", 15, 1)], sizes: [1, 15] },
  { accelerators: [...many("A", 2), ...many("B", 1, 2), ...many("A", 2, 3)], sizes: [4, 1] },
  { accelerators: [...many("A", 3), cardOf("A", null, 9)], sizes: [3, 1] },
  { accelerators: [], sizes: [] },
])("$accelerators.length accelerators are shown as $sizes", ({ accelerators, sizes }) => {
  const groups = alikeAccelerators(accelerators);
  expect(groups.map((group) => group.length)).toEqual(sizes);
  expect(groups.flat()).toHaveLength(accelerators.length);
});
