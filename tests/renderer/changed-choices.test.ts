import { expect, test } from "vitest";
import { DEFAULT_SCENARIO, type Scenario } from "../../src/engine/scenario.ts";
import { changedChoiceCount } from "../../src/renderer/scenario/changed-choices.ts";

const countOf = (change: Partial<Scenario>, isRightNow = false, cardCount = 1): number =>
  changedChoiceCount({ scenario: { ...DEFAULT_SCENARIO, ...change }, isRightNow, cardCount });

test("what is not as at first is counted, and what stands elsewhere is not", () => {
  expect(countOf({})).toBe(0);
  expect(countOf({ contextLength: 32_768, keyCacheType: "q8_0", lowestQuantization: "Q8_0" })).toBe(0);
  expect(countOf({}, true)).toBe(1);
  expect(countOf({ backend: "vulkan", flashAttention: false, parallelSequenceCount: 4 }, true)).toBe(4);
});

test("a choice that is not offered is not counted", () => {
  expect([countOf({ split: "tensor" }, false, 1), countOf({ split: "tensor" }, false, 2)]).toEqual([0, 1]);
});
