import { expect, test } from "vitest";
import { wrappedRows, wrapText } from "../../src/cli/output/paragraph.ts";

test.each([
  { text: "one two three four", width: 20, indent: 4, lines: ["    one two three", "    four"] },
  { text: "one two", width: null, indent: 2, lines: ["  one two"] },
  { text: "averyverylongwordindeed x", width: 18, indent: 2, lines: ["  averyverylongwordindeed", "  x"] },
  { text: "", width: 80, indent: 0, lines: [""] },
])("$text within $width", ({ text, width, indent, lines }) => {
  expect(wrapText(text, { width, indent })).toEqual(lines);
});

test("the last cell of a row is wrapped under itself", () => {
  const rows = [
    ["Memory", "24.0 GiB", "nvidia-smi and also another tool"],
    ["Driver", "570", "nvidia-smi"],
  ];
  expect(wrappedRows(rows, { width: 40, indent: 2 })).toEqual([
    "  Memory  24.0 GiB  nvidia-smi and also",
    "                    another tool",
    "  Driver  570       nvidia-smi",
  ]);
});
