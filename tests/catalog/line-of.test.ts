import { expect, test } from "vitest";
import { lineOf } from "#catalog/line-of.ts";

const JSON_TEXT = `{
  "family": "A \\"quoted\\" {name}",
  "models": [
    {
      "id": "one",
      "facts": { "a": [1,
        2] }
    },
    { "id": "two",
      "layer.kinds": {
        "full.1": {
          "size": -1.5e3
        }
      }
    }
  ]
}
`;

test.each([
  ["", 1],
  ["family", 2],
  ["models", 3],
  ["models[0]", 4],
  ["models[0].id", 5],
  ["models[0].facts.a[0]", 6],
  ["models[0].facts.a[1]", 7],
  ["models[1]", 9],
  ["models[1].id", 9],
  ["models[1].layer.kinds.full.1.size", 12],
  ["models[1].layer.kinds.full.1.missing", 11],
  ["models[1].missing", 9],
  ["models[7].id", 3],
  ["developer", 1],
])("%s is on line %i", (path, line) => {
  expect(lineOf(JSON_TEXT, path)).toBe(line);
});

test.each(["", "not json", "{", '{"a"', '{"a":', "[1,", '"open'])(
  "text that is no JSON (%s) has a line all the same",
  (text) => {
    expect(lineOf(text, "a[3].b")).toBe(1);
  },
);
