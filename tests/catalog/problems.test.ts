import { expect, test } from "vitest";
import { z } from "zod";
import { fact } from "#catalog/fact-schema.ts";
import { pathText, toProblems } from "#catalog/problems.ts";

test.each([
  ["nothing", [], ""],
  ["a key", ["family"], "family"],
  ["an entry", ["models", 3], "models[3]"],
  [
    "a place deep inside",
    ["models", 3, "architecture", "value", "hiddenSize"],
    "models[3].architecture.value.hiddenSize",
  ],
  ["a list in a list", ["matrices", 0, 1], "matrices[0][1]"],
])("the path to %s", (_title, path, text) => {
  expect(pathText(path)).toBe(text);
});

test.each<readonly [string, unknown, string, string]>([
  ["a value was meant", { value: "x", source: "s" }, "count.value", "expected number, received string"],
  ["a source is not there", { value: 3 }, "count.source", "expected string, and it is not there"],
  ["a reason was meant", { missing: 3 }, "count.missing", "expected string, received number"],
])("where %s, only that shape of a fact is explained", (_title, count, path, message) => {
  const issues = z.object({ count: fact(z.number()) }).safeParse({ count }).error?.issues ?? [];
  expect(toProblems("models/small.json", [], issues)).toEqual([{ file: "models/small.json", path, message }]);
});

test("each key too many is a problem of its own", () => {
  const { error } = z.strictObject({ id: z.string() }).safeParse({ id: "a", colour: "red", size: 3 });
  expect(toProblems("models/small.json", ["models", 0], error?.issues ?? [])).toEqual(
    ["colour", "size"].map((key) => ({
      file: "models/small.json",
      path: `models[0].${key}`,
      message: "expected no such key here",
    })),
  );
});
