import type { ScoreRow } from "./score-row.ts";

/** Releases are of one question set where the models they share score the same, to this many points on average. */
const SAME_SET_POINTS = 1;

/**
 * LiveBench puts out releases that change some categories and repeat the others, scores and all. Answers, for a
 * row of it, the first release with the same questions, so that a repeated score is one score.
 */
export function questionSets(rows: readonly ScoreRow[]): (row: ScoreRow) => string {
  const byBenchmark = new Map<string, Map<string, Map<string, number>>>();
  for (const row of rows) {
    const release = releaseOf(row);
    if (release === null) continue;
    const releases = ensure(byBenchmark, row.benchmark, () => new Map<string, Map<string, number>>());
    ensure(releases, release, () => new Map<string, number>()).set(
      `${row.model} ${row.variant.slice(18)}`,
      row.score,
    );
  }
  const first = new Map<string, string>();
  for (const [benchmark, releases] of byBenchmark) {
    let [set, earlier]: [string, ReadonlyMap<string, number>] = ["", new Map()];
    for (const [release, scores] of [...releases].sort(([a], [b]) => a.localeCompare(b))) {
      if (!isRepeated(earlier, scores)) set = release;
      first.set(`${benchmark} ${release}`, set);
      earlier = scores;
    }
  }
  return (row) => first.get(`${row.benchmark} ${releaseOf(row) ?? ""}`) ?? "";
}

/** `2024-06-24` of `release 2024-06-24 thinking`; null for what is not a release of a board. */
export function releaseOf({ source, variant }: ScoreRow): string | null {
  if (!source.includes("new-livebench")) return null;
  return /^release (\d{4}-\d\d-\d\d)/.exec(variant)?.[1] ?? null;
}

function isRepeated(earlier: ReadonlyMap<string, number>, later: ReadonlyMap<string, number>): boolean {
  const differences = [...later].flatMap(([model, score]) => {
    const before = earlier.get(model);
    return before === undefined ? [] : [Math.abs(score - before)];
  });
  const total = differences.reduce((sum, difference) => sum + difference, 0);
  return differences.length >= 4 && total / differences.length < SAME_SET_POINTS;
}

function ensure<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}
