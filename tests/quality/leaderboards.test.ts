import { beforeAll, describe, expect, test } from "vitest";
import { LIVEBENCH, OUTSIDE_BOARDS, sharedModels } from "./checks/boards.ts";
import { CHECK_DRAWS, FIT_TIMEOUT_MS, hasCollection, SCORES_FILE } from "./checks/data.ts";
import { loadFit } from "./checks/fast-fit.ts";
import { rankCorrelation } from "./checks/rank-correlation.ts";
import type { Fit } from "./sampler/fit.ts";
import { shippableObservations } from "./scores/collection.ts";
import { toObservations, type Observation } from "./scores/observations.ts";
import { SHIPPABLE_LICENCES } from "./scores/licence.ts";
import { readScoreRows, type ScoreRow } from "./scores/score-row.ts";

const FEWEST_SHARED = 20;
const OPTIONS = { seed: 1, ...CHECK_DRAWS };

describe.skipIf(!hasCollection)("the order agrees with boards that were left out", () => {
  let rows: readonly ScoreRow[] = [];
  let shipped: { readonly fit: Fit; readonly observations: readonly Observation[] };

  beforeAll(async () => {
    const fitAbilities = await loadFit();
    rows = readScoreRows(SCORES_FILE);
    const observations = shippableObservations(SCORES_FILE);
    shipped = { fit: fitAbilities(observations, OPTIONS), observations };
  }, FIT_TIMEOUT_MS);

  test.each(OUTSIDE_BOARDS.map((board) => [board.name, board] as const))("%s", (_, board) => {
    const shared = sharedModels(board, rows, shipped);
    expect(shared.length).toBeGreaterThanOrEqual(FEWEST_SHARED);
    expect(rankCorrelation(shared)).toBeGreaterThanOrEqual(0.85);
  });

  test("makers' own scores stand above what others find, and are taken down by as much", () => {
    expect(shipped.fit.spread.ownBias).toBeGreaterThan(0); // 0.1 logits, one index point
    expect(shipped.fit.spread.ownBias).toBeLessThan(0.3);
  });

  test(LIVEBENCH.name, { timeout: FIT_TIMEOUT_MS }, async () => {
    const fitAbilities = await loadFit();
    const others = rows.filter(
      ({ licence, benchmark }) => SHIPPABLE_LICENCES.has(licence) && !benchmark.startsWith("LiveBench"),
    );
    const observations = toObservations(others);
    const shared = sharedModels(LIVEBENCH, rows, { fit: fitAbilities(observations, OPTIONS), observations });
    expect(shared.length).toBeGreaterThanOrEqual(FEWEST_SHARED);
    expect(rankCorrelation(shared)).toBeGreaterThanOrEqual(0.85);
  });
});
