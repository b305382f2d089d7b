import { expect, test } from "vitest";
import { isKnown } from "#engine/fact.ts";
import type { Model } from "#engine/model.ts";
import { supersededBy } from "#engine/supersession.ts";
import { SHIPPED, shippedModel } from "./shipped.ts";

/** Newer and older, by pair. */
const PAIRS = SHIPPED.models.flatMap((newer) => supersededIds(newer).map((id) => [newer, id] as const));

test("some models are said to replace others, each of which is here and of the same developer", () => {
  expect(PAIRS.length).toBeGreaterThanOrEqual(32);
  const strange = PAIRS.filter(([newer, id]) => shippedModel(id).developer !== newer.developer);
  expect(strange.map(([newer, id]) => `${newer.id} of ${id}`)).toEqual([]);
});

test("nothing replaces what came after it", () => {
  const early = PAIRS.filter(([newer, id]) => isEarlier(newer, shippedModel(id)));
  expect(early.map(([newer, id]) => `${newer.id} of ${id}`)).toEqual([]);
});

test("nothing replaces itself, not even by way of others", () => {
  const reached = (id: string, seen: ReadonlySet<string>): ReadonlySet<string> =>
    supersededIds(shippedModel(id)).reduce(
      (all, older) => (all.has(older) ? all : reached(older, new Set([...all, older]))),
      seen,
    );
  const circular = SHIPPED.models.filter(({ id }) => reached(id, new Set()).has(id));
  expect(circular.map(({ id }) => id)).toEqual([]);
});

test("the older one is found to be replaced, with the newer one's source", () => {
  const [one] = supersededBy(shippedModel("qwen3-4b"), SHIPPED.models);
  expect(one?.model.id).toBe("qwen3-4b-2507");
  expect(one?.source).toContain("QwenLM/Qwen3");
  expect(supersededBy(shippedModel("qwen3-4b-2507"), SHIPPED.models)).toEqual([]);
});

function supersededIds({ supersedes }: Model): readonly string[] {
  return supersedes !== undefined && isKnown(supersedes) ? supersedes.value : [];
}

function isEarlier(one: Model, other: Model): boolean {
  const { releaseMonth: month } = one;
  const { releaseMonth: otherMonth } = other;
  return isKnown(month) && isKnown(otherMonth) && month.value < otherMonth.value;
}
