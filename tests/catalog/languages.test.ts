import { expect, test } from "vitest";
import { isKnown } from "#engine/fact.ts";
import { SHIPPED } from "./shipped.ts";

const ENGLISH_NAMES = new Intl.DisplayNames("en", { type: "language", fallback: "none" });

const STATED = SHIPPED.models.flatMap(({ id, languages }) =>
  languages !== undefined && isKnown(languages) ? [{ id, ...languages.value }] : [],
);

test("most models say whom they are made for", () => {
  expect(STATED.length).toBeGreaterThanOrEqual(216);
});

test("each code is one that has a name", () => {
  const codes = [...new Set(STATED.flatMap((one) => one.codes))];
  expect(codes.filter((code) => ENGLISH_NAMES.of(code) === undefined)).toEqual([]);
});

test("no count is one of programming languages", () => {
  expect(STATED.filter(({ count }) => count !== undefined && count > 2000)).toEqual([]);
});
