import { expect, test } from "vitest";
import { formatContextShort } from "../../src/shared/format.ts";
import { parseTokenCount } from "../../src/shared/token-count.ts";

test.each([
  ["1", 1],
  ["8192", 8192],
  [" 8192 ", 8192],
  ["8,192", 8192],
  ["8 192", 8192],
  ["131_072", 131_072],
  ["1,048,576", 1_048_576],
  ["8K", 8192],
  ["8k", 8192],
  ["8 K", 8192],
  ["1.5K", 1536],
  ["1M", 1_048_576],
  ["1.5M", 1_572_864],
  ["0.5M", 524_288],
])('"%s" is %d tokens', (text, count) => {
  expect(parseTokenCount(text)).toBe(count);
});

test.each([
  ["", "nothing"],
  ["K", "no digits"],
  ["0", "no tokens at all"],
  ["0K", "no tokens at all"],
  ["-1", "negative"],
  ["8KK", "two units"],
  ["8G", "an unknown unit"],
  ["1.0001K", "no whole number"],
  ["8192.5", "no whole number"],
  ["1,5K", "a decimal comma, which must not become 15K"],
  ["8,19", "no group of three"],
  ["8,1920", "no group of three"],
  ["1e4", "an exponent"],
  ["0x10", "hexadecimal"],
  ["9007199254740993", "beyond what is counted exactly"],
  ["many", "a word"],
])('"%s" is no count: %s', (text) => {
  expect(parseTokenCount(text)).toBeNull();
});

test.each([512, 1024, 10_000, 131_072, 1_048_576, 1_572_864])(
  "what is shown in short is read back: %d",
  (count) => {
    expect(parseTokenCount(formatContextShort(count))).toBe(count);
  },
);
