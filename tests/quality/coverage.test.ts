import { describe, expect, test } from "vitest";
import { QUALITY_TASKS } from "#engine/quality.ts";
import { CHECK_DRAWS, FIT_TIMEOUT_MS, hasCollection, SCORES_FILE } from "./checks/data.ts";
import { loadFit } from "./checks/fast-fit.ts";
import { coverage, predictHidden, randomScores, wholeRuns } from "./checks/held-out.ts";
import { shippableObservations } from "./scores/collection.ts";

describe.skipIf(!hasCollection)("intervals of 80 % hold 75 to 88 % of what was left out", () => {
  const observations = hasCollection ? shippableObservations(SCORES_FILE) : [];
  const options = async () => ({ fit: await loadFit(), seed: 1, ...CHECK_DRAWS });

  test("one score in twelve, anywhere", { timeout: FIT_TIMEOUT_MS }, async () => {
    const isHidden = randomScores(observations, { seed: 1, fraction: 0.08 });
    const predictions = predictHidden(observations, isHidden, await options());
    const { count, inside80Fraction, medianError } = coverage(predictions);
    expect(count).toBeGreaterThan(700);
    expect(inside80Fraction).toBeGreaterThanOrEqual(0.75);
    expect(inside80Fraction).toBeLessThanOrEqual(0.88);
    expect(medianError).toBeLessThan(0.25); // logits, on scores that run from −3.9 to 3.9
    for (const task of QUALITY_TASKS) {
      expect(coverage(predictions, task).inside80Fraction, task).toBeGreaterThan(0.68); // fewer scores, more chance
    }
  });

  test("all that one operator says of a model", { timeout: FIT_TIMEOUT_MS }, async () => {
    const isHidden = wholeRuns(observations, { seed: 1, fraction: 0.3 });
    const { count, inside80Fraction, medianError } = coverage(
      predictHidden(observations, isHidden, await options()),
    );
    expect(count).toBeGreaterThan(400);
    expect(inside80Fraction).toBeGreaterThanOrEqual(0.75);
    expect(inside80Fraction).toBeLessThanOrEqual(0.88);
    expect(medianError).toBeLessThan(0.4);
  });
});
