import { expect, test } from "vitest";
import { paperOf } from "../../src/main/paper.ts";

test.each([
  ["US", "Letter"],
  ["ca", "Letter"],
  ["MX", "Letter"],
  ["DE", "A4"],
  ["JP", "A4"],
  ["", "A4"],
] as const)("offices of %s print on %s", (country, paper) => expect(paperOf(country)).toBe(paper));
