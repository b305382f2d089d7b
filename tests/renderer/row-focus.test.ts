import { expect, test } from "vitest";
import { focusRow, rowElementId } from "../../src/renderer/models/row-focus.ts";

test("each model's line has an element id of its own", () => {
  expect(rowElementId("llama-3-8b")).toBe("model-llama-3-8b");
});

test("with no line to go back to, nothing is looked for", () => {
  expect(() => focusRow(null)).not.toThrow();
});
