import { describe, expect, test } from "vitest";
import { TASKS } from "./scores/benchmark.ts";
import type { Observation } from "./scores/observations.ts";
import { at, range, realAt } from "./sampler/arrays.ts";
import { fitAbilities } from "./sampler/fit.ts";
import { cholesky, drawNormal, entry, identity, inverse, zeroMatrix } from "./sampler/linear-algebra.ts";
import { randomFrom } from "./sampler/random.ts";
import { rankCorrelation } from "./checks/rank-correlation.ts";

const CODE = TASKS.indexOf("code");

describe("random numbers", () => {
  const random = randomFrom(7);
  const mean = (draw: () => number) => range(20_000).reduce((total) => total + draw(), 0) / 20_000;

  test("the same seed gives the same numbers", () => {
    expect([randomFrom(3).uniform(), randomFrom(3).normal()]).toEqual([
      randomFrom(3).uniform(),
      randomFrom(3).normal(),
    ]);
  });

  test.each([
    ["uniform", () => random.uniform(), 0.5],
    ["normal", () => random.normal(), 0],
    ["normal squared", () => random.normal() ** 2, 1],
    ["gamma of shape 0.5", () => random.gamma(0.5), 0.5],
    ["gamma of shape 3", () => random.gamma(3), 3],
  ])("%s has its mean", (_, draw, expected) => {
    expect(mean(draw)).toBeCloseTo(expected, 1);
  });
});

describe("linear algebra", () => {
  const matrix = zeroMatrix(2);
  matrix.values.set([4, 2, 2, 3]);

  test("the triangle of [4 2; 2 3] is [2 0; 1 √2]", () => {
    expect([...cholesky(matrix).values]).toEqual([2, 0, 1, Math.sqrt(2)]);
  });

  test("the inverse of [4 2; 2 3] is [3 −2; −2 4] ÷ 8", () => {
    [0.375, -0.25, -0.25, 0.5].forEach((value, index) => {
      expect(entry(inverse(matrix), Math.floor(index / 2), index % 2)).toBeCloseTo(value, 12);
    });
  });

  test("draws lie around the mean, with the covariance", () => {
    const { normal } = randomFrom(11);
    const draws = range(20_000).map(() => drawNormal(matrix, Float64Array.of(4, 2), normal));
    const mean = (value: (draw: Float64Array) => number) =>
      draws.reduce((total, draw) => total + value(draw), 0) / draws.length;
    expect(mean((draw) => realAt(draw, 0))).toBeCloseTo(1, 1); // [4 2; 2 3]·[1 0] = [4 2]
    expect(mean((draw) => realAt(draw, 1))).toBeCloseTo(0, 1);
    expect(mean((draw) => (realAt(draw, 0) - 1) * realAt(draw, 1))).toBeCloseTo(-0.25, 1);
  });

  test("a matrix that is not positive definite is an error", () => {
    expect(() => cholesky(identity(2, -1))).toThrow("expected a positive definite matrix");
  });
});

test("ranks that agree correlate fully, reversed ones against; ties share", () => {
  expect(
    rankCorrelation([
      [1, 10],
      [2, 20],
      [3, 30],
    ]),
  ).toBe(1);
  expect(
    rankCorrelation([
      [1, 30],
      [2, 20],
      [3, 10],
    ]),
  ).toBe(-1);
  expect(
    rankCorrelation([
      [1, 1],
      [2, 1],
      [3, 2],
    ]),
  ).toBeCloseTo(0.866, 3);
});

describe("a fit of made-up scores", () => {
  const random = randomFrom(5);
  const truth = range(40).map((model) => (model - 20) / 10 + 0.1 * random.normal());
  const observations = range(40).flatMap((model) =>
    range(12)
      .filter((item) => item === 0 || (model + item) % 3 !== 0)
      .map((item) =>
        made(model, item, at(truth, model) * (0.7 + 0.05 * item) + item / 6 - 1 + 0.15 * random.normal()),
      ),
  );
  const fit = fitAbilities(observations, { seed: 1, warmUp: 100, draws: 200 });
  const estimated = range(40).map((model) => {
    const moments = at(fit.abilities, fit.problem.subjects.find(`maker/${model}`) ?? -1);
    return { mean: realAt(moments.mean, CODE), deviation: realAt(moments.deviation, CODE) };
  });

  test("finds the order and, up to a shift, the distances", () => {
    expect(rankCorrelation(estimated.map(({ mean }, model) => [mean, at(truth, model)]))).toBeGreaterThan(
      0.98,
    );
    const span = at(estimated, 38).mean - at(estimated, 2).mean;
    const slope = 0.7 + 0.05 * 5.5; // a unit of the fit is a logit on the mean item
    expect(span).toBeGreaterThan(0.85 * slope * (at(truth, 38) - at(truth, 2)));
    expect(span).toBeLessThan(1.15 * slope * (at(truth, 38) - at(truth, 2)));
  });

  test("a model with one score is less certain than one with twelve", () => {
    const lonely = fitAbilities([...observations, made(99, 3, 0.4)], { seed: 1, warmUp: 100, draws: 200 });
    const deviation = (model: number) =>
      realAt(at(lonely.abilities, lonely.problem.subjects.find(`maker/${model}`) ?? -1).deviation, CODE);
    expect(deviation(99)).toBeGreaterThan(1.8 * deviation(20));
  });

  test("the same seed gives the same fit", () => {
    const again = fitAbilities(observations, { seed: 1, warmUp: 100, draws: 200 });
    expect(realAt(at(again.abilities, 3).mean, CODE)).toBe(realAt(at(fit.abilities, 3).mean, CODE));
  });
});

function made(model: number, item: number, logit: number): Observation {
  return {
    subject: `maker/${model}`,
    model: `maker/${model}`,
    mode: "only",
    task: "code",
    language: null,
    benchmark: `Benchmark ${item}`,
    item: `Benchmark ${item} | owner`,
    operator: `owner ${item % 4}`,
    kind: "independent",
    isOwn: false,
    copies: 1,
    certainty: 1,
    logit,
    rows: [],
  };
}
