import { expect, test } from "vitest";
import {
  CONTEXT_EXPONENT_MAX,
  CONTEXT_EXPONENT_MIN,
  contextAtExponent,
  exponentFraction,
  exponentOfContext,
  parseContextLength,
} from "../../src/renderer/scenario/context-scale.ts";

test.each([
  [10, 1024, 0],
  [13, 8192, 0.3],
  [15, 32_768, 0.5],
  [20, 1_048_576, 1],
])("position %d is %d tokens and back, at %d of the way", (exponent, contextLength, fraction) => {
  expect(contextAtExponent(exponent)).toBe(contextLength);
  expect(exponentOfContext(contextLength)).toBe(exponent);
  expect(exponentFraction(exponent)).toBeCloseTo(fraction, 12);
});

test.each([
  ["a context between two positions is at the nearer", 10_000, 13],
  ["and that is by ratio, not by difference", 12_000, 14],
  ["below the scale", 1, CONTEXT_EXPONENT_MIN],
  ["just below it", 700, CONTEXT_EXPONENT_MIN],
  ["beyond the scale", 10_485_760, CONTEXT_EXPONENT_MAX],
])("%s", (_name, contextLength, exponent) => {
  expect(exponentOfContext(contextLength)).toBe(exponent);
});

test.each([
  ["8192", 8192],
  ["32K", 32_768],
  ["1,048,576", 1_048_576],
  ["1", 1],
  ["16M", 16_777_216],
])('"%s" is a context of %d', (text, contextLength) => {
  expect(parseContextLength(text)).toBe(contextLength);
});

test.each(["", "0", "-1", "8KK", "1.0001K", "much", "16777217", "17M"])('"%s" is no context', (text) => {
  expect(parseContextLength(text)).toBeNull();
});
