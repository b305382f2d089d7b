import { expect, test } from "vitest";
import { jsonFault } from "#catalog/json-fault.ts";

test.each([
  ["a word without quotes", '{\n  "a": [\n    oops\n  ]\n}', 3, "oops cannot stand here"],
  ["a comma too many in an object", '{\n  "a": 1,\n}', 3, "} cannot stand here"],
  ["a comma too many in a list", "[1,\n2,\n]", 3, "] cannot stand here"],
  ["a comma that is not there", '{\n  "a": 1\n  "b": 2\n}', 3, '"b" cannot stand here'],
  ["a colon that is not there", '{"a" 1}', 1, "1 cannot stand here"],
  ["single quotes", "{\n'a': 1}", 2, "' cannot stand here"],
  ["a comment", '{\n  // why\n  "a": 1\n}', 2, "/ cannot stand here"],
  ["a number with a zero before it", "[\n01]", 2, "01 cannot stand here"],
  ["a bracket of the other kind", '{"a": [1}', 1, "} cannot stand here"],
  ["a bracket too many", "[1]\n]", 2, "] cannot stand here"],
  ["two values", "{}\n{}", 2, "{ cannot stand here"],
  ["a string with a line break", '["a\nb"]', 1, '"a cannot stand here'],
  ["a string with a wrong escape", '[\n"a\\x"]', 2, '"a\\x" cannot stand here'],
  ["what would steer a terminal", "\u001b[31m", 1, "? cannot stand here"],
  ["an empty file", "", 1, "it ends too early"],
  ["a file cut off", '{\n  "a": [\n    1', 3, "it ends too early"],
  ["a file cut off in a string", '{\n  "a', 2, '"a cannot stand here'],
])("%s has its line and a reason", (_title, text, line, message) => {
  expect(() => void JSON.parse(text)).toThrow();
  expect(jsonFault(text)).toEqual({ line, message });
});

test.each(["null", ' {"a": [1, -2.5e+3, true, {}, []], "b\\u00e9\\n": "x"} ', '"\u2028"', "[[[]]]"])(
  "%s is JSON",
  (text) => {
    expect(() => void JSON.parse(text)).not.toThrow();
    expect(jsonFault(text)).toBeNull();
  },
);
